package io.apiguard.servlet.bridge;

import io.apiguard.http.CanonicalPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the container is about to lead a request.
 *
 * @param servlet the servlet's name; empty if it is not known
 * @param pattern the mapping that led to it
 * @param method the request method; GET for an ERROR dispatch, which shows a page whatever was asked
 * @param path the path relative to the context, or {@code null} if it is not canonical
 */
record Dispatch(
        String servlet,
        String pattern,
        String method,
        @Nullable CanonicalPath path) {

    private static final String UNRESERVED = "-._~!$&'()*+,=:@/";

    /** Takes the path that gate 1 found, if it found one: a request's own path is not parsed a second time. */
    static Dispatch of(HttpServletRequest request, DispatcherType type, @Nullable CanonicalPath found) {
        return switch (type) {
            case REQUEST -> received(request, found);
            case INCLUDE -> included(request);
            case FORWARD, ASYNC -> to(request, request.getMethod(), matched(request));
            case ERROR -> to(request, "GET", matched(request));
        };
    }

    /** {@return the name of the servlet that the container is about to call; empty if it is not known} */
    static String servlet(HttpServletRequest request, DispatcherType type) {
        HttpServletMapping mapping =
                type == DispatcherType.INCLUDE ? includedMapping(request) : request.getHttpServletMapping();
        return mapping == null ? "" : nonNull(mapping.getServletName());
    }

    private static @Nullable HttpServletMapping includedMapping(HttpServletRequest request) {
        return (HttpServletMapping) request.getAttribute(RequestDispatcher.INCLUDE_MAPPING);
    }

    private static Dispatch to(HttpServletRequest request, String method, String path) {
        return to(request.getHttpServletMapping(), method, canonical(path));
    }

    private static Dispatch included(HttpServletRequest request) {
        String path = encoded(
                request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH),
                request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
        return to(includedMapping(request), request.getMethod(), canonical(path));
    }

    private static Dispatch to(@Nullable HttpServletMapping mapping, String method, @Nullable CanonicalPath path) {
        return mapping == null
                ? new Dispatch("", "", method, null)
                : new Dispatch(nonNull(mapping.getServletName()), nonNull(mapping.getPattern()), method, path);
    }

    private static @Nullable CanonicalPath canonical(String path) {
        return CanonicalPath.parse(path) instanceof CanonicalPath found ? found : null;
    }

    private static String nonNull(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The path as received, which gate 1 found canonical. */
    private static Dispatch received(HttpServletRequest request, @Nullable CanonicalPath found) {
        String inside =
                request.getRequestURI().substring(request.getContextPath().length());
        String path = inside.isEmpty() ? "/" : inside;
        boolean same = found != null && found.raw().equals(path);
        return to(request.getHttpServletMapping(), request.getMethod(), same ? found : canonical(path));
    }

    private static String matched(HttpServletRequest request) {
        return encoded(request.getServletPath(), request.getPathInfo());
    }

    /** The path the container matched, which it has decoded, in the form that only a canonical path has. */
    private static String encoded(@Nullable Object servletPath, @Nullable Object pathInfo) {
        String decoded =
                (servletPath == null ? "" : servletPath.toString()) + (pathInfo == null ? "" : pathInfo.toString());
        StringBuilder path = new StringBuilder(decoded.length() + 8);
        for (byte unit : decoded.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                path.append(c);
            } else {
                path.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                path.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }
}
