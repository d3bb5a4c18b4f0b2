package io.apiguard.authn.httpsig;

import io.apiguard.authn.httpsig.HttpSignatureResult.Reason;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.store.ReplayStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the signatures of HTTP messages (RFC 9421).
 *
 * <pre>{@code
 * HttpSignatureVerifier verifier = HttpSignatureVerifier.withKeys(keys).replayStore(store).build();
 * if (verifier.verify(request, arrival) instanceof HttpSignatureResult.Valid valid) {
 *     greet(valid.signature().identity());
 * }
 * }</pre>
 *
 * <p>A message is refused unless: its fields are strict and small enough; exactly one signature is meant; it covers what it must; its key
 * is known, and the algorithm it names, if it names one, is its key's; the signature is right; and then it was created within the maximum
 * age, has not expired, and its nonce was not used before. The body is no part of this: {@link ContentDigest} checks it once it is read.
 * Nothing that a message contains makes {@link #verify} throw.
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpSignatureVerifier {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HttpSignatureKeys keys;
    private final SignedComponents demanded;
    private final ComponentValues values;
    private final Duration skew;
    private final Duration maximumAge;
    private final @Nullable ReplayStore replays;
    private final @Nullable String label;
    private final @Nullable String tag;
    private final InstantSource clock;
    private final SignatureVerifier signatures;

    HttpSignatureVerifier(HttpSignatureVerifierBuilder settings) {
        this.keys = settings.keys();
        this.demanded = settings.components();
        this.values = new ComponentValues(settings.fieldTypes());
        this.skew = settings.skew();
        this.maximumAge = settings.maximumAge();
        this.replays = settings.replayStore();
        this.label = settings.label();
        this.tag = settings.tag();
        this.clock = settings.clock();
        this.signatures = new SignatureVerifier(settings.signatureProvider());
    }

    /**
     * Returns a builder for a verifier.
     *
     * @param keys where the keys of signers are looked up
     */
    public static HttpSignatureVerifierBuilder withKeys(HttpSignatureKeys keys) {
        return new HttpSignatureVerifierBuilder(keys);
    }

    /**
     * Returns whether a request presents a signature at all, good or bad.
     *
     * @param request the request
     */
    public static boolean isPresented(ApiRequest request) {
        return !request.headers("Signature-Input").isEmpty()
                || !request.headers("Signature").isEmpty();
    }

    /**
     * Returns whether a request presents a signature, good or bad, that this verifier is meant to judge: any at all; if a label or a tag is
     * set, one with it. Signatures for others, such as proxies add, are none of its business; fields that cannot be read are.
     *
     * @param request the request
     */
    public boolean isMeantFor(ApiRequest request) {
        return isPresented(request) && PresentedSignature.isMeant(HttpMessage.fieldsOf(request), label, tag);
    }

    /**
     * Returns the value of the {@code Accept-Signature} field (RFC 9421 section 5.1) that asks the client to sign a request like this one.
     *
     * @param request the request
     * @param random what a nonce is made of, if this verifier demands one
     */
    public String accepted(ApiRequest request, SecureRandom random) {
        return AcceptSignature.value(
                demanded.needed(HttpMessage.fieldsOf(request)), label, tag, replays == null ? null : random);
    }

    /**
     * Verifies the signature of a request that a service received.
     *
     * @param request the request
     * @param arrival the scheme and authority that the client used
     * @return what was found; never an exception for anything the request contains
     */
    public HttpSignatureResult verify(ApiRequest request, Arrival arrival) {
        return guarded(() -> HttpMessage.received(request, arrival));
    }

    /**
     * Verifies the signature of a message, such as a response.
     *
     * @param message the message
     * @return what was found; never an exception for anything the message contains
     */
    public HttpSignatureResult verify(HttpMessage message) {
        return guarded(() -> message);
    }

    private HttpSignatureResult guarded(Supplier<HttpMessage> message) {
        try {
            return check(message.get());
        } catch (RefusedSignature e) {
            return e.result();
        } catch (MalformedField e) {
            return new HttpSignatureResult.Invalid(Reason.MALFORMED, "is not strict: " + e.getMessage());
        } catch (Throwable e) { // whatever a parser or a provider throws is a refusal
            return new HttpSignatureResult.Invalid(
                    Reason.MALFORMED, "could not be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private HttpSignatureResult check(HttpMessage message) {
        PresentedSignature presented = PresentedSignature.of(message, label, tag);
        SignatureParameters parameters = presented.parameters();
        checkComponents(parameters, message);
        String keyId = demanded(parameters, "keyid");
        SignatureWindow window = SignatureWindow.of(parameters, maximumAge, skew);
        String nonce = replays == null ? null : demanded(parameters, "nonce");
        Optional<HttpSignatureKey> key;
        try {
            key = keys.find(keyId);
        } catch (RuntimeException e) {
            return unavailable("the keys of signers cannot be had", e);
        }
        HttpSignatureKey known = key.orElseThrow(HttpSignatureVerifier::unknownKey);
        checkSignature(presented, message, known);
        window.check(clock.instant());
        SignedBody body = SignedBody.of(message, parameters.components(), demanded);
        VerifiedSignature verified = verified(presented, keyId, known.signer(), window, body);
        return nonce == null || replays == null
                ? new HttpSignatureResult.Valid(verified)
                : noted(replays, nonce, window, verified);
    }

    private void checkComponents(SignatureParameters parameters, HttpMessage message) {
        String missing = demanded.missing(parameters.components(), message);
        if (missing != null) {
            throw new RefusedSignature(Reason.COMPONENTS, "does not cover " + missing);
        }
    }

    private static String demanded(SignatureParameters parameters, String name) {
        String value = parameters.text(name);
        if (value == null) {
            throw new RefusedSignature(Reason.PARAMETERS, "lacks '" + name + "'");
        }
        return value;
    }

    private static RefusedSignature unknownKey() {
        return new RefusedSignature(Reason.UNKNOWN_KEY, "names a key that is not known");
    }

    private void checkSignature(PresentedSignature presented, HttpMessage message, HttpSignatureKey key) {
        String algorithm = presented.parameters().text("alg");
        if (algorithm != null && !algorithm.equals(key.algorithm().id())) {
            throw new RefusedSignature(
                    Reason.ALGORITHM,
                    "names another algorithm than its key's, which is "
                            + key.algorithm().id());
        }
        byte[] base = presented.parameters().base(message, values);
        if (!key.matches(signatures, base, presented.value())) {
            throw new RefusedSignature(Reason.SIGNATURE, "is wrong");
        }
    }

    private static VerifiedSignature verified(
            PresentedSignature presented, String keyId, SignerGrant signer, SignatureWindow window, SignedBody body) {
        Identity identity = Identity.builder(signer.subject(), AuthenticationMethod.HTTP_SIGNATURE)
                .scopes(signer.scopes())
                .roles(signer.roles())
                .tenant(signer.tenant())
                .issuedAt(window.created())
                .expiresAt(window.until())
                .build();
        return new VerifiedSignature(
                identity, keyId, presented.label(), presented.parameters().components(), body);
    }

    /** Last of all, so that only a genuine signature uses up its nonce. */
    private static HttpSignatureResult noted(
            ReplayStore replays, String nonce, SignatureWindow window, VerifiedSignature verified) {
        ReplayStore.Outcome outcome;
        try {
            outcome = replays.use("httpsig " + verified.keyId(), nonce, window.end());
        } catch (RuntimeException e) {
            return unavailable("the store of nonces does not answer", e);
        }
        return switch (outcome) {
            case FIRST -> new HttpSignatureResult.Valid(verified);
            case REPLAYED -> new HttpSignatureResult.Invalid(Reason.REPLAYED, "has a nonce that was used before");
            case FULL -> new HttpSignatureResult.Unavailable("there is no room to remember the nonce", RETRY_AFTER);
            case OVER_QUOTA ->
                new HttpSignatureResult.Invalid(Reason.REPLAY_CAPACITY, "is one of too many of its signer");
        };
    }

    private static HttpSignatureResult unavailable(String detail, RuntimeException cause) {
        return new HttpSignatureResult.Unavailable(
                detail + " (" + cause.getClass().getSimpleName() + ")", RETRY_AFTER);
    }
}
