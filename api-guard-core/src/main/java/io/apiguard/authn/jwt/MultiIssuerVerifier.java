package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Identity;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Verifies the access tokens of several issuers, such as one for each tenant; made by {@link
 * JwtVerifier#forIssuers(JwtVerifier...)} and {@link JwtVerifier#forIssuers(IssuerResolver)}.
 *
 * <pre>{@code
 * MultiIssuerVerifier verifier = JwtVerifier.forIssuers(
 *         JwtVerifier.forIssuer(URI.create("https://staff.example.com")).audience("orders").build(),
 *         JwtVerifier.forIssuer(URI.create("https://login.example.com")).audience("orders-public").build());
 * }</pre>
 *
 * <p>The unverified {@code iss} of a token chooses, by equality, which issuer's verifier judges it; that verifier knows
 * its own issuer, keys, audience and tenant, and nothing of the others'. The same key id of two issuers is two keys.
 * Nothing is fetched for an issuer that is not taken. Thread-safe.
 */
public final class MultiIssuerVerifier implements AccessTokenVerifier {

    private static final int MAXIMUM_ISSUER_LENGTH = 512;
    private static final Duration UNTIL_RESOLVED = Duration.ofSeconds(5);

    private final Issuers issuers;

    MultiIssuerVerifier(Issuers issuers) {
        this.issuers = issuers;
    }

    @Override
    public JwtResult verify(String token) {
        int maximumLength = issuers.maximumLength();
        if (token.length() > maximumLength) {
            return new JwtResult.Invalid(Reason.TOO_LARGE, "is longer than " + maximumLength + " characters");
        }
        return RefusedToken.guard(() -> byIssuer(token));
    }

    private JwtResult byIssuer(String token) {
        Issuers.Issuer issuer;
        try {
            issuer = issuers.find(claimed(token));
        } catch (Issuers.Unresolved e) {
            return new JwtResult.Unavailable(String.valueOf(e.getMessage()), UNTIL_RESOLVED);
        }
        if (issuer == null) {
            return new JwtResult.Invalid(Reason.ISSUER, "'iss' is none of the issuers that are taken");
        }
        JwtResult result = issuer.verifier().verify(token);
        if (result instanceof JwtResult.Valid) {
            issuer.wasValid();
        }
        return result;
    }

    /** Returns what the token says of its issuer, which chooses a verifier and is believed by nobody. */
    private static String claimed(String token) {
        Object issuer = StrictJson.object(CompactJws.parse(token).payload()).get("iss");
        if (issuer instanceof String text && text.length() <= MAXIMUM_ISSUER_LENGTH) {
            return text;
        }
        throw new RefusedToken(Reason.CLAIM, "'iss' is missing, no string or too long");
    }

    /** Has the keys of a fixed list of issuers fetched now; those of a resolver's are fetched when first needed. */
    @Override
    public void warmUp(WhenUnreachable choice) {
        issuers.inUse().forEach(verifier -> verifier.warmUp(choice));
    }

    @Override
    public void forget(Predicate<Identity> which) {
        issuers.inUse().forEach(verifier -> verifier.forget(which));
    }

    /**
     * Lets go of an issuer's verifier with its keys and remembered tokens at once; the resolver is asked again when the
     * next of its tokens is presented, and may give it other settings.
     *
     * @param issuer the issuer identifier; one that is not in use has no effect
     * @throws UnsupportedOperationException if the issuers are a fixed list
     */
    public void withdraw(String issuer) {
        issuers.withdraw(issuer);
    }

    /** Closes the verifier of every issuer. */
    @Override
    public void close() {
        issuers.close();
    }
}
