package io.apiguard.authn.dpop;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes proofs as a client would, and wrong ones; members are JSON texts. */
public final class Proofs {

    static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);
    static final TestKey KEY = TestKey.of("k1", JwsAlgorithm.ES256);
    static final String TOKEN = "the.access.token";

    private final TestKey key;
    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private Proofs(TestKey key) {
        this.key = key;
        header.put("typ", "\"dpop+jwt\"");
        header.put("alg", "\"" + key.algorithm().id() + "\"");
        header.put("jwk", "{" + key.members() + "}");
        claims.put("jti", "\"id-1\"");
        claims.put("htm", "\"GET\"");
        claims.put("htu", "\"https://api.example.com/orders/1\"");
        claims.put("iat", String.valueOf(NOW.getEpochSecond()));
        claims.put("ath", "\"" + hash(TOKEN) + "\"");
    }

    public static Proofs proof() {
        return new Proofs(KEY);
    }

    public static Proofs by(TestKey key) {
        return new Proofs(key);
    }

    public Proofs header(String name, @Nullable String json) {
        return put(header, name, json);
    }

    public Proofs claim(String name, @Nullable String json) {
        return put(claims, name, json);
    }

    private Proofs put(Map<String, String> members, String name, @Nullable String json) {
        if (json == null) {
            members.remove(name);
        } else {
            members.put(name, json);
        }
        return this;
    }

    public String sign() {
        return key.sign(json(header), json(claims));
    }

    String signed(byte[] payload) {
        return key.sign(json(header), payload);
    }

    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    public static String hash(String token) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Arrival arrival(String scheme, String authority) {
        ClientAddress client = ClientAddress.of(IpAddress.parse("192.0.2.1").orElseThrow());
        return new Arrival(
                client, scheme.equals("https"), Authority.parse(authority).orElseThrow(), false);
    }
}
