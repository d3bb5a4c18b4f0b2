package io.apiguard.contract.authorizationserver;

import io.apiguard.GuardCustomizer;
import io.apiguard.GuardSettings;
import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** One servlet behind a guard on an embedded Tomcat; it answers with the name of its caller. */
final class GuardedApi implements AutoCloseable {

    private static final String PATH = "/orders";

    private final Tomcat tomcat;
    private final String address;
    private final HttpClient plain = client(HttpClient.newBuilder());

    private GuardedApi(Tomcat tomcat, boolean tls) {
        this.tomcat = tomcat;
        this.address = (tls ? "https" : "http") + "://127.0.0.1:"
                + tomcat.getConnector().getLocalPort() + PATH;
    }

    static GuardedApi start(AuthorizationServer issuer, GuardCustomizer customizer) throws Exception {
        return start(issuer, null, Map.of(), customizer);
    }

    static GuardedApi start(AuthorizationServer issuer, Tls tls, Map<String, String> more, GuardCustomizer customizer)
            throws Exception {
        Path directory = Files.createTempDirectory("guarded-api");
        directory.toFile().deleteOnExit();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        if (tls != null) {
            tls.secure(tomcat.getConnector());
        }
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "orders", new Orders());
        context.addServletMappingDecoded(PATH, "orders");
        GuardSettings settings = GuardSettings.of(settings(issuer, more));
        context.addServletContainerInitializer(
                (classes, servletContext) -> ApiGuard.install(servletContext, settings, customizer), Set.of());
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IOException("the context did not start; see the log");
        }
        return new GuardedApi(tomcat, tls != null);
    }

    private static Map<String, String> settings(AuthorizationServer issuer, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("transport.allow-loopback-http", "true");
        settings.put("limits.pre", "off");
        settings.put("limits.default", "1000000/1m by identity");
        settings.put("audit.sink", "discard");
        settings.put("jwt.issuer", issuer.issuer());
        settings.put("jwt.allow-loopback-http", "true");
        settings.put("jwt.audiences", AuthorizationServer.AUDIENCE);
        settings.put("jwt.profile", "spring-authorization-server");
        settings.put("routes[0].endpoint", "GET " + PATH);
        settings.put("routes[0].access", "authenticated");
        settings.putAll(more);
        return settings;
    }

    String address() {
        return address;
    }

    /** Calls with header fields, each a name followed by its value. */
    HttpResponse<String> get(String... fields) {
        return get(plain, fields);
    }

    HttpResponse<String> bearer(String token) {
        return get("Authorization", "Bearer " + token);
    }

    /** Calls over TLS, on a connection of its own. */
    HttpResponse<String> bearer(SSLContext tls, String token) {
        return get(client(HttpClient.newBuilder().sslContext(tls)), "Authorization", "Bearer " + token);
    }

    private static HttpClient client(HttpClient.Builder builder) {
        return builder.version(HttpClient.Version.HTTP_1_1).build();
    }

    private HttpResponse<String> get(HttpClient client, String... fields) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(30))
                .headers(fields)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Orders extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getWriter()
                    .write("{\"caller\":\"" + request.getUserPrincipal().getName() + "\"}");
        }
    }
}
