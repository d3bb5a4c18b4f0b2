package io.apiguard.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Stands for a credential where the credential itself must not appear: in the audit log, in metrics, in events.
 *
 * <p>The fingerprint is {@code <key id>:<32 hex digits>}: the first 16 bytes of HMAC-SHA-256 under a secret, so that
 * nobody without the secret can test a guess. Equal credentials have equal fingerprints under one version of the
 * secret. Immutable and thread-safe.
 */
public final class Fingerprint {

    /** The name of the secret that fingerprints are made with, {@value}. */
    public static final String SECRET_NAME = "fingerprints";

    private static final int BYTES = 16;

    private final SecretSource secrets;

    private Fingerprint(SecretSource secrets) {
        this.secrets = secrets;
    }

    /**
     * Returns fingerprints under the current version of the secret {@value #SECRET_NAME}.
     *
     * @param secrets where the secret is
     * @throws IllegalArgumentException if it has no secret of that name
     */
    public static Fingerprint with(SecretSource secrets) {
        if (secrets.current(SECRET_NAME).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no secret '" + SECRET_NAME + "'; add it to the source of secrets,"
                            + " or use Fingerprint.ephemeral if fingerprints need not outlive the process");
        }
        return new Fingerprint(secrets);
    }

    /**
     * Returns fingerprints under a secret made up now: comparable within this process only.
     *
     * @param random where the secret comes from
     */
    public static Fingerprint ephemeral(SecureRandom random) {
        return with(SecretSources.ephemeral(random));
    }

    /**
     * Returns the fingerprint of a credential.
     *
     * @param credential the text as presented
     * @throws IllegalStateException if the source no longer has the secret
     */
    public String of(String credential) {
        Secret secret = secrets.current(SECRET_NAME)
                .orElseThrow(() -> new IllegalStateException("the secret '" + SECRET_NAME + "' is gone"));
        byte[] hash = secret.hmacSha256(credential.getBytes(StandardCharsets.UTF_8));
        return secret.keyId() + ":" + HexFormat.of().formatHex(hash, 0, BYTES);
    }
}
