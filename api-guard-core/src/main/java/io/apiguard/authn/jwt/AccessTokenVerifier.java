package io.apiguard.authn.jwt;

import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.identity.Identity;
import java.util.function.Predicate;

/**
 * Verifies access tokens that are JWTs: of one issuer ({@link JwtVerifier}) or of several ({@link
 * MultiIssuerVerifier}). Thread-safe.
 */
public sealed interface AccessTokenVerifier extends AutoCloseable permits JwtVerifier, MultiIssuerVerifier {

    /**
     * Verifies a token.
     *
     * @param token the token as presented
     * @return what was found; never an exception for anything the token contains
     */
    JwtResult verify(String token);

    /**
     * Has the keys fetched now, of every issuer that is known beforehand; see {@link JwkSource#warmUp}.
     *
     * @param choice what to do if an issuer cannot be reached
     * @throws IllegalStateException if no keys can be had; the message names the setting and the remedy
     */
    void warmUp(WhenUnreachable choice);

    /**
     * Forgets verified tokens, so that they are looked at anew when next presented: for those that were revoked.
     *
     * @param which whose tokens; called for every remembered token, from the caller's thread
     */
    void forget(Predicate<Identity> which);

    /** Forgets all verified tokens. */
    default void forgetAll() {
        forget(identity -> true);
    }

    /** Stops fetching keys that the verifier fetches by itself. Has no effect the second time. */
    @Override
    void close();
}
