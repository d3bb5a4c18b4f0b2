package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/** An issuer for tests: its keys, the clock, and tokens that are right until a test changes them. */
public final class Tokens {

    public static final String ISSUER = "https://login.example.com";
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final TestKey KEY = TestKey.of("k1", JwsAlgorithm.ES256);
    public static final TestKey RSA = TestKey.of("r1", JwsAlgorithm.RS256);

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private TestKey key = KEY;

    private Tokens() {}

    /** A token of RFC 9068. */
    public static Tokens token() {
        Tokens token = new Tokens();
        token.header.put("alg", "ES256");
        token.header.put("typ", "at+jwt");
        token.header.put("kid", "k1");
        token.claims.put("iss", ISSUER);
        token.claims.put("aud", "orders");
        token.claims.put("sub", "alice");
        token.claims.put("client_id", "shop");
        token.claims.put("jti", "id-1");
        token.claims.put("iat", NOW.getEpochSecond());
        token.claims.put("exp", NOW.getEpochSecond() + 300);
        token.claims.put("scope", "orders:read orders:write");
        return token;
    }

    public Tokens header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    public Tokens claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    public Tokens without(String name) {
        claims.remove(name);
        return this;
    }

    public Tokens withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    public Tokens signedBy(TestKey other) {
        this.key = other;
        header.put("alg", other.algorithm().id());
        header.put("kid", other.kid());
        return this;
    }

    public String text() {
        return key.sign(JsonUtil.toJson(header), JsonUtil.toJson(claims));
    }

    /** A clock that a test moves. */
    public static final class Clock implements InstantSource {
        private volatile Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        public void set(Instant instant) {
            now = instant;
        }

        public void advance(Duration by) {
            now = now.plus(by);
        }
    }

    public static JwtVerifierBuilder verifier() {
        return JwtVerifier.forIssuer(java.net.URI.create(ISSUER))
                .audience("orders")
                .keys(JwkSource.of(TestKey.set(KEY, RSA)))
                .clock(() -> NOW);
    }
}
