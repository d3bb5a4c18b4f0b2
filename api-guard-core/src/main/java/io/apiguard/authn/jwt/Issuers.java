package io.apiguard.authn.jwt;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the verifier of an issuer for {@link MultiIssuerVerifier}. */
sealed interface Issuers permits FixedIssuers, ResolvedIssuers {

    /** Returns the verifier of an issuer, or {@code null} if it is none of those taken. */
    @Nullable Issuer find(String issuer);

    /** Returns the verifiers in use. */
    Collection<JwtVerifier> inUse();

    /** Takes no more tokens of an issuer until it is resolved again. */
    void withdraw(String issuer);

    /** The length of the longest token that any of the verifiers looks at. */
    int maximumLength();

    void close();

    /** One issuer's verifier, which is told of tokens that were valid. */
    interface Issuer {

        JwtVerifier verifier();

        void wasValid();
    }

    /** Says that the application's resolver broke off, or answered for another issuer. */
    final class Unresolved extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unresolved(String detail) {
            super(detail, null, false, false);
        }
    }
}
