package io.apiguard.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request made of what a test says; a GET of the root over plain HTTP from 192.0.2.1 by default. */
record TestRequest(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        boolean secure,
        String peerAddress,
        List<String[]> lines)
        implements ApiRequest {

    static TestRequest get() {
        return new TestRequest("GET", "/", null, false, "192.0.2.1", List.of());
    }

    TestRequest method(String other) {
        return new TestRequest(other, rawPath, rawQuery, secure, peerAddress, lines);
    }

    TestRequest target(String path, @Nullable String query) {
        return new TestRequest(method, path, query, secure, peerAddress, lines);
    }

    TestRequest from(String peer) {
        return new TestRequest(method, rawPath, rawQuery, secure, peer, lines);
    }

    TestRequest overTls() {
        return new TestRequest(method, rawPath, rawQuery, true, peerAddress, lines);
    }

    TestRequest with(String name, String value) {
        List<String[]> more = new ArrayList<>(lines);
        more.add(new String[] {name, value});
        return new TestRequest(method, rawPath, rawQuery, secure, peerAddress, more);
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream()
                .filter(line -> line[0].equalsIgnoreCase(name))
                .map(line -> line[1])
                .toList();
    }

    @Override
    public Set<String> headerNames() {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> names.add(line[0]));
        return names;
    }
}
