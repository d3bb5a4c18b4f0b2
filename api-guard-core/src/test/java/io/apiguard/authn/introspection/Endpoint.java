package io.apiguard.authn.introspection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.apiguard.authn.jwt.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.json.JsonUtil;

/** An introspection endpoint on loopback, whose answer a test chooses. */
final class Endpoint implements AutoCloseable {

    interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    record Call(Map<String, String> form, String authorization, String accept, String method) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    volatile Handler handler = json(active());
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Endpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(
                    form(body),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Accept"),
                    exchange.getRequestMethod()));
            handler.answer(exchange);
            exchange.close();
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
    }

    /** A verifier of this endpoint's answers with everything demanded set. */
    IntrospectionVerifierBuilder verifier() {
        return IntrospectionVerifier.forIssuer(URI.create(Tokens.ISSUER))
                .endpoint(uri())
                .client(ClientAuthentication.basic("orders", "s3cret"))
                .audience("orders")
                .allowInsecureLoopback()
                .clock(() -> Tokens.NOW);
    }

    static Map<String, Object> active() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("active", true);
        answer.put("iss", Tokens.ISSUER);
        answer.put("aud", "orders");
        answer.put("sub", "alice");
        answer.put("client_id", "shop");
        answer.put("scope", "orders:read orders:write");
        answer.put("token_type", "Bearer");
        answer.put("exp", Tokens.NOW.getEpochSecond() + 300);
        answer.put("iat", Tokens.NOW.getEpochSecond() - 10);
        answer.put("jti", "id-1");
        return answer;
    }

    static Handler json(Map<String, ?> answer) {
        return body("application/json", JsonUtil.toJson(new LinkedHashMap<>(answer)));
    }

    static Handler body(String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Handler status(int status) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            form.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
