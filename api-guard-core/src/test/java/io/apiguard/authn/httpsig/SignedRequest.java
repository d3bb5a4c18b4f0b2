package io.apiguard.authn.httpsig;

import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.Header;
import io.apiguard.http.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request made of what a test says: by default a POST to {@code /orders?id=7} on {@code https://api.example.com}. */
record SignedRequest(
        String method, String rawPath, @Nullable String rawQuery, List<String[]> lines) implements ApiRequest {

    static SignedRequest post() {
        return new SignedRequest("POST", "/orders", "id=7", List.of());
    }

    static SignedRequest get() {
        return new SignedRequest("GET", "/orders", null, List.of());
    }

    SignedRequest method(String other) {
        return new SignedRequest(other, rawPath, rawQuery, lines);
    }

    SignedRequest target(String path, @Nullable String query) {
        return new SignedRequest(method, path, query, lines);
    }

    SignedRequest with(String name, String value) {
        List<String[]> more = new ArrayList<>(lines);
        more.add(new String[] {name, value});
        return new SignedRequest(method, rawPath, rawQuery, more);
    }

    SignedRequest with(List<Header> fields) {
        SignedRequest request = this;
        for (Header field : fields) {
            request = request.with(field.name(), field.value());
        }
        return request;
    }

    SignedRequest without(String name) {
        List<String[]> fewer = new ArrayList<>(lines);
        fewer.removeIf(line -> line[0].equalsIgnoreCase(name));
        return new SignedRequest(method, rawPath, rawQuery, fewer);
    }

    SignedRequest replacing(String name, String old, String replacement) {
        List<String[]> changed = new ArrayList<>();
        for (String[] line : lines) {
            boolean meant = line[0].equalsIgnoreCase(name);
            changed.add(meant ? new String[] {line[0], line[1].replace(old, replacement)} : line);
        }
        return new SignedRequest(method, rawPath, rawQuery, changed);
    }

    SignedRequest signedBy(HttpMessageSigner signer) {
        return with(signer.sign(HttpMessage.received(this, arrival())));
    }

    static Arrival arrival() {
        return arrival(true, "api.example.com");
    }

    static Arrival arrival(boolean secure, String authority) {
        IpAddress address = IpAddress.parse("192.0.2.1").orElseThrow();
        return new Arrival(
                ClientAddress.of(address), secure, Authority.parse(authority).orElseThrow(), false);
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
