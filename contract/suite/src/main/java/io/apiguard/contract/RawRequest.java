package io.apiguard.contract;

import io.apiguard.http.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes over the wire, byte for byte: nothing is encoded, normalised or added but what this class says.
 *
 * <p>Immutable. A request has a {@code Host} and {@code Connection: close} unless it is {@linkplain #bare bare}.
 */
public final class RawRequest {

    private final String method;
    private final String target;
    private final List<String> lines;
    private final byte @Nullable [] body;
    private final String peer;

    private RawRequest(String method, String target, List<String> lines, byte @Nullable [] body, String peer) {
        this.method = method;
        this.target = target;
        this.lines = List.copyOf(lines);
        this.body = body;
        this.peer = peer;
    }

    /** Returns a request with the usual header fields. */
    static RawRequest of(String method, String target) {
        return bare(method, target).header("Host", ContractFixture.HOST).header("Connection", "close");
    }

    /** Returns a request without any header field. */
    static RawRequest bare(String method, String target) {
        return new RawRequest(method, target, List.of(), null, ContractFixture.CALLER);
    }

    static RawRequest get(String target) {
        return of("GET", target);
    }

    static RawRequest post(String target, String json) {
        return of("POST", target).json(json);
    }

    RawRequest header(String name, String value) {
        return line(name + ": " + value);
    }

    /** Adds a header line as it is. */
    RawRequest line(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new RawRequest(method, target, more, body, peer);
    }

    /** Replaces the Host field. */
    RawRequest host(String... values) {
        List<String> others = new ArrayList<>(lines);
        others.removeIf(line -> line.startsWith("Host:"));
        RawRequest request = new RawRequest(method, target, others, body, peer);
        for (String value : values) {
            request = request.header("Host", value);
        }
        return request;
    }

    /** Leaves the connection open for another request. */
    RawRequest kept() {
        List<String> others = new ArrayList<>(lines);
        others.remove("Connection: close");
        return new RawRequest(method, target, others, body, peer);
    }

    RawRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    RawRequest bearer(Token token) {
        return bearer(token.sign());
    }

    RawRequest dpop(Token token, Token proof) {
        return header("Authorization", "DPoP " + token.sign()).header("DPoP", proof.sign());
    }

    RawRequest apiKey(String key) {
        return header("X-API-Key", key);
    }

    RawRequest json(String text) {
        return body("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest body(String contentType, byte[] bytes) {
        return header("Content-Type", contentType).bytes(bytes);
    }

    /** Sets a body with its Content-Length and no Content-Type. */
    RawRequest bytes(byte[] bytes) {
        return header("Content-Length", Integer.toString(bytes.length)).payload(bytes);
    }

    /** Sets what follows the header section, whatever that says. */
    RawRequest payload(byte[] bytes) {
        return new RawRequest(method, target, lines, bytes.clone(), peer);
    }

    /** Sets a body that is sent in chunks. */
    RawRequest chunked(String contentType, String text, int chunkSize) {
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < text.length(); at += chunkSize) {
            String chunk = text.substring(at, Math.min(text.length(), at + chunkSize));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return header("Content-Type", contentType)
                .header("Transfer-Encoding", "chunked")
                .payload(chunks.append("0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends the request from another loopback address. */
    RawRequest from(String address) {
        return new RawRequest(method, target, lines, body, address);
    }

    /** {@return the header fields as a client that signs them knows them} */
    List<Header> fields() {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .map(field -> new Header(field[0], field[1].strip()))
                .toList();
    }

    /** Puts another body after the same header section. */
    RawRequest replacing(String old, String other) {
        byte[] sent = Objects.requireNonNull(body);
        String text = new String(sent, StandardCharsets.ISO_8859_1).replace(old, other);
        return payload(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Changes a header line. */
    RawRequest changing(String name, String old, String other) {
        List<String> changed = lines.stream()
                .map(line -> line.startsWith(name + ":") ? line.replace(old, other) : line)
                .toList();
        return new RawRequest(method, target, changed, body, peer);
    }

    RawRequest without(String name) {
        List<String> fewer =
                lines.stream().filter(line -> !line.startsWith(name + ":")).toList();
        return new RawRequest(method, target, fewer, body, peer);
    }

    /** Sends the same to another target, or with another method. */
    RawRequest to(String otherMethod, String otherTarget) {
        return new RawRequest(otherMethod, otherTarget, lines, body, peer);
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    String peer() {
        return peer;
    }

    /** {@return the bytes on the wire} */
    public byte[] toBytes() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + (target.length() > 80 ? target.substring(0, 80) + "..." : target);
    }
}
