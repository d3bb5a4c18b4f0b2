package io.apiguard.examples.orders.jaxrs;

import io.apiguard.GuardBuilder;
import io.apiguard.GuardSettings;
import io.apiguard.jaxrs.ApiGuardFeature;
import io.apiguard.servlet.ApiGuard;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** Starts the orders API under guard: Jersey on an embedded Tomcat. */
public final class OrdersServer {

    private final Tomcat tomcat;

    private OrdersServer(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    public static void main(String[] args) throws Exception {
        OrdersServer orders = start(args.length == 0 ? 8080 : Integer.parseInt(args[0]));
        System.out.println("Orders on http://127.0.0.1:" + orders.port());
    }

    /** Starts on a port of 127.0.0.1; 0 takes a free one. */
    public static OrdersServer start(int port) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("orders").toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "orders", new ServletContainer(application(new OrderStore())));
        context.addServletMappingDecoded("/*", "orders");
        // What the jar does by itself in a WAR: the guard sees each request before Jersey does.
        context.addServletContainerInitializer((classes, servletContext) -> ApiGuard.install(servletContext), Set.of());
        tomcat.start();
        OrdersServer server = new OrdersServer(tomcat);
        if (!context.getState().isAvailable()) { // Tomcat itself goes on without its only application.
            server.stop();
            throw new IllegalStateException("the application does not start; Tomcat's log says why");
        }
        return server;
    }

    private static ResourceConfig application(OrderStore store) {
        return new ResourceConfig()
                .register(new OrdersResource(store))
                .register(new ShopResource(store))
                .register(ApiGuardFeature.of(GuardSettings.load(), guard -> checks(guard, store)));
    }

    /** Object-level authorization: an order is its owner's; what does not exist is nobody's. */
    private static void checks(GuardBuilder guard, OrderStore store) {
        guard.objectCheck("order-owner", (caller, object) -> object.pathParameter("id")
                .flatMap(store::find)
                .filter(order -> order.owner().equals(caller.subject()))
                .isPresent());
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    public void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
