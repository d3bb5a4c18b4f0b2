package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.MalformedField;
import io.apiguard.store.ReplayStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link HttpSignatureVerifier}; made by {@link HttpSignatureVerifier#withKeys}. Not thread-safe. */
public final class HttpSignatureVerifierBuilder {

    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);
    private static final Duration LONGEST_AGE = Duration.ofDays(1);

    private final HttpSignatureKeys keys;
    private final Map<String, StructuredFieldType> fieldTypes = new HashMap<>();
    private SignedComponents components = SignedComponents.wholeRequest();
    private Duration skew = Duration.ofSeconds(30);
    private Duration maximumAge = Duration.ofMinutes(5);
    private @Nullable ReplayStore replayStore;
    private boolean replaysPermitted;
    private @Nullable String label;
    private @Nullable String tag;
    private InstantSource clock = InstantSource.system();
    private @Nullable String signatureProvider;

    HttpSignatureVerifierBuilder(HttpSignatureKeys keys) {
        this.keys = keys;
    }

    /**
     * Sets what a signature must cover; {@link SignedComponents#wholeRequest()} if not set.
     *
     * @param value the components
     * @return this builder
     */
    public HttpSignatureVerifierBuilder components(SignedComponents value) {
        this.components = value;
        return this;
    }

    /**
     * Sets how far clocks may differ; 30 seconds if not set.
     *
     * @param value from 0 to 10 minutes
     * @return this builder
     */
    public HttpSignatureVerifierBuilder skew(Duration value) {
        this.skew = value;
        return this;
    }

    /**
     * Sets how long after its creation a signature is good at most, whatever it says itself; 5 minutes if not set.
     *
     * @param value more than 0, at most a day
     * @return this builder
     */
    public HttpSignatureVerifierBuilder maximumAge(Duration value) {
        this.maximumAge = value;
        return this;
    }

    /**
     * Demands a nonce in every signature, and remembers it (RFC 9421 section 7.2.2).
     *
     * @param value where nonces are remembered, shared by all instances of the service
     * @return this builder
     */
    public HttpSignatureVerifierBuilder replayStore(ReplayStore value) {
        this.replayStore = value;
        return this;
    }

    /**
     * Permits that whoever sees a signed message sends it again until the signature expires: for requests that do no harm twice.
     *
     * @return this builder
     */
    public HttpSignatureVerifierBuilder replaysPermittedUntilExpiry() {
        this.replaysPermitted = true;
        return this;
    }

    /**
     * Sets the name of the signature that is looked at; if neither this nor the tag is set, a message must have one signature only.
     *
     * @param value the name in the two fields
     * @return this builder
     */
    public HttpSignatureVerifierBuilder label(String value) {
        this.label = value;
        return this;
    }

    /**
     * Sets the {@code tag} that the signature must have (RFC 9421 section 2.3); of several with it, the label must say which.
     *
     * @param value the tag, which names the application
     * @return this builder
     */
    public HttpSignatureVerifierBuilder tag(String value) {
        this.tag = value;
        return this;
    }

    /**
     * Adds the type of a structured field, so that signatures may cover it with {@code sf}; those of RFC 9421, RFC 9440, RFC 9530 and a few
     * more are known.
     *
     * @param name the field name
     * @param type its type
     * @return this builder
     */
    public HttpSignatureVerifierBuilder structuredField(String name, StructuredFieldType type) {
        this.fieldTypes.put(name.toLowerCase(Locale.ROOT), type);
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value the clock
     * @return this builder
     */
    public HttpSignatureVerifierBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets the security provider that computes signatures. If not set, the fastest on the class path is taken for each algorithm: Amazon
     * Corretto Crypto Provider, Conscrypt, the platform's.
     *
     * @param name {@code platform}, or the name of a provider that must then compute all, such as {@code AmazonCorrettoCryptoProvider}
     * @return this builder
     */
    public HttpSignatureVerifierBuilder signatureProvider(String name) {
        this.signatureProvider = name;
        return this;
    }

    /**
     * Returns the verifier.
     *
     * @throws IllegalArgumentException if a duration is out of its range, if replays are both refused and permitted, or neither, or if no
     *     signature can have the label or the tag, or there is no provider of that name
     */
    public HttpSignatureVerifier build() {
        if (skew.isNegative() || skew.compareTo(MAXIMUM_SKEW) > 0) {
            throw new IllegalArgumentException("the skew must be from 0 to " + MAXIMUM_SKEW + "; it is " + skew);
        }
        if (maximumAge.isZero() || maximumAge.isNegative() || maximumAge.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException(
                    "the maximum age must be more than 0 and at most " + LONGEST_AGE + "; it is " + maximumAge);
        }
        if ((replayStore != null) == replaysPermitted) {
            throw new IllegalArgumentException(
                    "set either replayStore, or replaysPermittedUntilExpiry if a request may be sent again by others");
        }
        checkAsked();
        return new HttpSignatureVerifier(this);
    }

    /** What no client can be asked for would fail every challenge. */
    private void checkAsked() {
        if (tag != null && (tag.isEmpty() || tag.length() > SignatureParameters.LONGEST_TEXT)) {
            throw new IllegalArgumentException(
                    "the tag must have 1 to " + SignatureParameters.LONGEST_TEXT + " characters");
        }
        try {
            AcceptSignature.value(List.of(), label, tag, null);
        } catch (MalformedField e) {
            throw new IllegalArgumentException(
                    "label or tag cannot be written: " + e.getMessage() + "; a label is in lower case, a tag in ASCII",
                    e);
        }
    }

    HttpSignatureKeys keys() {
        return keys;
    }

    SignedComponents components() {
        return components;
    }

    FieldTypes fieldTypes() {
        return new FieldTypes(fieldTypes);
    }

    Duration skew() {
        return skew;
    }

    Duration maximumAge() {
        return maximumAge;
    }

    @Nullable ReplayStore replayStore() {
        return replayStore;
    }

    @Nullable String label() {
        return label;
    }

    @Nullable String tag() {
        return tag;
    }

    InstantSource clock() {
        return clock;
    }

    @Nullable String signatureProvider() {
        return signatureProvider;
    }
}
