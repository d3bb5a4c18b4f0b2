package io.apiguard.authn.introspection;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Map;

/**
 * How this service proves to the issuer that it may ask about tokens (RFC 7662 section 2.1).
 *
 * <p>Immutable and thread-safe. {@code toString} shows the client id only.
 */
public sealed interface ClientAuthentication {

    /** Returns the id that the issuer knows this service by. */
    String clientId();

    /**
     * Returns authentication by a client secret in the {@code Authorization} field (RFC 6749 section 2.3.1).
     *
     * @param clientId the id
     * @param secret the secret
     * @throws IllegalArgumentException if either is blank
     */
    static ClientAuthentication basic(String clientId, String secret) {
        return new Basic(demand(clientId, "clientId"), demand(secret, "secret"));
    }

    /**
     * Returns authentication by an assertion that this service signs anew for each call (RFC 7523 section 2.2, {@code
     * private_key_jwt}). Its audience is the issuer.
     *
     * @param clientId the id
     * @param key the private key, whose public key the issuer knows
     * @param keyId the {@code kid} that the issuer knows the key by
     * @param algorithm what to sign with
     * @throws IllegalArgumentException if id or key id are blank, or the algorithm is not for such a key
     */
    static ClientAuthentication privateKeyJwt(
            String clientId, PrivateKey key, String keyId, AssertionAlgorithm algorithm) {
        algorithm.check(key);
        return new PrivateKeyJwt(demand(clientId, "clientId"), key, demand(keyId, "keyId"), algorithm);
    }

    /**
     * Returns authentication by the client certificate of the TLS connection (RFC 8705 section 2); the verifier then
     * needs an HTTP client whose {@code SSLContext} has that certificate's key.
     *
     * @param clientId the id
     * @throws IllegalArgumentException if it is blank
     */
    static ClientAuthentication mutualTls(String clientId) {
        return new MutualTls(demand(clientId, "clientId"));
    }

    private static String demand(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank; use the one that the issuer registered");
        }
        return value;
    }

    /** A client secret. */
    final class Basic implements ClientAuthentication {

        private final String clientId;
        private final String field;

        private Basic(String clientId, String secret) {
            this.clientId = clientId;
            String pair = encode(clientId) + ":" + encode(secret);
            this.field = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        void apply(HttpRequest.Builder request) {
            request.header("Authorization", field);
        }

        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public String toString() {
            return "Basic[" + clientId + "]";
        }
    }

    /** A signed assertion. */
    final class PrivateKeyJwt implements ClientAuthentication {

        private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        private final String clientId;
        private final PrivateKey key;
        private final String keyId;
        private final AssertionAlgorithm algorithm;

        private PrivateKeyJwt(String clientId, PrivateKey key, String keyId, AssertionAlgorithm algorithm) {
            this.clientId = clientId;
            this.key = key;
            this.keyId = keyId;
            this.algorithm = algorithm;
        }

        void apply(Map<String, String> form, URI audience, Assertions assertions) {
            form.put("client_id", clientId);
            form.put("client_assertion_type", TYPE);
            form.put("client_assertion", assertions.sign(clientId, audience, key, keyId, algorithm));
        }

        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public String toString() {
            return "PrivateKeyJwt[" + clientId + "]";
        }
    }

    /** A client certificate. */
    final class MutualTls implements ClientAuthentication {

        private final String clientId;

        private MutualTls(String clientId) {
            this.clientId = clientId;
        }

        void apply(Map<String, String> form) {
            form.put("client_id", clientId);
        }

        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public String toString() {
            return "MutualTls[" + clientId + "]";
        }
    }
}
