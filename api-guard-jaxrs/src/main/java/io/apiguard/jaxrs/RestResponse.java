package io.apiguard.jaxrs;

import io.apiguard.http.ApiResponse;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.RuntimeDelegate;
import jakarta.ws.rs.ext.RuntimeDelegate.HeaderDelegate;
import java.util.ArrayList;
import java.util.List;

/** The guard's view of a response outside a servlet container. */
record RestResponse(ContainerResponseContext context) implements ApiResponse {

    static boolean describesBody(String field) {
        return field.regionMatches(true, 0, "Content-", 0, 8);
    }

    @Override
    public int status() {
        return context.getStatus();
    }

    @Override
    public List<String> headers(String name) {
        List<String> found = new ArrayList<>();
        context.getHeaders().forEach((field, values) -> {
            if (field.equalsIgnoreCase(name)) {
                values.forEach(value -> found.add(text(value)));
            }
        });
        return found;
    }

    @SuppressWarnings("unchecked")
    private static String text(Object value) {
        HeaderDelegate<Object> delegate =
                (HeaderDelegate<Object>) RuntimeDelegate.getInstance().createHeaderDelegate(value.getClass());
        return delegate == null ? value.toString() : delegate.toString(value);
    }

    @Override
    public void setHeader(String name, String value) {
        removeHeader(name);
        context.getHeaders().putSingle(name, value);
    }

    void removeHeader(String name) {
        context.getHeaders().keySet().removeIf(name::equalsIgnoreCase);
    }

    @Override
    public void addHeader(String name, String value) {
        context.getHeaders().add(name, value);
    }
}
