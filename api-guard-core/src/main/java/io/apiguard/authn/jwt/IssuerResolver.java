package io.apiguard.authn.jwt;

import java.util.Optional;

/**
 * Says which issuers an application takes tokens of, if not all are known beforehand: a list of those allowed, such as
 * the table of its tenants.
 *
 * <pre>{@code
 * IssuerResolver tenants = issuer -> Optional.ofNullable(table.get(issuer))
 *         .map(tenant -> JwtVerifier.forIssuer(tenant.issuer()).audience("orders").tenant(tenant.name()));
 * }</pre>
 *
 * <p>The issuer asked for is what an unverified token says: anybody's text. Look it up by equality in what you know, and
 * take every address and name from there; never build an address from it. Called for every token of an issuer that is
 * not in use, so answer from memory. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface IssuerResolver {

    /**
     * Returns how to verify an issuer's tokens, or nothing if the application does not know it.
     *
     * @param issuer the {@code iss} of a token that is not verified yet, at most 512 characters
     * @return a new builder for this very issuer; sources of keys are best given by {@link
     *     JwtVerifierBuilder#keysFrom(RemoteJwkSourceBuilder)}, so that they are closed when the issuer is not in use
     */
    Optional<JwtVerifierBuilder> resolve(String issuer);
}
