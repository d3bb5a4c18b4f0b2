package io.apiguard.examples.orders.servlet;

import io.apiguard.annotation.PublicEndpoint;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code GET /catalog}: for everyone. */
@PublicEndpoint
final class CatalogServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, Map.of("lamp", 40, "desk", 250));
    }
}
