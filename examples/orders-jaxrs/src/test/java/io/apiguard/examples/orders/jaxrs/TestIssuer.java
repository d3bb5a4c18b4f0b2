package io.apiguard.examples.orders.jaxrs;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/** Issues tokens (RFC 9068) and serves its keys on a loopback port. */
final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final RsaJsonWebKey key;

    private TestIssuer(HttpServer server, RsaJsonWebKey key) {
        this.server = server;
        this.key = key;
    }

    static TestIssuer start() throws Exception {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("test");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] keys = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return new TestIssuer(server, key);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Copies the application's own settings, with this issuer in place of the one there. */
    Path configuration(Path directory) throws Exception {
        String settings;
        try (var in = TestIssuer.class.getResourceAsStream("/api-guard.yaml")) {
            settings = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String mine = "issuer: " + url() + "\n    jwks-uri: " + url() + "/keys\n    allow-loopback-http: true";
        return Files.writeString(
                directory.resolve("api-guard.yaml"), settings.replace("issuer: https://id.example.com", mine));
    }

    String token(String subject, String scope, String... roles) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject(subject);
        claims.setAudience("orders");
        claims.setStringClaim("client_id", subject);
        claims.setStringClaim("scope", scope);
        claims.setStringListClaim("roles", List.of(roles));
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setGeneratedJwtId();
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setKey(key.getPrivateKey());
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setAlgorithmHeaderValue("RS256");
        token.setHeader("typ", "at+jwt");
        return token.getCompactSerialization();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
