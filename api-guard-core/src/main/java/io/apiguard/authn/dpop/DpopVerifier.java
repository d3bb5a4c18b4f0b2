package io.apiguard.authn.dpop;

import io.apiguard.authn.dpop.DpopResult.Reason;
import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.http.Arrival;
import io.apiguard.identity.Confirmation;
import io.apiguard.store.ReplayStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that whoever presents an access token holds the key it is bound to (DPoP, RFC 9449).
 *
 * <pre>{@code
 * if (dpop.verify(request.headers("DPoP"), "GET", arrival, "/orders", token) instanceof DpopResult.Valid valid
 *         && tokens.verify(token) instanceof JwtResult.Valid good
 *         && dpop.confirm(valid.proof(), good.confirmation()) instanceof DpopConfirmation.Accepted) {
 *     serve(good.identity());
 * }
 * }</pre>
 *
 * <p>Two steps, because proof keys are free to make: a proof is only remembered once the access token itself was
 * verified and is bound to the proof's key, and then on the token's own budget. So nobody without a good token can fill
 * the store.
 *
 * <p>A proof is refused unless: it stands in the one DPoP field and is small enough; its {@code typ} is {@code
 * dpop+jwt}; its algorithm is asymmetric, permitted, and one its key is for; its key is public and sound; its signature
 * is right; {@code htm} is the method and {@code htu} the URI that the client asked for; {@code ath} is the hash of the
 * token; {@code iat} lies within the window; and the {@code nonce}, where one is asked for, is of this service. Nothing
 * that a proof contains makes {@link #verify} throw.
 *
 * <p>Immutable but for what it remembers of keys, and thread-safe.
 */
public final class DpopVerifier {

    /** The name of the secret that nonces are made with, {@value}. */
    public static final String NONCE_SECRET = DpopNonces.SECRET_NAME;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReplayStore store;
    private final Set<JwsAlgorithm> algorithms;
    private final int maximumLength;
    private final Duration maximumAge;
    private final Duration futureSkew;
    private final NonceMode nonceMode;
    private final @Nullable DpopNonces nonces;
    private final SignatureVerifier signatures;
    private final KnownKeys known = new KnownKeys();
    private final InstantSource clock;

    DpopVerifier(DpopVerifierBuilder settings) {
        this.store = settings.store();
        this.algorithms = Set.copyOf(settings.permittedAlgorithms());
        this.maximumLength = settings.maximumLength();
        this.maximumAge = settings.maximumAge();
        this.futureSkew = settings.futureSkew();
        this.nonceMode = settings.nonceMode();
        this.nonces = settings.nonces();
        this.signatures = new SignatureVerifier(settings.signatureProvider());
        this.clock = settings.clock();
    }

    /**
     * Returns a builder.
     *
     * @param store what remembers the proofs that were used; shared by all instances of a service
     */
    public static DpopVerifierBuilder builder(ReplayStore store) {
        return new DpopVerifierBuilder(store);
    }

    /**
     * Verifies a proof, but for whether it was used before.
     *
     * @param proofs the field lines {@code DPoP} of the request
     * @param method the method of the request
     * @param arrival what scheme and authority the client asked for, behind proxies too
     * @param rawPath the path of the request as received
     * @param accessToken the token that the request presents
     * @return what was found; never an exception for anything the request contains
     */
    public DpopResult verify(List<String> proofs, String method, Arrival arrival, String rawPath, String accessToken) {
        return judge(proofs, new ProvenRequest(method, arrival, rawPath, accessToken));
    }

    /** Without a token there is no {@code ath} to demand; that is for an authorization server, not for a resource. */
    DpopResult judge(List<String> proofs, ProvenRequest request) {
        if (proofs.size() != 1) {
            return proofs.isEmpty()
                    ? new DpopResult.Invalid(Reason.MISSING, "there is no DPoP field")
                    : new DpopResult.Invalid(Reason.SEVERAL, "there are several DPoP fields");
        }
        if (proofs.get(0).length() > maximumLength) {
            return new DpopResult.Invalid(Reason.TOO_LARGE, "is longer than " + maximumLength + " characters");
        }
        try {
            return check(proofs.get(0), request);
        } catch (RefusedProof e) {
            return e.result();
        } catch (Malformed e) {
            return new DpopResult.Invalid(Reason.MALFORMED, String.valueOf(e.getMessage()));
        } catch (Throwable e) { // CVE-2019-17195: whatever a parser or a provider throws is a refusal
            return new DpopResult.Invalid(
                    Reason.MALFORMED, "could not be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** What a proof is compared with. */
    record ProvenRequest(
            String method,
            Arrival arrival,
            String rawPath,
            @Nullable String accessToken) {}

    private DpopResult check(String proof, ProvenRequest request) {
        CompactJws jws = CompactJws.parse(proof);
        if (!"dpop+jwt".equals(jws.header().get("typ"))) {
            throw new RefusedProof(Reason.TYPE, "its 'typ' is not 'dpop+jwt'");
        }
        Jwk key = checkSignature(jws);
        ProofClaims claims = ProofClaims.of(StrictJson.object(jws.payload()));
        checkTarget(claims, request);
        String tokenHash = checkToken(claims, request.accessToken);
        Instant now = clock.instant();
        checkTime(claims.issuedAt(), now);
        if (nonces != null && !hasNonce(claims.nonce(), nonces, now)) {
            return new DpopResult.NonceRequired(nonces.current(now));
        }
        return new DpopResult.Valid(new DpopProof(key.thumbprint(), claims.id(), claims.issuedAt(), tokenHash));
    }

    private Jwk checkSignature(CompactJws jws) {
        JwsAlgorithm algorithm = JwsAlgorithm.of(jws.algorithm());
        if (algorithm == null || !algorithms.contains(algorithm)) {
            throw new RefusedProof(Reason.ALGORITHM, "its algorithm is none of " + algorithms);
        }
        Jwk before = known.find(jws);
        Jwk key = before == null ? ProofKey.of(jws.header()) : before;
        if (!key.allows(algorithm)) {
            throw new RefusedProof(Reason.ALGORITHM, "its key is not for its algorithm");
        }
        if (!signatures.verify(algorithm, key.key(), jws.signingInput(), jws.signature())) {
            throw new RefusedProof(Reason.SIGNATURE, "its signature is wrong");
        }
        if (before == null) {
            known.add(jws, key);
        }
        return key;
    }

    private static void checkTarget(ProofClaims claims, ProvenRequest request) {
        if (!claims.method().equals(request.method)) {
            throw new RefusedProof(Reason.METHOD, "its 'htm' is not the method of the request");
        }
        Arrival arrival = request.arrival;
        TargetUri target = TargetUri.of(arrival.scheme(), arrival.authority(), request.rawPath);
        if (!target.equals(TargetUri.parse(claims.uri()))) {
            throw new RefusedProof(
                    Reason.URI,
                    "its 'htu' is not the URI of the request, which is at " + arrival.scheme() + "://"
                            + arrival.authority()
                            + "; behind a proxy, name the trusted proxies and the family of their fields");
        }
    }

    /** Returns the hash of the token (section 4.2). */
    private static String checkToken(ProofClaims claims, @Nullable String accessToken) {
        if (accessToken == null) {
            return "";
        }
        String hash = hash(accessToken);
        if (!hash.equals(claims.tokenHash())) {
            throw new RefusedProof(Reason.TOKEN, "its 'ath' is missing, or not the hash of the access token");
        }
        return hash;
    }

    private static String hash(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256, which every one must have", e);
        }
    }

    private void checkTime(Instant issuedAt, Instant now) {
        if (!now.isBefore(issuedAt.plus(maximumAge))) {
            throw new RefusedProof(Reason.EXPIRED, "was made " + maximumAge + " ago or earlier");
        }
        if (issuedAt.isAfter(now.plus(futureSkew))) {
            throw new RefusedProof(Reason.NOT_YET_VALID, "was made more than " + futureSkew + " from now");
        }
    }

    private boolean hasNonce(@Nullable String nonce, DpopNonces known, Instant now) {
        return nonce == null ? nonceMode != NonceMode.REQUIRED : known.knows(nonce, now);
    }

    /**
     * Says whether a proof is of the key that its token is bound to, and notes its use. To be called once for a proof,
     * and only after the token of the same request was verified.
     *
     * @param proof a proof that {@link #verify} found valid
     * @param confirmation what the token is bound to
     * @return what was found; never an exception
     */
    public DpopConfirmation confirm(DpopProof proof, Confirmation confirmation) {
        if (!proof.thumbprint().equals(confirmation.jwkThumbprint())) {
            return new DpopConfirmation.Refused(
                    DpopConfirmation.Reason.KEY_MISMATCH, "the token is not bound to the key of the proof");
        }
        try {
            return confirmation(
                    store.use(proof.tokenHash(), proof.id(), proof.issuedAt().plus(maximumAge)));
        } catch (RuntimeException e) {
            return new DpopConfirmation.Unavailable(
                    DpopConfirmation.Reason.STORE_UNAVAILABLE,
                    "the replay store does not answer (" + e.getClass().getSimpleName() + ")",
                    RETRY_AFTER);
        }
    }

    private static DpopConfirmation confirmation(ReplayStore.Outcome outcome) {
        return switch (outcome) {
            case FIRST -> new DpopConfirmation.Accepted();
            case REPLAYED ->
                new DpopConfirmation.Refused(DpopConfirmation.Reason.REPLAYED, "the proof was used before");
            case OVER_QUOTA ->
                new DpopConfirmation.Refused(
                        DpopConfirmation.Reason.OVER_QUOTA, "the token was used with too many proofs in a short time");
            case FULL ->
                new DpopConfirmation.Unavailable(
                        DpopConfirmation.Reason.STORE_FULL,
                        "the replay store is full; give it a larger capacity",
                        RETRY_AFTER);
        };
    }

    /**
     * Returns what the field {@code DPoP-Nonce} of a response is to say (section 8.2); nothing if nonces are off, or the source of secrets
     * does not give the secret now: the proof was right, and the next one is told what it lacks.
     */
    public Optional<String> currentNonce() {
        try {
            return nonces == null ? Optional.empty() : Optional.of(nonces.current(clock.instant()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the names of the permitted algorithms, for the parameter {@code algs} of a challenge (section 7.1). */
    public List<String> algorithms() {
        return algorithms.stream().sorted().map(JwsAlgorithm::id).toList();
    }
}
