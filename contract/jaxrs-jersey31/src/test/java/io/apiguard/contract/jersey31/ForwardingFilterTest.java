package io.apiguard.contract.jersey31;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.GuardSettings;
import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.contract.EmbeddedTomcat;
import io.apiguard.jaxrs.ApiGuardFeature;
import io.apiguard.secret.SecretSources;
import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jersey as a servlet filter that passes on what it does not know: a servlet behind it is called for whom its own policy permits. */
class ForwardingFilterTest {

    private static final GuardSettings SETTINGS = GuardSettings.of(Map.of("transport.allow-loopback-http", "true"));
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final EmbeddedTomcat tomcat = new EmbeddedTomcat();
    private int port;

    /** A resource. */
    @Path("orders")
    public static final class Orders {
        @GET
        @PublicEndpoint
        public String list() {
            return "[]";
        }
    }

    @PublicEndpoint
    private static final class Open extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            CALLS.incrementAndGet();
            response.getWriter().write("open");
        }
    }

    @Authenticated
    private static final class Closed extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            CALLS.incrementAndGet();
        }
    }

    @BeforeEach
    void start() throws Exception {
        CALLS.set(0);
        port = tomcat.start(ForwardingFilterTest::fill);
    }

    private static void fill(ServletContext context) {
        context.addServlet("open", new Open()).addMapping("/open");
        context.addServlet("closed", new Closed()).addMapping("/closed");
        ApiGuard.install(context, SETTINGS, builder -> {});
        ResourceConfig config = new ResourceConfig(Orders.class)
                .register(ApiGuardFeature.of(
                        SETTINGS, builder -> builder.secretSource(SecretSources.ephemeral(new SecureRandom()))
                                .apiKeyStore(ApiKeyStore.of(List.of()))))
                .property(ServletProperties.FILTER_FORWARD_ON_404, true);
        FilterRegistration.Dynamic filter = context.addFilter("rest", new ServletContainer(config));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void get_resource_isServed() throws Exception {
        assertThat(get("/orders").body()).isEqualTo("[]");
    }

    @Test
    void get_servletBehind_isServedByItsOwnPolicy() throws Exception {
        HttpResponse<String> answer = get("/open");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("open");
        assertThat(CALLS).hasValue(1);
    }

    @Test
    void get_servletBehindThatDemandsACaller_isNotCalled() throws Exception {
        assertThat(get("/closed").statusCode()).isEqualTo(401);
        assertThat(CALLS).hasValue(0);
    }

    @Test
    void get_nothingAnywhere_isNotFound() throws Exception {
        HttpResponse<String> answer = get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:apiguard:problem:");
    }
}
