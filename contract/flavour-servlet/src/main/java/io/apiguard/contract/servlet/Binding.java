package io.apiguard.contract.servlet;

import io.apiguard.contract.ContractApplication;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.contract.Operation;
import io.apiguard.contract.Operation.Call;
import io.apiguard.contract.Operation.Result;
import io.apiguard.http.CanonicalPath;
import io.apiguard.http.PathTemplate;
import io.apiguard.identity.Identity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Runs an operation of the contract for a servlet, as any application would: it knows nothing of the guard. */
final class Binding {

    private Binding() {}

    /** Finds the operation by path and method, and answers with its result. */
    static void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        CanonicalPath canonical = (CanonicalPath) CanonicalPath.parse(path);
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        for (Operation operation : ContractApplication.operations()) {
            Map<String, String> variables =
                    PathTemplate.parse(operation.template()).match(canonical).orElse(null);
            if (variables != null && operation.method().equals(method)) {
                Identity identity = (Identity) request.getUserPrincipal();
                byte[] body = request.getInputStream().readAllBytes();
                answer(operation.handler().handle(new Call(variables, identity, body)), request, response);
                return;
            }
        }
        response.sendError(404);
    }

    private static void answer(Result result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (result.means()) {
            case PLAIN -> write(result, response);
            case ERROR_STATUS -> response.sendError(result.status(), ContractHandlers.SECRET);
            case ASYNC -> later(request, async -> write(result, (HttpServletResponse) async.getResponse()));
            case ASYNC_FAILURE ->
                later(request, async -> ((HttpServletResponse) async.getResponse())
                        .sendError(500, ContractHandlers.SECRET));
        }
    }

    /** What is done on another thread. */
    @FunctionalInterface
    private interface Later {
        void run(AsyncContext async) throws IOException;
    }

    private static void later(HttpServletRequest request, Later later) {
        AsyncContext async = request.startAsync();
        async.setTimeout(10_000);
        Thread worker = new Thread(() -> {
            try {
                later.run(async);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                async.complete();
            }
        });
        worker.start();
    }

    private static void write(Result result, HttpServletResponse response) throws IOException {
        response.setStatus(result.status());
        result.headers().forEach(response::setHeader);
        if (result.body() != null) {
            response.setContentType(result.contentType());
            result.body().writeTo(response.getOutputStream());
        }
    }
}
