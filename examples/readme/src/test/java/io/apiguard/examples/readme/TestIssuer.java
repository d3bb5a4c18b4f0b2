package io.apiguard.examples.readme;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/** Issues tokens (RFC 9068) and serves discovery document and keys on a loopback port. */
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
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(
                server,
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + url + "\",\"jwks_uri\":\"" + url + "/keys\"}");
        serve(server, "/keys", new JsonWebKeySet(key).toJson());
        server.start();
        return new TestIssuer(server, key);
    }

    private static void serve(HttpServer server, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String token(String subject, String scope) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject(subject);
        claims.setAudience("orders");
        claims.setStringClaim("client_id", subject);
        claims.setStringClaim("scope", scope);
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
