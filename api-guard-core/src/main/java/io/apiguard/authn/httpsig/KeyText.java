package io.apiguard.authn.httpsig;

import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a public key as files hold it: in PEM (RFC 7468 section 13), as a JWK, or in a JWK Set (RFC 7517). */
final class KeyText {

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private KeyText() {}

    static Jwk read(byte[] utf8, String keyId, SignatureAlgorithm algorithm) {
        String text = new String(utf8, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{")) {
            return Jwk.of(member(StrictJson.object(utf8), keyId));
        }
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.indexOf(END) != text.length() - END.length()) {
            throw new Malformed("neither one PEM block 'PUBLIC KEY' nor a JWK nor a JWK Set");
        }
        return Jwk.of(
                PublicKeyMembers.of(key(text.substring(BEGIN.length(), text.length() - END.length()), algorithm)));
    }

    private static PublicKey key(String base64, SignatureAlgorithm algorithm) {
        try {
            byte[] der = Base64.getDecoder().decode(base64.replaceAll("[ \\t\\r\\n]", ""));
            return KeyFactory.getInstance(family(algorithm)).generatePublic(new X509EncodedKeySpec(der));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new Malformed("a PEM block that is no public key for " + algorithm.id());
        }
    }

    private static String family(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RSA_PSS_SHA512, RSA_V1_5_SHA256 -> "RSA";
            case ECDSA_P256_SHA256, ECDSA_P384_SHA384 -> "EC";
            case ED25519 -> "Ed25519";
            case HMAC_SHA256 -> throw new Malformed("a public key, and hmac-sha256 has none");
        };
    }

    /** Returns the one key of the id in a set, or the document itself if it is no set. */
    private static Map<String, ? extends @Nullable Object> member(
            Map<String, ? extends @Nullable Object> document, String keyId) {
        if (!document.containsKey("keys")) {
            return document;
        }
        if (!(document.get("keys") instanceof List<?> keys)) {
            throw new Malformed("a JWK Set whose 'keys' is no list");
        }
        List<?> found = keys.stream()
                .filter(key -> key instanceof Map<?, ?> jwk && keyId.equals(jwk.get("kid")))
                .toList();
        if (found.size() != 1) {
            throw new Malformed("a JWK Set with " + found.size() + " keys of that 'kid'");
        }
        return members((Map<?, ?>) found.get(0));
    }

    @SuppressWarnings("unchecked") // StrictJson makes maps with names for keys only
    private static Map<String, @Nullable Object> members(Map<?, ?> jwk) {
        return (Map<String, @Nullable Object>) jwk;
    }
}
