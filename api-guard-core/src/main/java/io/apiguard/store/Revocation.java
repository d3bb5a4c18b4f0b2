package io.apiguard.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What is no longer to be believed, though it was issued for longer.
 *
 * <p>Immutable and thread-safe. Names are at most {@value #MAXIMUM_LENGTH} characters long.
 */
public sealed interface Revocation {

    /** The longest issuer, id or subject, in characters. */
    int MAXIMUM_LENGTH = 512;

    /** Returns from when on this can be forgotten, because all that it revokes has expired. */
    Instant until();

    /**
     * One token.
     *
     * @param issuer who issued it ({@code iss})
     * @param tokenId its id ({@code jti})
     * @param until when it expires ({@code exp}), or later
     */
    record Token(String issuer, String tokenId, Instant until) implements Revocation {
        /** Checks the parts. */
        public Token {
            demand(issuer, "issuer");
            demand(tokenId, "tokenId");
            Objects.requireNonNull(until, "until");
        }
    }

    /**
     * Every token of one session at the issuer.
     *
     * @param issuer who issued them ({@code iss})
     * @param sessionId the session's id ({@code sid})
     * @param until when the last of them expires, or later
     */
    record Session(String issuer, String sessionId, Instant until) implements Revocation {
        /** Checks the parts. */
        public Session {
            demand(issuer, "issuer");
            demand(sessionId, "sessionId");
            Objects.requireNonNull(until, "until");
        }
    }

    /**
     * Every token of one subject that was issued before an instant, or that does not say when it was issued.
     *
     * @param issuer who issued them ({@code iss})
     * @param subject whom they speak for ({@code sub})
     * @param before tokens issued ({@code iat}) at this instant or later stay good
     * @param until when the last of them expires, or later
     */
    record SubjectBefore(String issuer, String subject, Instant before, Instant until) implements Revocation {
        /** Checks the parts. */
        public SubjectBefore {
            demand(issuer, "issuer");
            demand(subject, "subject");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(until, "until");
        }
    }

    /**
     * Every token of one issuer that was issued before an instant, or that does not say when it was issued.
     *
     * @param issuer who issued them ({@code iss})
     * @param before tokens issued ({@code iat}) at this instant or later stay good
     * @param until when the last of them expires, or later
     */
    record IssuerBefore(String issuer, Instant before, Instant until) implements Revocation {
        /** Checks the parts. */
        public IssuerBefore {
            demand(issuer, "issuer");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(until, "until");
        }
    }

    /**
     * One API key.
     *
     * @param keyId its public id
     * @param until when it expires, or later
     */
    record ApiKey(String keyId, Instant until) implements Revocation {
        /** Checks the parts. */
        public ApiKey {
            demand(keyId, "keyId");
            Objects.requireNonNull(until, "until");
        }
    }

    private static void demand(String value, String name) {
        if (value.isEmpty() || value.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    name + " of a revocation must have 1 to " + MAXIMUM_LENGTH + " characters, not " + value.length());
        }
    }
}
