package io.apiguard.contract;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 client over a plain socket, because any other would put a hostile request in order before sending it. */
public final class RawHttp {

    private static final int MOST_BYTES = 64 << 20;

    private RawHttp() {}

    /**
     * Sends a request on a connection of its own and reads the final answer.
     *
     * @param port the server's port on 127.0.0.1
     * @param request what to send
     * @return the answer, of status 0 if the server closed the connection without one
     * @throws IOException if the server does not answer in time, or not in HTTP
     */
    public static RawAnswer exchange(int port, RawRequest request) throws IOException {
        try (RawConnection connection = RawConnection.open(port, request.peer())) {
            return connection.exchange(request);
        }
    }

    /**
     * A server may refuse and close before it has read everything; its answer is then there to be read all the same.
     */
    static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the answer tells
        }
    }

    static RawAnswer read(InputStream in, String method) throws IOException {
        try {
            RawAnswer head = readHead(in);
            while (head.status() / 100 == 1) {
                head = readHead(in);
            }
            return head.status() == 0 ? head : withBody(head, in, method);
        } catch (java.net.SocketException e) {
            return RawAnswer.none();
        }
    }

    private static RawAnswer readHead(InputStream in) throws IOException {
        String statusLine = line(in);
        if (statusLine == null) {
            return RawAnswer.none();
        }
        if (!statusLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new IOException("no status line: " + statusLine);
        }
        StringBuilder head = new StringBuilder(statusLine);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            head.append('\n').append(line);
            int colon = line.indexOf(':');
            fields.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new RawAnswer(Integer.parseInt(statusLine.substring(9, 12)), fields, new byte[0], head.toString());
    }

    private static RawAnswer withBody(RawAnswer head, InputStream in, String method) throws IOException {
        return new RawAnswer(head.status(), head.fields(), body(head, in, method), head.head());
    }

    private static byte[] body(RawAnswer head, InputStream in, String method) throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
            return chunks(in);
        }
        String length = head.header("Content-Length");
        return length == null ? in.readNBytes(MOST_BYTES) : exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            if (size == null) {
                return body.toByteArray(); // cut off: what arrived is what is judged
            }
            int length = Integer.parseInt(size.split(";")[0].strip(), 16);
            if (length == 0) {
                skipTrailers(in);
                return body.toByteArray();
            }
            body.writeBytes(exactly(in, length));
            line(in);
        }
    }

    /** To the empty line, so that the next answer of the connection is read from its beginning. */
    private static void skipTrailers(InputStream in) throws IOException {
        String line = line(in);
        while (line != null && !line.isEmpty()) {
            line = line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }
}
