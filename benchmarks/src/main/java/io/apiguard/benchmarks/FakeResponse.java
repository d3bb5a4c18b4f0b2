package io.apiguard.benchmarks;

import io.apiguard.http.ApiResponse;
import java.util.ArrayList;
import java.util.List;

/** A response's header section as names and values in a list, as servers keep it. */
final class FakeResponse implements ApiResponse {

    private final List<String> lines = new ArrayList<>(32);

    FakeResponse() {
        addHeader("Content-Type", "application/json");
        addHeader("Content-Length", "1024");
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public List<String> headers(String name) {
        int at = indexOf(name);
        return at < 0 ? List.of() : List.of(lines.get(at + 1));
    }

    @Override
    public void setHeader(String name, String value) {
        int at = indexOf(name);
        if (at < 0) {
            addHeader(name, value);
        } else {
            lines.set(at + 1, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        lines.add(name);
        lines.add(value);
    }

    int size() {
        return lines.size();
    }

    private int indexOf(String name) {
        for (int i = 0; i < lines.size(); i += 2) {
            if (lines.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
