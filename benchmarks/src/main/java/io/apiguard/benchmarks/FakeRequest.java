package io.apiguard.benchmarks;

import io.apiguard.http.ApiRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /orders/4711} as a command-line client sends it, over loopback; it costs next to nothing itself. */
final class FakeRequest implements ApiRequest {

    private static final Set<String> NAMES = Set.of("host", "user-agent", "accept", "authorization");

    private final List<String> host = List.of("localhost:8080");
    private final List<String> agent = List.of("curl/8.5.0");
    private final List<String> accept = List.of("*/*");
    private final List<String> authorization;

    /** Takes the token as a new text, as a server does: one whose hash is not known yet. */
    FakeRequest(String token) {
        this.authorization = List.of("Bearer ".concat(token));
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String rawPath() {
        return "/orders/4711";
    }

    @Override
    public @Nullable String rawQuery() {
        return null;
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public String peerAddress() {
        return "127.0.0.1";
    }

    @Override
    public List<String> headers(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host") ? host : List.of();
            case 6 -> name.equalsIgnoreCase("Accept") ? accept : List.of();
            case 10 -> name.equalsIgnoreCase("User-Agent") ? agent : List.of();
            case 13 -> name.equalsIgnoreCase("Authorization") ? authorization : List.of();
            default -> List.of();
        };
    }

    @Override
    public Set<String> headerNames() {
        return NAMES;
    }
}
