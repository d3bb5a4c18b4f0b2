package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJwe;
import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.JweDecrypter;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.authn.jose.TokenDigest;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Identity;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the access tokens of one issuer (RFC 7519, RFC 8725, RFC 9068).
 *
 * <pre>{@code
 * JwtVerifier verifier = JwtVerifier.forIssuer(URI.create("https://login.example.com")).audience("orders").build();
 * if (verifier.verify(token) instanceof JwtResult.Valid valid) {
 *     greet(valid.token().identity());
 * }
 * }</pre>
 *
 * <p>A token is refused unless: it is in compact form and small enough (an encrypted one if
 * {@link JwtVerifierBuilder#decryptWith} was called); its header has no critical extension; its
 * algorithm is permitted and is one its key is for; the signature is right; and then {@code iss} is the issuer, {@code
 * aud} names this service, {@code exp} is there and ahead, {@code nbf} and {@code iat} are not ahead, and the marks of
 * the {@link JwtProfile} are there. Addresses and keys in a header are never used. Nothing that a token contains makes
 * {@link #verify} throw.
 *
 * <p>Immutable but for its cache, and thread-safe.
 */
public final class JwtVerifier implements AccessTokenVerifier {

    private final String issuer;
    private final IssuerKeys keys;
    private final @Nullable JweDecrypter decrypter;
    private final boolean encryptedOnly;
    private final ClaimRules rules;
    private final int maximumLength;
    private final Fingerprint fingerprint;
    private final InstantSource clock;
    private final @Nullable TokenCache cache;

    JwtVerifier(JwtVerifierBuilder settings, @Nullable TokenCache cache) {
        this.issuer = settings.issuer();
        this.rules = settings.rules();
        this.maximumLength = settings.maximumLength();
        this.fingerprint = settings.fingerprint();
        this.clock = settings.clock();
        this.cache = cache;
        this.decrypter = settings.decrypter();
        this.encryptedOnly = settings.isEncryptedOnly();
        this.keys = settings.issuerKeys();
    }

    /**
     * Returns a builder for a verifier of the given issuer's tokens.
     *
     * @param issuer the issuer identifier, exactly as in the {@code iss} of its tokens
     */
    public static JwtVerifierBuilder forIssuer(URI issuer) {
        return new JwtVerifierBuilder(issuer);
    }

    /**
     * Returns a verifier of the tokens of several issuers, each with its own keys, audience and rules.
     *
     * @param verifiers at least one, of different issuers, none of which decrypts; closed with what is returned
     * @throws IllegalArgumentException if there is none, or two of one issuer, or one that decrypts tokens
     */
    public static MultiIssuerVerifier forIssuers(JwtVerifier... verifiers) {
        return new MultiIssuerVerifier(FixedIssuers.of(List.of(verifiers)));
    }

    /**
     * Returns a builder for a verifier of the tokens of issuers that are not all known beforehand, such as one for each
     * tenant.
     *
     * @param resolver says which issuers are taken, and how
     */
    public static MultiIssuerVerifierBuilder forIssuers(IssuerResolver resolver) {
        return new MultiIssuerVerifierBuilder(resolver);
    }

    @Override
    public JwtResult verify(String token) {
        if (token.length() > maximumLength) {
            return new JwtResult.Invalid(Reason.TOO_LARGE, "is longer than " + maximumLength + " characters");
        }
        return RefusedToken.guard(() -> cache == null ? inTime(check(token, null, 0)) : cached(token, cache));
    }

    private JwtResult cached(String token, TokenCache verified) {
        TokenDigest.Key key = verified.key(token);
        long round = verified.round();
        VerifiedJwt known = verified.find(key, this, keys.generation());
        if (known == null) {
            return inTime(check(token, key, round));
        }
        JwtResult result = inTime(new JwtResult.Valid(known));
        if (result instanceof JwtResult.Invalid) {
            verified.remove(key);
        }
        return result;
    }

    /** Time is never a matter of the cache: it is looked at for every request. */
    private JwtResult inTime(JwtResult result) {
        if (!(result instanceof JwtResult.Valid valid)) {
            return result;
        }
        JwtResult fault = rules.fault(valid.token(), clock.instant());
        return fault == null ? result : fault;
    }

    private JwtResult check(String token, TokenDigest.@Nullable Key key, long round) {
        CompactJws jws = CompactJws.parse(signed(token));
        rules.marks().checkType(type(jws));
        KeyLookup lookup = keys.check(jws);
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new JwtResult.Unavailable(unavailable.detail(), unavailable.retryAfter());
        }
        VerifiedJwt verified = rules.check(StrictJson.object(jws.payload()), fingerprint.of(token));
        if (cache != null && key != null && rules.fault(verified, clock.instant()) == null) {
            long generation = ((KeyLookup.Found) lookup).generation();
            cache.store(key, new TokenCache.Entry(verified, this, generation, token.length()), round);
        }
        return new JwtResult.Valid(verified);
    }

    /** CVE-2026-29000: what was encrypted for us must be signed as if it had not been. */
    private String signed(String token) {
        if (decrypter != null && CompactJwe.hasFormOf(token)) {
            return decrypter.nestedToken(token);
        }
        if (encryptedOnly) {
            throw new RefusedToken(Reason.TYPE, "is not encrypted");
        }
        return token;
    }

    private static @Nullable String type(CompactJws jws) {
        Object type = jws.header().get("typ");
        if (type != null && !(type instanceof String)) {
            throw new Malformed("'typ' is not a string");
        }
        return (String) type;
    }

    /** Returns the issuer identifier. */
    public String issuer() {
        return issuer;
    }

    /**
     * Returns which security provider checks which algorithm, with its version, for the log at start-up.
     *
     * @return by the name of the algorithm; empty if the issuer shares secrets
     */
    public Map<String, String> signatureProviders() {
        return keys.signatureProviders();
    }

    int maximumLength() {
        return maximumLength;
    }

    boolean decrypts() {
        return decrypter != null;
    }

    @Override
    public void warmUp(WhenUnreachable choice) {
        keys.warmUp(choice);
    }

    @Override
    public void forget(Predicate<Identity> which) {
        if (cache != null) {
            cache.forget(
                    entry -> entry.owner() == this && which.test(entry.token().identity()));
        }
    }

    /** Closes the source of keys if it was not given to the builder but made by it. */
    @Override
    public void close() {
        keys.close();
    }
}
