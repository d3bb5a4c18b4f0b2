package io.apiguard.examples.orders.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code GET /quotes/{item}}: three a minute for each caller, says {@code api-guard.yaml}. */
final class QuotesServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, Map.of("item", request.getPathInfo().substring(1), "price", 40));
    }
}
