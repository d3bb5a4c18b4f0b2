package io.apiguard.servlet.bridge;

import io.apiguard.http.ApiRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
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
    private @Nullable List<Field> fields;

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
        for (Field field : fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.values();
            }
        }
        return List.of();
    }

    /** All lines of one field, whatever the spelling of each. */
    private record Field(String name, List<String> values) {}

    /** Read once: the guard asks for some twenty fields, most of them not there, and containers search all for each. */
    private List<Field> fields() {
        List<Field> read = fields;
        if (read == null) {
            read = new ArrayList<>(16);
            for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
                String name = names.nextElement();
                read.add(new Field(name, values(request.getHeaders(name))));
            }
            fields = read;
        }
        return read;
    }

    /** Nearly every field has one line. */
    private static List<String> values(Enumeration<String> lines) {
        if (!lines.hasMoreElements()) {
            return List.of();
        }
        String first = lines.nextElement();
        if (!lines.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>(List.of(first));
        lines.asIterator().forEachRemaining(all::add);
        return all;
    }

    @Override
    public Set<String> headerNames() {
        Set<String> names = new LinkedHashSet<>();
        fields().forEach(field -> names.add(field.name()));
        return names;
    }
}
