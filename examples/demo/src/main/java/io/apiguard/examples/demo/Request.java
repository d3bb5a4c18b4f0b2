package io.apiguard.examples.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request, to be sent byte for byte as it stands here.
 *
 * @param method the method
 * @param target the request target, in canonical form or not
 * @param fields header field lines
 * @param body the body, empty for none
 */
record Request(String method, String target, List<String> fields, String body) {

    static Request get(String target) {
        return new Request("GET", target, List.of(), "");
    }

    static Request post(String target, String json) {
        return new Request("POST", target, List.of(), json).with("Content-Type: application/json");
    }

    static Request of(String method, String target) {
        return new Request(method, target, List.of(), "");
    }

    Request bearer(String token) {
        return with("Authorization: Bearer " + token);
    }

    Request with(String field) {
        List<String> more = new ArrayList<>(fields);
        more.add(field);
        return new Request(method, target, more, body);
    }

    byte[] bytes(String host) {
        List<String> lines = new ArrayList<>(fields);
        if (fields.stream().noneMatch(field -> field.startsWith("Host:"))) {
            lines.add(0, "Host: " + host);
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            lines.add("Content-Length: " + content.length);
        }
        String head = method + " " + target + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", lines);
        return (head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }
}
