package io.apiguard.authn.httpsig;

import io.apiguard.http.Header;
import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import io.apiguard.internal.structured.Parameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs HTTP messages (RFC 9421 section 3.1), for clients and tests.
 *
 * <pre>{@code
 * HttpMessageSigner signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, privateKey, "key-1").build();
 * List<Header> more = signer.sign(HttpMessage.request("POST", uri, List.of(ContentDigest.of(body))));
 * }</pre>
 *
 * <p>Immutable and thread-safe. {@code toString} never shows the key.
 */
public final class HttpMessageSigner {

    private static final int NONCE_BYTES = 16;

    private final Builder settings;
    private final ComponentValues values;

    private HttpMessageSigner(Builder settings) {
        this.settings = settings;
        this.values = new ComponentValues(new FieldTypes(settings.fieldTypes));
    }

    /**
     * Returns a builder for a signer with a private key.
     *
     * @param algorithm the algorithm, not HMAC
     * @param key a private key for it
     * @param keyId how the verifier knows the key, 1 to 256 visible ASCII characters and spaces
     */
    public static Builder of(SignatureAlgorithm algorithm, PrivateKey key, String keyId) {
        return new Builder(algorithm, MessageSigning.of(algorithm, key), keyId);
    }

    /**
     * Returns a builder for a signer with a secret, for {@link SignatureAlgorithm#HMAC_SHA256}. Everyone who can check such a signature can
     * make one: take a private key where you can.
     *
     * @param secret at least 32 random bytes
     * @param keyId how the verifier knows the secret, 1 to 256 visible ASCII characters and spaces
     */
    public static Builder ofSecretThatEveryVerifierCanSignWith(byte[] secret, String keyId) {
        HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(secret, SignerGrant.of(keyId));
        return new Builder(SignatureAlgorithm.HMAC_SHA256, MessageSigning.of(secret.clone()), keyId);
    }

    /**
     * Signs a message.
     *
     * @param message the message, with all the fields that the signature covers
     * @return the two field lines to add to it
     * @throws IllegalArgumentException if the message lacks a component that the signature shall cover
     */
    public List<Header> sign(HttpMessage message) {
        Member.InnerList input = new Member.InnerList(
                settings.components(message).stream().map(Component::item).toList(), parameters());
        try {
            byte[] signature =
                    settings.signing.sign(SignatureParameters.of(input).base(message, values));
            Member value = new Member.Item(new BareItem.Bytes(signature), Parameters.NONE);
            return List.of(
                    new Header("Signature-Input", FieldWriter.dictionary(Map.of(settings.label, input))),
                    new Header("Signature", FieldWriter.dictionary(Map.of(settings.label, value))));
        } catch (MalformedField e) {
            throw new IllegalArgumentException("the message cannot be signed: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of signer " + settings.keyId + " does not sign", e);
        }
    }

    private Parameters parameters() {
        Instant now = settings.clock.instant();
        Map<String, BareItem> parameters = new LinkedHashMap<>();
        parameters.put("created", new BareItem.Whole(now.getEpochSecond()));
        parameters.put("expires", new BareItem.Whole(now.plus(settings.lifetime).getEpochSecond()));
        parameters.put("nonce", new BareItem.Text(nonce()));
        parameters.put("keyid", new BareItem.Text(settings.keyId));
        parameters.put("alg", new BareItem.Text(settings.algorithm.id()));
        if (settings.tag != null) {
            parameters.put("tag", new BareItem.Text(settings.tag));
        }
        return new Parameters(parameters);
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        settings.random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "HttpMessageSigner[" + settings.algorithm.id() + " with " + settings.keyId + "]";
    }

    /** Collects the settings of a {@link HttpMessageSigner}; not thread-safe. */
    public static final class Builder {
        private final SignatureAlgorithm algorithm;
        private final MessageSigning signing;
        private final String keyId;
        private @Nullable List<Component> components;
        private Map<String, StructuredFieldType> fieldTypes = Map.of();
        private String label = "sig";
        private @Nullable String tag;
        private Duration lifetime = Duration.ofMinutes(1);
        private InstantSource clock = InstantSource.system();
        private SecureRandom random = new SecureRandom();

        private Builder(SignatureAlgorithm algorithm, MessageSigning signing, String keyId) {
            this.algorithm = algorithm;
            this.signing = signing;
            this.keyId = keyId;
        }

        /** The same, for a signer that outlives this builder. */
        private Builder(Builder other) {
            this(other.algorithm, other.signing, other.keyId);
            this.components = other.components;
            this.fieldTypes = other.fieldTypes;
            this.label = other.label;
            this.tag = other.tag;
            this.lifetime = other.lifetime;
            this.clock = other.clock;
            this.random = other.random;
        }

        /**
         * Sets what signatures cover; if not set, {@code @method} and {@code @target-uri} of a request, {@code @status} of a response, and
         * {@code content-digest} if the message has it.
         *
         * @param identifiers names, such as {@code @authority}, or whole identifiers, such as {@code "@query-param";name="id"}
         * @throws IllegalArgumentException if one is none
         */
        public Builder covering(String... identifiers) {
            this.components = List.copyOf(SignedComponents.components(identifiers));
            return this;
        }

        /**
         * Adds the type of a structured field, so that it can be covered with {@code sf}.
         *
         * @param name the field name
         * @param type its type
         */
        public Builder structuredField(String name, StructuredFieldType type) {
            Map<String, StructuredFieldType> more = new LinkedHashMap<>(fieldTypes);
            more.put(name.toLowerCase(Locale.ROOT), type);
            this.fieldTypes = Map.copyOf(more);
            return this;
        }

        /** Sets the name of the signature in its message; {@code sig} if not set. */
        public Builder label(String value) {
            this.label = value;
            return this;
        }

        /** Sets the tag, which names the application; none if not set. */
        public Builder tag(String value) {
            this.tag = value;
            return this;
        }

        /** Sets how long a signature is good; a minute if not set. */
        public Builder lifetime(Duration value) {
            this.lifetime = value;
            return this;
        }

        /** Sets the clock; the system's if not set. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Sets what nonces are made of; the platform's default if not set. */
        public Builder random(SecureRandom value) {
            this.random = value;
            return this;
        }

        /**
         * Returns the signer.
         *
         * @throws IllegalArgumentException if the key does not suit the algorithm, the lifetime is less than a second, or key id, label
         *     or tag cannot be written
         */
        public HttpMessageSigner build() {
            if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("the lifetime of a signature must be at least a second");
            }
            HttpMessageSigner signer = new HttpMessageSigner(new Builder(this));
            try {
                signing.sign(new byte[0]);
                Member.InnerList input = new Member.InnerList(List.of(), signer.parameters());
                SignatureParameters.of(input);
                FieldWriter.dictionary(Map.of(label, input));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("the key does not suit " + algorithm.id(), e);
            } catch (MalformedField e) {
                throw new IllegalArgumentException("key id, label or tag cannot be written: " + e.getMessage(), e);
            }
            return signer;
        }

        private List<Component> components(HttpMessage message) {
            if (components != null) {
                return components;
            }
            String[] basis =
                    message.target() == null ? new String[] {"@status"} : new String[] {"@method", "@target-uri"};
            List<Component> usual = SignedComponents.components(basis);
            if (!message.fields("content-digest").isEmpty()) {
                usual.addAll(SignedComponents.components("content-digest"));
            }
            return usual;
        }
    }
}
