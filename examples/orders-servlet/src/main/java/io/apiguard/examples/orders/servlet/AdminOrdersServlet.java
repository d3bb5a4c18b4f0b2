package io.apiguard.examples.orders.servlet;

import io.apiguard.annotation.RequiresRoles;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /admin/orders}: all orders, for admins. */
@RequiresRoles("admin")
final class AdminOrdersServlet extends HttpServlet {

    private final transient OrderStore store;

    AdminOrdersServlet(OrderStore store) {
        this.store = store;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, store.all());
    }
}
