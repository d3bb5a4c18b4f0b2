package io.apiguard.authn.mtls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.apiguard.authn.jose.Base64Url;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Remembers for a short time which chains were good, so that the further requests of a client cost a digest in place of
 * signatures.
 *
 * <p>What was refused is not remembered: nobody can push out the chains of others with ones that lead nowhere. Bounded and
 * thread-safe.
 */
final class CheckedChains {

    private final Duration ttl;
    private final Cache<String, Checked> chains;

    CheckedChains(int maximum, Duration ttl) {
        this.ttl = ttl;
        this.chains = Caffeine.newBuilder()
                .maximumSize(maximum)
                .executor(Runnable::run)
                .build();
    }

    /** A chain that was good when it was checked; nothing of it expires before the end of {@code lastGood}. */
    record Checked(VerifiedCertificate certificate, Instant checkedAt, Instant lastGood) {}

    /**
     * Returns what is known of a chain, or else what a check of it finds.
     *
     * @throws RefusedCertificate if the chain is too long, or the check refuses it
     */
    VerifiedCertificate get(List<X509Certificate> chain, Instant now, Supplier<Checked> check) {
        if (chain.size() > ChainRules.MAXIMUM_CERTIFICATES) {
            throw ChainRules.tooLong();
        }
        String key = digest(chain);
        Checked known = chains.getIfPresent(key);
        if (known == null || !holds(known, now)) {
            known = check.get();
            chains.put(key, known);
        }
        return known.certificate();
    }

    /** A clock that was set back has every chain checked anew. */
    private boolean holds(Checked known, Instant now) {
        return !now.isBefore(known.checkedAt())
                && now.isBefore(known.checkedAt().plus(ttl))
                && !now.isAfter(known.lastGood());
    }

    /** DER tells its own length, so that no two chains have the same bytes. */
    private static String digest(List<X509Certificate> chain) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (X509Certificate certificate : chain) {
                sha256.update(certificate.getEncoded());
            }
            return Base64Url.encode(sha256.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a chain of certificates cannot be digested", e);
        }
    }
}
