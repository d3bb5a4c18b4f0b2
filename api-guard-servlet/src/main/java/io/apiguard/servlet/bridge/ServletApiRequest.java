package io.apiguard.servlet.bridge;

import io.apiguard.http.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private @Nullable Map<String, List<String>> fields;

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

    /** Asked for as the request came: nothing but the container sets this attribute before gate 1. */
    @Override
    public List<X509Certificate> peerCertificates() {
        Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
        return chain instanceof X509Certificate[] certificates ? List.of(certificates) : List.of();
    }

    @Override
    public List<String> headers(String name) {
        List<String> known = fields().get(name);
        return known == null ? spelledOtherwise(name) : known;
    }

    private List<String> spelledOtherwise(String name) {
        for (Map.Entry<String, List<String>> field : fields().entrySet()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return List.of();
    }

    /** Read once: the guard asks for some twenty fields, most of them not there, and containers search all for each. */
    private Map<String, List<String>> fields() {
        Map<String, List<String>> read = fields;
        if (read == null) {
            read = new LinkedHashMap<>();
            for (String name : Collections.list(request.getHeaderNames())) {
                read.put(name, Collections.list(request.getHeaders(name)));
            }
            fields = read;
        }
        return read;
    }

    @Override
    public Set<String> headerNames() {
        return fields().keySet();
    }
}
