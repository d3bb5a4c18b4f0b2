package io.apiguard.servlet.bridge;

import io.apiguard.http.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** The guard's view of the container's response. */
record ServletApiResponse(HttpServletResponse response) implements ApiResponse {

    @Override
    public int status() {
        return response.getStatus();
    }

    /** Containers keep the content type apart from the other fields until they send it. */
    @Override
    public List<String> headers(String name) {
        if (name.equalsIgnoreCase("Content-Type")) {
            String type = response.getContentType();
            return type == null ? List.of() : List.of(type);
        }
        return response.containsHeader(name) ? List.copyOf(response.getHeaders(name)) : List.of();
    }

    @Override
    public boolean contains(String name) {
        return name.equalsIgnoreCase("Content-Type")
                ? response.getContentType() != null
                : response.containsHeader(name);
    }

    @Override
    public void setHeader(String name, String value) {
        response.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        response.addHeader(name, value);
    }
}
