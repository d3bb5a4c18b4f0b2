package io.apiguard.examples.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests over a plain socket: every proper client would put the hostile ones in order first. */
final class RawHttp {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** An answer; of fields that occur twice the last one is kept, and names are lower case. */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Sends a request on a connection of its own. */
    Reply send(Request request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.bytes("127.0.0.1:" + port));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        }
    }

    private static Reply read(InputStream in) throws IOException {
        String statusLine = line(in);
        if (statusLine.length() < 12) {
            return new Reply(0, Map.of(), "");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = "chunked".equals(headers.get("transfer-encoding")) ? chunks(in) : rest(in, headers);
        return new Reply(
                Integer.parseInt(statusLine.substring(9, 12)), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] rest(InputStream in, Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
            body.write(in.readNBytes(length));
            line(in);
        }
        return body.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        String line = line(in);
        return line.isEmpty() ? 0 : Integer.parseInt(line, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
