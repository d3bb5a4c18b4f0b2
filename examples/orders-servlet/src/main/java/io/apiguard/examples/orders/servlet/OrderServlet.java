package io.apiguard.examples.orders.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /orders/{id}}: what it demands is a route of {@code api-guard.yaml}, which names the variable too. */
final class OrderServlet extends HttpServlet {

    private final transient OrderStore store;

    OrderServlet(OrderStore store) {
        this.store = store;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = request.getPathInfo().substring(1);
        Json.write(response, 200, store.find(id).orElseThrow());
    }
}
