package io.apiguard.contract;

import io.apiguard.http.ApiRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request as read from a socket, with nothing put right. */
final class PlainRequest implements ApiRequest {

    private final String peer;
    private final String method;
    private final String target;
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private final InputStream in;

    PlainRequest(Socket socket) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream());
        this.peer = socket.getInetAddress().getHostAddress();
        String[] lines = head().split("\r\n");
        String line = lines[0];
        this.method = line.substring(0, line.indexOf(' '));
        String full = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        this.target = full.startsWith("http://") ? full.substring(full.indexOf('/', 7)) : full;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            fields.add(Map.entry(
                    colon < 0 ? lines[i] : lines[i].substring(0, colon),
                    lines[i].substring(colon + 1).strip()));
        }
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int tail = 0; tail != 0x0d0a0d0a; ) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
            tail = tail << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    InputStream body() throws IOException {
        if (!headers("Transfer-Encoding").isEmpty()) {
            return chunks();
        }
        String length = header("Content-Length");
        return new ByteArrayInputStream(length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length)));
    }

    private InputStream chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        return new ByteArrayInputStream(body.toByteArray());
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    @Override
    public String rawQuery() {
        int question = target.indexOf('?');
        return question < 0 ? null : target.substring(question + 1);
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public String peerAddress() {
        return peer;
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public Set<String> headerNames() {
        Set<String> names = new LinkedHashSet<>();
        fields.forEach(field -> names.add(field.getKey()));
        return names;
    }
}
