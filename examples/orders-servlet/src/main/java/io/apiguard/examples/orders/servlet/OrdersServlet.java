package io.apiguard.examples.orders.servlet;

import io.apiguard.annotation.Audited;
import io.apiguard.annotation.RequiresScopes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /orders}: what each request method demands stands on the method that serves it. */
final class OrdersServlet extends HttpServlet {

    private final transient OrderStore store;

    OrdersServlet(OrderStore store) {
        this.store = store;
    }

    /** Lists the caller's own orders. */
    @Override
    @RequiresScopes("orders:read")
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, store.of(request.getUserPrincipal().getName()));
    }

    /** Places an order. */
    @Override
    @RequiresScopes("orders:write")
    @Audited(action = "order.place")
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        NewOrder order = Json.read(request, NewOrder.class);
        Json.write(response, 201, store.add(request.getUserPrincipal().getName(), order));
    }
}
