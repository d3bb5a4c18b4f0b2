package io.apiguard.contract;

import io.apiguard.identity.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the handlers of the contract application do, in plain Java: each flavour only binds them to its framework.
 * Every one of them counts that it ran. Thread-safe.
 */
public final class ContractHandlers {

    /** Stands in the messages of what handlers throw; no answer may hold it. */
    public static final String SECRET = "jdbc:secret://orders:hunter2@db.internal";

    /** How many rows the large answer has. */
    public static final int ROWS = 4000;

    private ContractHandlers() {}

    /** What a handler throws when it fails. */
    public static final class HandlerFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HandlerFailure() {
            super(SECRET);
        }
    }

    /** {@return a fixed answer} */
    public static Map<String, Object> ping() {
        Runs.count("ping");
        return Map.of("pong", true);
    }

    /**
     * Tells a caller who it is.
     *
     * @param identity who the framework says is calling
     * @return subject, tenant, scopes, way of authentication
     */
    public static Map<String, Object> me(@Nullable Identity identity) {
        return describe("me", identity);
    }

    /**
     * Tells a caller who it is, for handlers that only have to say that they ran and for whom.
     *
     * @param handler the name that is counted
     * @param identity who the framework says is calling, or {@code null}
     * @return subject, tenant, scopes, way of authentication
     */
    public static Map<String, Object> describe(String handler, @Nullable Identity identity) {
        Runs.count(handler);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("handler", handler);
        if (identity != null) {
            answer.put("subject", identity.subject());
            answer.put("tenant", identity.tenant().orElse(""));
            answer.put("scopes", String.join(" ", new TreeSet<>(identity.scopes())));
            answer.put("method", identity.method().name());
        }
        return answer;
    }

    /**
     * Returns an order.
     *
     * @param id its id
     * @return the order, with everything that is to be masked
     */
    public static Order order(String id) {
        Runs.count("order");
        return Order.of(id);
    }

    /**
     * Reads a body.
     *
     * @param handler the name that is counted
     * @param body the body as the framework hands it over
     * @return what was read
     */
    public static Receipt receive(String handler, byte[] body) {
        Runs.count(handler);
        return Receipt.of(body);
    }

    /** Deletes, which is only counted. */
    public static void delete() {
        Runs.count("deleteOrder");
    }

    /**
     * Returns what an open type holds.
     *
     * @param handler the name that is counted
     * @return nested maps and lists with sensitive names
     */
    public static Map<String, Object> open(String handler) {
        Runs.count(handler);
        return Order.open();
    }

    /**
     * Fails.
     *
     * @param handler the name that is counted
     * @return never
     */
    public static Map<String, Object> fail(String handler) {
        Runs.count(handler);
        throw new HandlerFailure();
    }

    /** {@return a text with something in it that is masked only in JSON} */
    public static String text() {
        Runs.count("text");
        return "plain text, \u00e4\u2615";
    }

    /**
     * Counts a handler whose framework does the rest.
     *
     * @param handler the name that is counted
     */
    public static void ran(String handler) {
        Runs.count(handler);
    }

    /**
     * Writes the large answer piece by piece.
     *
     * @param out where to; flushed now and then, not closed
     * @throws IOException if the caller is gone
     */
    public static void writeLarge(OutputStream out) throws IOException {
        Runs.count("large");
        out.write("{\"rows\":[".getBytes(StandardCharsets.UTF_8));
        for (int row = 0; row < ROWS; row++) {
            String text = (row == 0 ? "" : ",") + "{\"row\":" + row + ",\"email\":\"" + Order.EMAIL
                    + "\",\"card\":{\"number\":\"" + Order.CARD_NUMBER + "\"}}";
            out.write(text.getBytes(StandardCharsets.UTF_8));
            if (row % 1000 == 10) {
                out.flush();
            }
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the bytes of a JSON document with a sensitive member, in some charset.
     *
     * @param handler the name that is counted
     * @param charset the charset
     * @return the bytes
     */
    public static byte[] sensitiveJson(String handler, java.nio.charset.Charset charset) {
        Runs.count(handler);
        return ("{\"email\":\"" + Order.EMAIL + "\",\"ok\":true}").getBytes(charset);
    }

    /** {@return the same document, compressed by the handler itself} */
    public static byte[] compressedJson() {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(sensitiveJson("encoded", StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** {@return a document that breaks off within a sensitive member} */
    public static byte[] brokenJson() {
        Runs.count("broken");
        return ("{\"ok\":true,\"email\":\"" + Order.EMAIL).getBytes(StandardCharsets.UTF_8);
    }
}
