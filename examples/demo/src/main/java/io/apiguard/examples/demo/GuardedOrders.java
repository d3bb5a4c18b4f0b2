package io.apiguard.examples.demo;

import io.apiguard.Guard;
import io.apiguard.examples.orders.spring.OrderStore;
import io.apiguard.examples.orders.spring.OrdersApplication;
import io.apiguard.spring.GuardHolder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The orders API of {@code examples/orders-spring} under guard, on a loopback port of its own. */
final class GuardedOrders implements AutoCloseable {

    static final String GUARD_AUTO_CONFIGURATION = "io.apiguard.spring.ApiGuardAutoConfiguration";

    /** The authorization server brings Spring Security to the class path; here the guard is alone. */
    private static final String SPRING_SECURITY = String.join(
            ",",
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet"
                    + ".OAuth2AuthorizationServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet"
                    + ".OAuth2AuthorizationServerJwtAutoConfiguration");

    private final ConfigurableApplicationContext context;

    private GuardedOrders(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static GuardedOrders start(String issuer) {
        return new GuardedOrders(new SpringApplicationBuilder(OrdersApplication.class, Additions.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(settings(issuer))
                .run());
    }

    private static Map<String, Object> settings(String issuer) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("spring.autoconfigure.exclude", SPRING_SECURITY);
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", "0");
        settings.put("logging.level.root", "warn");
        settings.put("logging.level.io.apiguard.event", "error"); // it would warn of the forwarding field of the tour
        settings.put("orders.issuer", issuer);
        // Plain HTTP, because all of this happens on this machine.
        settings.put("api-guard.transport.allow-loopback-http", "true");
        settings.put("api-guard.jwt.allow-loopback-http", "true");
        settings.put("api-guard.transport.allowed-hosts", "127.0.0.1");
        settings.put("api-guard.cors.allowed-origins", "https://shop.example.com");
        // Long enough that a made-up key id is seen to meet it, however slow the machine.
        settings.put("api-guard.jwt.brake", "10m");
        return settings;
    }

    int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    Guard guard() {
        return context.getBean(GuardHolder.class).get();
    }

    AuditTape audit() {
        return context.getBean(AuditTape.class);
    }

    int ordersPlaced() {
        return context.getBean(OrderStore.class).all().size();
    }

    @Override
    public void close() {
        context.close();
    }

    /** What the demo adds to the application: a tape in place of its audit log. */
    static class Additions {

        @Bean
        AuditTape auditTape() {
            return new AuditTape();
        }
    }
}
