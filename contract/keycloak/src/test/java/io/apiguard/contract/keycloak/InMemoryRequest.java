package io.apiguard.contract.keycloak;

import io.apiguard.http.ApiRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as an adapter would hand it to the guard, over TLS to {@value #HOST}. */
final class InMemoryRequest implements ApiRequest {

    static final String HOST = "api.example.com";

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String method;
    private final String path;

    InMemoryRequest(String method, String path) {
        this.method = method;
        this.path = path;
        header("Host", HOST);
    }

    InMemoryRequest header(String name, String value) {
        headers.put(name, List.of(value));
        return this;
    }

    InMemoryRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** Presents a token with a proof of its own. */
    InMemoryRequest dpop(String token, String proof) {
        return header("Authorization", "DPoP " + token).header("DPoP", proof);
    }

    /** {@return what a proof for this request must name} */
    String uri() {
        return "https://" + HOST + path;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public @Nullable String rawQuery() {
        return null;
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public String peerAddress() {
        return "192.0.2.1";
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public Set<String> headerNames() {
        return headers.keySet();
    }
}
