package io.apiguard.servlet;

import io.apiguard.GuardBuilder;
import io.apiguard.GuardSettings;
import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditSink;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A real server on loopback with plain servlets behind the guard. */
final class TestServer implements AutoCloseable {

    /** Which server. */
    enum Container {
        TOMCAT,
        JETTY
    }

    private static final Secret SECRET = new Secret(ApiKeys.SECRET_NAME, "1", new byte[32]);
    private static final SecretSource SECRETS = new SecretSource() {
        @Override
        public Optional<Secret> current(String name) {
            return name.equals(ApiKeys.SECRET_NAME) ? Optional.of(SECRET) : Optional.empty();
        }

        @Override
        public Optional<Secret> version(String name, String keyId) {
            return current(name);
        }
    };
    private static final IssuedApiKey ANNA = ApiKeys.using(SECRETS, ApiKeyStore.of(List.of()))
            .withPrefix("ag")
            .issue(ApiKeyGrant.to("anna").withScopes("read").withRoles("clerk"));

    private final BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AutoCloseable stopping;
    private final int port;
    private final String contextPath;
    private ServletContext servletContext;

    private TestServer(Container container, Builder builder) throws Exception {
        this.contextPath = builder.contextPath;
        ServletContainerInitializer initializer = (classes, context) -> {
            servletContext = context;
            builder.servlets.forEach((name, added) -> added.to(name, context));
            ApiGuard.install(
                    context,
                    GuardSettings.of(builder.settings),
                    guard -> builder.customization.accept(guard.secretSource(SECRETS)
                            .apiKeyStore(ApiKeyStore.of(List.of(ANNA.stored())))
                            .auditSink(new AuditSink() {
                                @Override
                                public void accept(AuditEvent event) {
                                    events.add(event);
                                }

                                @Override
                                public void close() {}
                            })));
            builder.filters.forEach((name, filter) -> {
                var registration = context.addFilter(name, filter);
                registration.setAsyncSupported(true);
                registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
            });
        };
        if (container == Container.TOMCAT) {
            Path base = Files.createTempDirectory("tomcat");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(base.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            if (builder.tls != null) {
                builder.tls.secure(tomcat.getConnector());
            }
            Context context = tomcat.addContext(contextPath, base.toString());
            if (builder.errorPage != null) {
                var page = new org.apache.tomcat.util.descriptor.web.ErrorPage();
                page.setLocation(builder.errorPage);
                context.addErrorPage(page);
            }
            Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
            context.addServletMappingDecoded("/", "default");
            context.addServletContainerInitializer(initializer, null);
            tomcat.start();
            this.port = tomcat.getConnector().getLocalPort();
            this.stopping = () -> {
                tomcat.stop();
                tomcat.destroy();
                delete(base);
            };
            if (context.getState() != LifecycleState.STARTED) {
                stopping.close();
                throw new ServletException("the context did not start");
            }
        } else {
            Server server = new Server();
            ServerConnector connector =
                    builder.tls == null ? new ServerConnector(server) : builder.tls.connector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler();
            context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
            if (builder.errorPage != null) {
                var pages = new org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler();
                pages.addErrorPage(400, 599, builder.errorPage);
                context.setErrorHandler(pages);
            }
            context.addServletContainerInitializer(initializer);
            server.setHandler(context);
            try {
                server.start();
            } catch (Exception e) {
                server.stop();
                throw e;
            }
            this.port = connector.getLocalPort();
            this.stopping = server::stop;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static Builder with(String... settings) {
        return new Builder(settings);
    }

    static String key() {
        return ANNA.key();
    }

    int port() {
        return port;
    }

    ServletContext context() {
        return servletContext;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, null);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + contextPath + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are and returns all that comes back until the server closes. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** Returns the next audit event, and fails the test if a second one follows for the same request. */
    AuditEvent event() throws InterruptedException {
        AuditEvent event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no audit event");
        }
        return event;
    }

    int moreEvents() {
        return events.size();
    }

    @Override
    public void close() {
        try {
            stopping.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    /** What is behind the guard, and its settings. */
    static final class Builder {

        private final Map<String, String> settings = new HashMap<>();
        private final Map<String, Added> servlets = new HashMap<>();
        private final Map<String, Filter> filters = new HashMap<>();
        private String contextPath = "";
        private String errorPage;
        private TestTls tls;
        private Consumer<GuardBuilder> customization = guard -> {};
        private int routes;

        private record Added(Servlet servlet, List<String> mappings) {
            void to(String name, ServletContext context) {
                ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
                registration.setAsyncSupported(true);
                registration.addMapping(mappings.toArray(String[]::new));
            }
        }

        private Builder(String... values) {
            settings.put("transport.require-tls", "false");
            settings.put("transport.allowed-hosts", "127.0.0.1");
            settings.put("limits.pre", "100000/1m");
            settings.put("limits.default", "100000/1m");
            settings.put("api-keys.enabled", "true");
            settings.put("secrets.source", "application");
            for (int i = 0; i < values.length; i += 2) {
                settings.put(values[i], values[i + 1]);
            }
        }

        Builder route(String endpoint, String... values) {
            settings.put("routes[" + routes + "].endpoint", endpoint);
            for (int i = 0; i < values.length; i += 2) {
                settings.put("routes[" + routes + "]." + values[i], values[i + 1]);
            }
            routes++;
            return this;
        }

        Builder servlet(String mapping, Servlet servlet) {
            servlets.put("s" + mapping, new Added(servlet, List.of(mapping)));
            return this;
        }

        Builder filter(Filter filter) {
            filters.put("f" + filters.size(), filter);
            return this;
        }

        Builder tls(TestTls value) {
            tls = value;
            return this;
        }

        Builder guard(Consumer<GuardBuilder> value) {
            customization = value;
            return this;
        }

        Builder at(String path) {
            contextPath = path;
            return this;
        }

        Builder errorPage(String location) {
            errorPage = location;
            return this;
        }

        TestServer start(Container container) throws Exception {
            return new TestServer(container, this);
        }
    }
}
