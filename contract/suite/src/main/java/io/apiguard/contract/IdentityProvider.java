package io.apiguard.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer on loopback: publishes its keys and signs tokens, right ones and any kind of wrong one. Thread-safe. */
public final class IdentityProvider implements AutoCloseable {

    /** Who the tokens are for. */
    public static final String AUDIENCE = "contract-orders";

    final SigningKey rsa = SigningKey.generate("rsa-1", "RS256");
    final SigningKey pss = SigningKey.generate("pss-1", "PS256");
    final SigningKey ec = SigningKey.generate("ec-1", "ES256");
    final SigningKey ed = SigningKey.generate("ed-1", "EdDSA");
    final SigningKey encryption = SigningKey.generate("enc-1", "RS256");
    final SigningKey stranger = SigningKey.generate("rsa-1", "RS256");
    final SigningKey strangerEc = SigningKey.generate("ec-1", "ES256");

    private final ContractClock clock;
    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();

    IdentityProvider(ContractClock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] keys = Json.write(Map.of("keys", jwks())).getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.createContext("/introspect", this::introspect);
        server.start();
    }

    /** Judges an opaque token by its own text: {@code active-olga} is Olga's. */
    private void introspect(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = form.replaceAll("^(?:.*&)?token=([a-z-]*).*$", "$1");
        byte[] answer = answer(token).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", token.equals("page") ? "text/html" : "application/json");
        exchange.sendResponseHeaders(token.equals("down") ? 500 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String answer(String token) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", token.equals("text") ? "true" : (Object) !token.equals("inactive"));
        if (!token.equals("untyped")) {
            members.put("token_type", "Bearer");
        }
        members.put("iss", issuer());
        members.put("sub", token.substring(token.indexOf('-') + 1));
        members.put("aud", token.equals("foreign") ? "billing" : AUDIENCE);
        members.put("exp", clock.seconds() + (token.equals("expired") ? -31 : 300));
        members.put("iat", clock.seconds() - 60);
        members.put("jti", "jti-" + token);
        members.put("realm", Map.of("roles", List.of(token.equals("active-boss") ? "admin" : "clerk")));
        members.put("tenant", "acme");
        return Json.write(members);
    }

    String introspectionEndpoint() {
        return issuer() + "/introspect";
    }

    private List<Object> jwks() {
        List<Object> keys = new ArrayList<>();
        List.of(rsa, pss, ec, ed).forEach(key -> keys.add(key.jwk()));
        Map<String, Object> notForSignatures = encryption.jwk();
        notForSignatures.put("use", "enc");
        notForSignatures.put("alg", "RSA-OAEP-256");
        keys.add(notForSignatures);
        return keys;
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String jwksUri() {
        return issuer() + "/jwks";
    }

    /** {@return how often the keys were fetched} */
    int fetches() {
        return fetches.get();
    }

    /** {@return a token that is right in everything, for a subject without scopes} */
    Token token(String subject) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("sub", subject);
        claims.put("aud", AUDIENCE);
        claims.put("client_id", "contract-client");
        claims.put("jti", "jti-" + subject);
        claims.put("iat", clock.seconds());
        claims.put("exp", clock.seconds() + 300);
        return Token.of(rsa, claims);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
