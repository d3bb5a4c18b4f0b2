package io.apiguard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;

/** An issuer on loopback with its discovery document, its keys, and an introspection endpoint. */
final class LoopbackIssuer implements AutoCloseable {

    final TestIssuer signer = new TestIssuer();

    /** What the introspection endpoint was asked: the Authorization field, or a blank, and then the form. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private volatile String answer = "{\"active\":false}";
    private volatile String answerType = "application/json";
    private volatile int status = 200;

    LoopbackIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks", exchange -> send(exchange, 200, "application/json", signer.jwks()));
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> send(
                        exchange,
                        200,
                        "application/json",
                        "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/jwks\"}"));
        server.createContext("/introspect", this::introspect);
        server.start();
    }

    private void introspect(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestHeaders()
                        .getOrDefault("Authorization", List.of(" "))
                        .get(0) + " " + form);
        send(exchange, status, answerType, answer);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String endpoint() {
        return issuer() + "/introspect";
    }

    String token(Instant now, String subject, String audience, Consumer<JwtClaims> changes) {
        return signer.token(now, subject, claims -> {
            claims.setIssuer(issuer());
            claims.setAudience(audience);
            changes.accept(claims);
        });
    }

    String token(Instant now, String subject, String audience) {
        return token(now, subject, audience, claims -> {});
    }

    /** What the introspection endpoint says from now on. */
    void answer(int code, String type, String text) {
        status = code;
        answerType = type;
        answer = text;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
