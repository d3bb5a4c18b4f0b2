package io.apiguard.servlet.bridge;

import io.apiguard.http.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guard's view of a request as the container received it; request line and peer are kept, since later dispatches
 * rewrite them.
 */
final class ServletApiRequest implements ApiRequest {

    private final HttpServletRequest request;
    private final String method;
    private final String rawPath;
    private final @Nullable String rawQuery;
    private final boolean secure;
    private final String peerAddress;

    ServletApiRequest(HttpServletRequest request) {
        this.request = request;
        this.method = request.getMethod();
        this.rawPath = request.getRequestURI();
        this.rawQuery = request.getQueryString();
        this.secure = request.isSecure();
        this.peerAddress = request.getRemoteAddr();
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return rawPath;
    }

    @Override
    public @Nullable String rawQuery() {
        return rawQuery;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String peerAddress() {
        return peerAddress;
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public Set<String> headerNames() {
        return new LinkedHashSet<>(Collections.list(request.getHeaderNames()));
    }
}
