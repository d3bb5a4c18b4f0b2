package io.apiguard.contract;

import io.apiguard.identity.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of the contract application: where it is, what it demands, what it does.
 *
 * @param name the name its runs are counted under
 * @param method the request method
 * @param template the path template
 * @param demands what it demands, as the settings of a route; flavours with annotations say the same with these
 * @param settings what only a route can say, for every flavour
 * @param handler what it does, for flavours that bind from this table
 */
public record Operation(
        String name,
        String method,
        String template,
        Map<String, String> demands,
        Map<String, String> settings,
        Handler handler) {

    /** What an operation does. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Handles a call.
         *
         * @param call the call
         * @return what to answer
         */
        Result handle(Call call);
    }

    /**
     * A call of an operation.
     *
     * @param variables the values of the template's variables
     * @param identity the caller as the framework tells it, or {@code null}
     * @param body the body as read through the framework
     */
    public record Call(
            Map<String, String> variables, @Nullable Identity identity, byte[] body) {}

    /** Writes a body piece by piece. */
    @FunctionalInterface
    public interface Stream {
        /**
         * Writes all of it.
         *
         * @param out where to
         * @throws IOException if the caller is gone
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * What to answer.
     *
     * @param status the status
     * @param contentType the content type, or {@code null} for no body
     * @param headers further header fields
     * @param body the body, or {@code null}
     * @param means how the framework is to bring it out
     */
    public record Result(
            int status,
            @Nullable String contentType,
            Map<String, String> headers,
            @Nullable Stream body,
            Means means) {

        static Result json(int status, Object value) {
            return bytes("application/json", Json.write(value).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .status(status);
        }

        static Result bytes(String contentType, byte[] bytes) {
            return stream(contentType, out -> out.write(bytes));
        }

        static Result stream(String contentType, Stream stream) {
            return new Result(200, contentType, Map.of(), stream, Means.PLAIN);
        }

        static Result empty(int status) {
            return new Result(status, null, Map.of(), null, Means.PLAIN);
        }

        Result status(int other) {
            return new Result(other, contentType, headers, body, means);
        }

        Result header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Result(status, contentType, more, body, means);
        }

        Result by(Means other) {
            return new Result(status, contentType, headers, body, other);
        }
    }

    /** How an answer is brought out. */
    public enum Means {
        /** On the thread of the request. */
        PLAIN,
        /** On another thread, later. */
        ASYNC,
        /** The handler fails on another thread. */
        ASYNC_FAILURE,
        /** By the framework's way to answer with an error status (sendError, an exception of the framework). */
        ERROR_STATUS
    }

    static Operation of(String name, String request, Handler handler) {
        String[] parts = request.split(" ");
        return new Operation(name, parts[0], parts[1], Map.of(), Map.of(), handler);
    }

    Operation demanding(String... keysAndValues) {
        return new Operation(name, method, template, with(demands, keysAndValues), settings, handler);
    }

    Operation setting(String... keysAndValues) {
        return new Operation(name, method, template, demands, with(settings, keysAndValues), handler);
    }

    private static Map<String, String> with(Map<String, String> before, String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>(before);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** {@return what its route says} */
    List<Map.Entry<String, String>> route(boolean withDemands) {
        List<Map.Entry<String, String>> route = new ArrayList<>(settings.entrySet());
        if (withDemands) {
            route.addAll(demands.entrySet());
        }
        return route;
    }
}
