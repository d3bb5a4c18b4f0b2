package io.apiguard.authn.revocation;

import io.apiguard.store.Revocation;
import java.time.Duration;

/** What {@link RevocationList#check} found. */
public sealed interface RevocationResult {

    /** The credential has not been revoked, as far as anybody told us. */
    record NotRevoked() implements RevocationResult {}

    /**
     * The credential is revoked; the caller needs another one (401).
     *
     * @param revocation what revokes it
     */
    record Revoked(Revocation revocation) implements RevocationResult {}

    /**
     * That cannot be known now, because the store of revocations has not been reached for too long (503).
     *
     * @param detail one sentence for the operator
     * @param retryAfter when it is worth asking again, more than zero
     */
    record Unknown(String detail, Duration retryAfter) implements RevocationResult {}
}
