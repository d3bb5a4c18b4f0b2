package io.apiguard.benchmarks;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * One server under load, in a process of its own: embedded Tomcat with one servlet that answers with one kilobyte,
 * bare or behind one of the filters that are compared. It prints its port and a token that it takes, and ends with its
 * input.
 */
final class LoadServer {

    private LoadServer() {}

    /** What stands before the servlet. */
    enum Candidate {
        /** Nothing. */
        BARE("Tomcat bare"),
        /** The guard as it comes: a verified token is remembered. */
        GUARD("API Guard"),
        /** The guard without its memory for tokens: it checks the signature each time, as its peer does. */
        GUARD_UNCACHED("API Guard, no token cache"),
        /** Spring Security's resource server. */
        SPRING("Spring Security");

        private final String label;

        Candidate(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * Serves until the standard input ends.
     *
     * @param args the name of a candidate
     * @throws Exception if the server cannot start
     */
    public static void main(String[] args) throws Exception {
        Candidate candidate = Candidate.valueOf(args[0]);
        Path home = Files.createTempDirectory("api-guard-load");
        SignedToken token = SignedToken.issue();
        Tomcat tomcat = start(candidate, token, home);
        System.out.println("READY " + tomcat.getConnector().getLocalPort() + " " + token.text());
        while (System.in.read() >= 0) {
            // the parent closes the pipe, or ends and so closes it
        }
        tomcat.stop();
        tomcat.destroy();
        delete(home);
    }

    private static Tomcat start(Candidate candidate, SignedToken token, Path home) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(home.toString());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setPort(0);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", home.toString());
        Tomcat.addServlet(context, "orders", new OrdersServlet());
        context.addServletMappingDecoded("/orders/*", "orders");
        switch (candidate) {
            case GUARD -> context.addServletContainerInitializer(guard(token, home, Map.of()), Set.of());
            case GUARD_UNCACHED ->
                context.addServletContainerInitializer(guard(token, home, Map.of("jwt.cache-size", "0")), Set.of());
            case SPRING -> context.addServletContainerInitializer(spring(token), Set.of());
            case BARE -> {}
        }
        tomcat.start();
        return tomcat;
    }

    /** The audit log goes to a file, as it would. */
    private static ServletContainerInitializer guard(SignedToken token, Path home, Map<String, String> settings) {
        Map<String, String> audit = Map.of(
                "audit.sink", "file", "audit.file", home.resolve("audit.jsonl").toString());
        Map<String, String> all = new HashMap<>(audit);
        all.putAll(settings);
        return (classes, context) -> ApiGuard.install(
                context, GuardedOrders.settings(all), builder -> builder.keys(JwkSource.of(token.jwkSet())));
    }

    private static ServletContainerInitializer spring(SignedToken token) {
        return (classes, servletContext) -> {
            AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext();
            application.register(ResourceServer.class);
            application.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("key", token.key()));
            application.setServletContext(servletContext);
            application.refresh();
            servletContext
                    .addFilter(
                            "springSecurityFilterChain",
                            new DelegatingFilterProxy("springSecurityFilterChain", application))
                    .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        };
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** Answers with an order of one kilobyte. */
    static final class OrdersServlet extends HttpServlet {

        private static final byte[] ORDER = order();

        private static byte[] order() {
            String start = "{\"id\":\"4711\",\"status\":\"shipped\",\"note\":\"";
            return (start + "x".repeat(1024 - start.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(ORDER.length);
            response.getOutputStream().write(ORDER);
        }
    }

    /** A resource server as its documentation shows it: stateless, one scope demanded. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class ResourceServer {

        @Bean
        SecurityFilterChain filters(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_" + SignedToken.SCOPE))
                    .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                    .build();
        }

        @Bean
        JwtDecoder decoder(RSAPublicKey key) {
            NimbusJwtDecoder decoder =
                    NimbusJwtDecoder.withPublicKey(key).validateType(false).build();
            decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                    .issuer(SignedToken.ISSUER)
                    .audience(SignedToken.AUDIENCE)
                    .clientId(SignedToken.CLIENT)
                    .build());
            return decoder;
        }
    }
}
