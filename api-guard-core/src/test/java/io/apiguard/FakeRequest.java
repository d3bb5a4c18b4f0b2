package io.apiguard;

import io.apiguard.http.ApiRequest;
import io.apiguard.http.ApiResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request and its response in memory, as an adapter would hand them to the guard. */
final class FakeRequest implements ApiRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String method;
    private final String target;
    private byte[] body = new byte[0];
    private boolean secure = true;
    private String peer = "192.0.2.1";
    private List<X509Certificate> certificates = List.of();
    boolean bodyOpened;

    FakeRequest(String method, String target) {
        this.method = method;
        this.target = target;
        header("Host", "api.example.com");
    }

    static FakeRequest get(String target) {
        return new FakeRequest("GET", target);
    }

    FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    FakeRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    FakeRequest json(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", "application/json").header("Content-Length", String.valueOf(body.length));
    }

    FakeRequest plain() {
        secure = false;
        return this;
    }

    FakeRequest certificates(X509Certificate... chain) {
        certificates = List.of(chain);
        return this;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return certificates;
    }

    FakeRequest from(String address) {
        peer = address;
        return this;
    }

    RequestBody body() {
        return new RequestBody() {
            @Override
            public boolean mayBePresent() {
                return body.length > 0;
            }

            @Override
            public InputStream open() {
                bodyOpened = true;
                return new ByteArrayInputStream(body);
            }
        };
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public @Nullable String rawQuery() {
        int query = target.indexOf('?');
        return query < 0 ? null : target.substring(query + 1);
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String peerAddress() {
        return peer;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public Set<String> headerNames() {
        return headers.keySet();
    }

    /** A response in memory. */
    static final class Response implements ApiResponse {
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final int status;

        Response(int status) {
            this.status = status;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public List<String> headers(String name) {
            return headers.getOrDefault(name, List.of());
        }

        @Override
        public void setHeader(String name, String value) {
            headers.put(name, new ArrayList<>(List.of(value)));
        }

        @Override
        public void addHeader(String name, String value) {
            headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
    }
}
