package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.PublicKeyPem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the public keys of one issuer come from: a fixed set, a file, an address, or the issuer's discovery document.
 *
 * <p>A source belongs to one issuer: the key ids of two issuers are never mixed. Thread-safe.
 */
public abstract sealed class JwkSource implements AutoCloseable permits FixedJwkSource, FileJwkSource, RemoteJwkSource {

    /** What {@link #warmUp(WhenUnreachable)} does if the issuer cannot be reached. */
    public enum WhenUnreachable {
        /** The application does not start. */
        REFUSE,
        /** The application starts, and answers 503 to tokens until the keys could be fetched. */
        CONTINUE
    }

    JwkSource() {}

    /**
     * Returns a fixed set of keys, for tests and for issuers without a network.
     *
     * @param json a JWK set (RFC 7517 section 5); keys that are not for checking signatures are passed over
     * @throws IllegalArgumentException if it is no JWK set, or has no usable key; the message says why and holds no
     *     part of it
     */
    public static JwkSource of(String json) {
        try {
            return new FixedJwkSource(json.getBytes(StandardCharsets.UTF_8));
        } catch (Malformed e) {
            throw new IllegalArgumentException("the JWK set cannot be used: " + e.getMessage());
        }
    }

    /**
     * Returns the one key of an issuer that publishes no JWK set. Having no id, it is tried on every token, whatever
     * {@code kid} the token names.
     *
     * @param key a public key in PEM (RFC 7468 section 13), RSA of at least 2048 bits, EC or EdDSA
     * @throws IllegalArgumentException if it is no such key; the message says why and holds no part of it
     */
    public static JwkSource pem(String key) {
        try {
            return new FixedJwkSource(Jwk.of(PublicKeyPem.members(key)));
        } catch (Malformed e) {
            throw new IllegalArgumentException("the public key cannot be used: " + e.getMessage());
        }
    }

    /**
     * Returns a builder for a source that reads a JWK set from a file, and again in the background when it changes.
     *
     * @param path a file of at most 512 KiB
     */
    public static FileJwkSourceBuilder file(Path path) {
        return new FileJwkSourceBuilder(path);
    }

    /**
     * Returns a builder for a source that fetches a JWK set.
     *
     * @param address an https address
     */
    public static RemoteJwkSourceBuilder url(URI address) {
        return new RemoteJwkSourceBuilder(address, false);
    }

    /**
     * Returns a builder for a source that asks the issuer where its JWK set is: by OpenID Connect Discovery 1.0 section
     * 4, and if there is no such document by RFC 8414 section 3. The document must name the very same issuer.
     *
     * @param issuer the issuer identifier, an https address, exactly as in the {@code iss} of its tokens
     */
    public static RemoteJwkSourceBuilder discovery(URI issuer) {
        return new RemoteJwkSourceBuilder(issuer, true);
    }

    /**
     * Fetches the keys now, so that a wrong setting shows when the application starts and the first caller does not
     * wait. Without it the first token starts the first fetch.
     *
     * @param choice what to do if the issuer cannot be reached (no connection, time-out, 5xx); a wrong setting always
     *     refuses
     * @throws IllegalStateException if no keys can be had; the message names the setting and the remedy
     */
    public abstract void warmUp(WhenUnreachable choice);

    /** Stops fetching. Keys already fetched serve until they are too old. Has no effect the second time. */
    @Override
    public abstract void close();

    /** Answers from memory whenever the key id is known; may wait for a fetch otherwise. */
    abstract KeyLookup find(@Nullable String keyId, JwsAlgorithm algorithm);

    /**
     * Fetches the keys because no key verifies a token that names none, as soon as an unknown key id would; {@code null}
     * if this source has no newer keys to get.
     */
    abstract @Nullable KeyLookup fetchAgain(JwsAlgorithm algorithm);

    /** A number that changes whenever a key leaves the set, or -1 while the keys are too old to be used. */
    abstract long generation();
}
