package io.apiguard.contract;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token or proof in the making: right in everything (RFC 9068, RFC 9449) until a member of its header or payload is changed.
 * Immutable.
 */
public final class Token {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SigningKey key;
    private final Map<String, Object> header;
    private final Map<String, Object> claims;

    private Token(SigningKey key, Map<String, Object> header, Map<String, Object> claims) {
        this.key = key;
        this.header = header;
        this.claims = claims;
    }

    static Token of(SigningKey key, Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("typ", "at+jwt");
        header.put("kid", key.id());
        return new Token(key, header, claims);
    }

    /** A proof of possession (RFC 9449 section 4.2): of another type, and with its key in place of the key's id. */
    static Token proof(SigningKey key, Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("typ", "dpop+jwt");
        header.put("jwk", key.jwk());
        return new Token(key, header, claims);
    }

    Token scope(String scopes) {
        return claim("scope", scopes);
    }

    Token roles(String... roles) {
        return claim("roles", java.util.List.of(roles));
    }

    Token tenant(String tenant) {
        return claim("tenant", tenant);
    }

    Token claim(String name, @Nullable Object value) {
        return new Token(key, header, with(claims, name, value));
    }

    Token withoutClaim(String name) {
        return new Token(key, header, without(claims, name));
    }

    Token header(String name, @Nullable Object value) {
        return new Token(key, with(header, name, value), claims);
    }

    Token withoutHeader(String name) {
        return new Token(key, without(header, name), claims);
    }

    /** Signs with another key and its algorithm, and names that key unless the header says otherwise. */
    Token signedWith(SigningKey other) {
        return new Token(other, with(with(header, "alg", other.algorithm()), "kid", other.id()), claims);
    }

    /** Signs with another key's material, while the header stays as it is. */
    Token forgedWith(SigningKey other) {
        return new Token(other, header, claims);
    }

    String sign() {
        return sign(Json.write(header), Json.write(claims));
    }

    /** Signs with a header and payload of any text; {@code null} stands for the one built. */
    String sign(@Nullable String headerText, @Nullable String payloadText) {
        String input = encode(headerText == null ? Json.write(header) : headerText) + "."
                + encode(payloadText == null ? Json.write(claims) : payloadText);
        return input + "." + BASE64URL.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** {@return the token with a signature of these bytes} */
    String withSignature(byte[] signature) {
        return encode(Json.write(header)) + "." + encode(Json.write(claims)) + "."
                + BASE64URL.encodeToString(signature);
    }

    String payload() {
        return Json.write(claims);
    }

    static String encode(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return more;
    }

    private static Map<String, Object> without(Map<String, Object> members, String name) {
        Map<String, Object> fewer = new LinkedHashMap<>(members);
        fewer.remove(name);
        return fewer;
    }
}
