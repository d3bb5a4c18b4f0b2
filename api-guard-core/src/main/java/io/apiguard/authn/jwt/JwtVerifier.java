package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.authn.jose.TokenDigest;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
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
 * <p>A token is refused unless: it is in compact form and small enough; its header has no critical extension; its
 * algorithm is permitted and is one its key is for; the signature is right; and then {@code iss} is the issuer, {@code
 * aud} names this service, {@code exp} is there and ahead, {@code nbf} and {@code iat} are not ahead, and the marks of
 * the {@link JwtProfile} are there. Addresses and keys in a header are never used. Nothing that a token contains makes
 * {@link #verify} throw.
 *
 * <p>Immutable but for its cache, and thread-safe.
 */
public final class JwtVerifier implements AutoCloseable {

    /** How many keys are tried on a token without a key id: each costs the check of a signature. */
    private static final int MAXIMUM_TRIES = 4;

    private final JwkSource keys;
    private final boolean ownKeys;
    private final Set<JwsAlgorithm> algorithms;
    private final ClaimRules rules;
    private final int maximumLength;
    private final SignatureVerifier signatures;
    private final Fingerprint fingerprint;
    private final InstantSource clock;
    private final @Nullable TokenCache cache;

    JwtVerifier(JwtVerifierBuilder settings) {
        JwkSource given = settings.givenKeys();
        this.keys = given == null ? settings.discoveredKeys() : given;
        this.ownKeys = given == null;
        this.algorithms = Set.copyOf(settings.permittedAlgorithms());
        this.rules = settings.rules();
        this.maximumLength = settings.maximumLength();
        this.signatures = new SignatureVerifier(settings.signatureProvider());
        this.fingerprint = settings.fingerprint();
        this.clock = settings.clock();
        this.cache = settings.cache();
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
     * Verifies a token.
     *
     * @param token the token as presented
     * @return what was found; never an exception for anything the token contains
     */
    public JwtResult verify(String token) {
        if (token.length() > maximumLength) {
            return new JwtResult.Invalid(Reason.TOO_LARGE, "is longer than " + maximumLength + " characters");
        }
        try {
            return cache == null ? inTime(check(token, null)) : cached(token, cache);
        } catch (RefusedToken e) {
            return e.result();
        } catch (Malformed e) {
            return new JwtResult.Invalid(Reason.MALFORMED, String.valueOf(e.getMessage()));
        } catch (Throwable e) { // CVE-2019-17195: whatever a parser or a provider throws is a refusal
            return new JwtResult.Invalid(
                    Reason.MALFORMED, "could not be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private JwtResult cached(String token, TokenCache verified) {
        TokenDigest.Key key = verified.key(token);
        VerifiedJwt known = verified.find(key, keys.generation());
        if (known == null) {
            return inTime(check(token, key));
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

    private JwtResult check(String token, TokenDigest.@Nullable Key key) {
        CompactJws jws = CompactJws.parse(token);
        JwsAlgorithm algorithm = JwsAlgorithm.of(jws.algorithm());
        if (algorithm == null || !algorithms.contains(algorithm)) {
            throw new RefusedToken(Reason.ALGORITHM, "its algorithm is none of " + algorithms);
        }
        rules.profile().checkType(type(jws));
        KeyLookup lookup = keys.find(jws.keyId(), algorithm);
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new JwtResult.Unavailable(unavailable.detail(), unavailable.retryAfter());
        }
        if (!(lookup instanceof KeyLookup.Found found)) {
            throw new RefusedToken(Reason.UNKNOWN_KEY, "the issuer has no key of its 'kid'");
        }
        checkSignature(jws, algorithm, found.keys());
        VerifiedJwt verified = rules.check(StrictJson.object(jws.payload()), fingerprint.of(token));
        if (cache != null && key != null && rules.fault(verified, clock.instant()) == null) {
            cache.store(key, verified, found.generation());
        }
        return new JwtResult.Valid(verified);
    }

    private static @Nullable String type(CompactJws jws) {
        Object type = jws.header().get("typ");
        if (type != null && !(type instanceof String)) {
            throw new Malformed("'typ' is not a string");
        }
        return (String) type;
    }

    private void checkSignature(CompactJws jws, JwsAlgorithm algorithm, List<Jwk> candidates) {
        if (candidates.isEmpty()) {
            throw new RefusedToken(Reason.ALGORITHM, "the issuer's key is not for " + algorithm.id());
        }
        if (candidates.size() > MAXIMUM_TRIES) {
            throw new RefusedToken(
                    Reason.UNKNOWN_KEY, "has no 'kid', and the issuer has many keys for " + algorithm.id());
        }
        for (Jwk key : candidates) {
            if (signatures.verify(algorithm, key.key(), jws.signingInput(), jws.signature())) {
                return;
            }
        }
        throw new RefusedToken(Reason.SIGNATURE, "the signature is wrong");
    }

    /** Returns where the keys come from, so that an application can have them fetched when it starts. */
    public JwkSource keys() {
        return keys;
    }

    /** Closes the source of keys if it was not given to the builder but made by it. */
    @Override
    public void close() {
        if (ownKeys) {
            keys.close();
        }
    }
}
