package io.apiguard.spring;

import io.apiguard.GuardSettings.Mode;
import io.apiguard.http.Header;
import io.apiguard.servlet.bridge.GuardedExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers requests that Spring finds no handler for (404, 405, 406, 415), before the application's exception handlers: nobody has been let
 * in to them, and a catch-all one would make a 500 of it.
 */
final class UnmatchedResolver implements HandlerExceptionResolver, Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        Optional<GuardedExchange> exchange = handler == null ? GuardedExchange.of(request) : Optional.empty();
        if (exchange.isEmpty()
                || exchange.get().guard().settings().mode() == Mode.REPORT
                || !(thrown instanceof ErrorResponse error)) {
            return null;
        }
        try {
            exchange.get().refuse(error.getStatusCode().value(), headers(thrown));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }

    private static List<Header> headers(Exception thrown) {
        if (!(thrown instanceof HttpRequestMethodNotSupportedException wrong) || wrong.getSupportedMethods() == null) {
            return List.of();
        }
        TreeSet<String> allowed = new TreeSet<>(List.of(wrong.getSupportedMethods()));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return List.of(new Header("Allow", String.join(", ", allowed)));
    }
}
