package io.apiguard;

import io.apiguard.authn.dpop.NonceMode;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.time.Duration;

/**
 * How tokens that are bound to a key of the caller are proven (DPoP, RFC 9449).
 *
 * @param enabled accept tokens in the scheme DPoP
 * @param maxAge the age from which on a proof is refused
 * @param nonces whether proofs must hold a nonce of this service; other than off it needs the secret dpop-nonce
 * @param maxProofs how many used proofs are remembered in this process (503 beyond)
 * @param maxProofsPerToken how many of these one token may account for (429 beyond)
 */
public record DpopSettings(
        @Setting(description = "Accept tokens in the scheme DPoP.", defaultValue = "false")
        boolean enabled,

        @Setting(description = "The age from which on a proof is refused.", defaultValue = "60s")
        Duration maxAge,

        @Setting(
                description =
                        "Whether proofs must hold a nonce of this service; other than off it needs the secret dpop-nonce.",
                defaultValue = "off")
        NonceMode nonces,

        @Setting(
                description = "How many used proofs are remembered in this process (503 beyond).",
                defaultValue = "100000")
        int maxProofs,

        @Setting(description = "How many of these one token may account for (429 beyond).", defaultValue = "1000")
        int maxProofsPerToken) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public DpopSettings {
        Checks.range("max-age", maxAge, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Checks.range("max-proofs", maxProofs, 1, 10_000_000);
        Checks.range("max-proofs-per-token", maxProofsPerToken, 1, maxProofs);
        Checks.that(
                enabled || nonces == NonceMode.OFF,
                "nonces",
                "is set while dpop.enabled is false",
                "Set dpop.enabled: true, or remove dpop.nonces");
    }
}
