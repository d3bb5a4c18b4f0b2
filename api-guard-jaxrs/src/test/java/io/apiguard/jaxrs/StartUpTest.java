package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.Guard;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.Sensitive;
import io.apiguard.field.PropertyNames;
import io.apiguard.ratelimit.LimitKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What keeps an application from starting, and says why. */
class StartUpTest {

    private final TestGuard guard = new TestGuard();

    /** Nobody said who may call. */
    @Path("forgotten")
    public static class Forgotten {
        @GET
        public String get() {
            return "";
        }
    }

    /** Its method is covered, the way there is not. */
    @Path("roots")
    public static class Roots {
        @Path("{id}/leaf")
        public Leaf leaf() {
            return new Leaf();
        }
    }

    /** Behind a locator. */
    public static class Leaf {
        @GET
        @PublicEndpoint
        public String get() {
            return "";
        }
    }

    /** Its locator counts calls, which nothing would charge. */
    @Path("limited")
    public static class Limited {
        @Path("leaf")
        @PublicEndpoint
        @RateLimit(requests = 5)
        public Leaf leaf() {
            return new Leaf();
        }
    }

    /** Counts by something that only a peer source tells. */
    @Path("counted")
    public static class Counted {
        @GET
        @PublicEndpoint
        @RateLimit(requests = 5, by = LimitKey.CLIENT_ADDRESS)
        public String get() {
            return "";
        }
    }

    /** Sends what has a masked field to whoever listens. */
    @Path("events")
    public static class Events {
        @GET
        @PublicEndpoint
        @Produces("text/event-stream")
        public void events(@Context SseEventSink sink) {
            sink.close();
        }

        @GET
        @Path("last")
        @PublicEndpoint
        public Card last() {
            return new Card("1");
        }
    }

    /** Has a masked field. */
    public record Card(@Sensitive String number) {}

    private static Application of(Class<?>... classes) {
        return new Application() {
            @Override
            public Set<Class<?>> getClasses() {
                return Set.of(classes);
            }
        };
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertStartFails(
            ApiGuardFeature feature, Class<?>... classes) {
        return assertThatThrownBy(() -> new JdkServer(of(classes), feature).close())
                .isInstanceOf(IllegalStateException.class);
    }

    private ApiGuardFeature withPeers() {
        return guard.feature().withPeers(new TestGuard.Loopback());
    }

    @Test
    void start_endpointWithoutPolicy_isRefused() {
        assertStartFails(withPeers(), Forgotten.class).hasMessageContaining("GET /forgotten (Forgotten.get)");
    }

    @Test
    void start_locatorWithoutPolicy_isRefused() {
        assertStartFails(withPeers(), Roots.class).hasMessageContaining("* /roots/{id}/leaf/** (Roots.leaf)");
    }

    @Test
    void start_locatorCoveredByARoute_isServed() {
        guard.set("routes[0].endpoint", "/roots/{id}/leaf/**").set("routes[0].access", "public");

        try (JdkServer server = new JdkServer(of(Roots.class), withPeers())) {
            assertThat(server.get("/roots/1/leaf").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void unmaskable_eventsWhereFieldsAreMasked_areNamed() {
        List<ResourceEndpoint> endpoints = ResourceScanner.scan("", Set.of(Events.class));
        Guard built = Guard.builder(guard.settings())
                .propertyNames(PropertyNames.reflective())
                .endpoints(endpoints.stream().map(ResourceEndpoint::endpoint).toList())
                .build();

        assertThat(Arming.unmaskable(new GuardedResources(built, endpoints)))
                .singleElement()
                .asString()
                .startsWith("GET /events (Events.events)");
        built.close();
    }

    @Test
    void start_locatorWithLimits_isRefused() {
        assertStartFails(withPeers(), Limited.class).hasMessageContaining("a locator has limits");
    }

    @Test
    void start_routeThatNamesNothing_isRefused() {
        guard.set("routes[0].endpoint", "GET /nothing").set("routes[0].access", "public");

        assertStartFails(withPeers(), Leaf.class).hasMessageContaining("GET /nothing");
    }

    @Test
    void start_settingsThatNeedAPeer_areRefusedWithoutOne() {
        guard.set("mtls.enabled", "true");

        assertStartFails(guard.feature(), OrdersApplication.Orders.class)
                .hasMessageContaining("limits.pre is")
                .hasMessageContaining("mtls.enabled is true, which needs to know the peer")
                .hasMessageContaining("transport.allow-loopback-http")
                .hasMessageContaining("withPeers");
    }

    @Test
    void start_limitByClientAddress_isRefusedWithoutAPeer() {
        guard.set("transport.allow-loopback-http", "false").set("limits.pre", "off");

        assertStartFails(guard.feature(), Counted.class)
                .hasMessageContaining("GET /counted has a limit by client address");
    }

    @Test
    void start_withoutPeers_trustsNobody() {
        guard.set("transport.allow-loopback-http", "false").set("limits.pre", "off");

        try (JdkServer server = new JdkServer(of(OrdersApplication.Orders.class), guard.feature())) {
            assertThat(server.get("/orders").statusCode()).isEqualTo(403);
            assertThat(server.get("/orders").body()).contains("tls-required");
        }
    }

    /** Nothing registers the feature here: Jersey finds the jar. */
    @Test
    void start_withoutConfiguration_isRefused() {
        assertThatThrownBy(() -> new JdkServer(of(OrdersApplication.Orders.class)).close())
                .hasStackTraceContaining("api-guard.yaml");
    }
}
