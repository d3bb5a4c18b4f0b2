package io.apiguard.examples.orders.servlet;

import io.apiguard.GuardBuilder;
import io.apiguard.GuardSettings;
import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts the orders API under guard on an embedded Jetty. */
public final class OrdersServer {

    private final Server server;

    private OrdersServer(Server server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        OrdersServer orders = start(args.length == 0 ? 8080 : Integer.parseInt(args[0]));
        System.out.println("Orders on http://127.0.0.1:" + orders.port());
    }

    /** Starts on a port of 127.0.0.1; 0 takes a free one. */
    public static OrdersServer start(int port) throws Exception {
        Server server = new Server(new InetSocketAddress("127.0.0.1", port));
        server.setHandler(application(new OrderStore()));
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        return new OrdersServer(server);
    }

    private static ServletContextHandler application(OrderStore store) {
        ServletContextHandler context = new ServletContextHandler();
        add(context, new CatalogServlet(), "/catalog");
        add(context, new OrdersServlet(store), "/orders");
        add(context, new OrderServlet(store), "/orders/*");
        add(context, new QuotesServlet(), "/quotes/*");
        add(context, new AdminOrdersServlet(store), "/admin/orders");
        context.addServletContainerInitializer((classes, servletContext) ->
                ApiGuard.install(servletContext, GuardSettings.load(), guard -> checks(guard, store)));
        return context;
    }

    private static void add(ServletContextHandler context, HttpServlet servlet, String path) {
        context.addServlet(new ServletHolder(servlet), path);
    }

    /** Object-level authorization: an order is its owner's; what does not exist is nobody's. */
    private static void checks(GuardBuilder guard, OrderStore store) {
        guard.objectCheck("order-owner", (caller, object) -> object.pathParameter("id")
                .flatMap(store::find)
                .filter(order -> order.owner().equals(caller.subject()))
                .isPresent());
    }

    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    public void stop() throws Exception {
        server.stop();
    }
}
