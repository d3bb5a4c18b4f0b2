package io.apiguard.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A media type with its parameters (RFC 9110 section 8.3.1), read strictly.
 *
 * <p>Immutable and thread-safe; made by {@link #parse}.
 *
 * @param type the type, lower case
 * @param subtype the subtype, lower case
 * @param parameters the parameters by name in lower case, unquoted; unmodifiable
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {

    /** Copies the parameters. */
    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads a media type.
     *
     * @param text the value of a Content-Type field
     * @return the media type, or nothing if the text is malformed, is a list, or has a parameter twice
     */
    public static Optional<MediaType> parse(String text) {
        PairReader reader = new PairReader(text);
        String type = Syntax.lower(reader.token());
        String subtype = type.isEmpty() || !reader.take('/') ? "" : Syntax.lower(reader.token());
        if (subtype.isEmpty()) {
            return Optional.empty();
        }
        boolean hasParameters = reader.take(';');
        Map<String, String> parameters = hasParameters ? reader.readElement() : Map.of();
        return parameters == null || !reader.atEnd()
                ? Optional.empty()
                : Optional.of(new MediaType(type, subtype, parameters));
    }

    /**
     * Tells whether a Content-Type field says that a body is JSON. Text that cannot be read is taken for JSON, so that
     * what is checked or masked as JSON does not escape by it.
     *
     * @param contentType the field's value, or {@code null} if there is none
     * @return whether it does; not without a field
     */
    public static boolean isJson(@Nullable String contentType) {
        return contentType != null && parse(contentType).map(MediaType::isJson).orElse(true);
    }

    /**
     * {@return whether this is JSON: {@code application/json}, the {@code text/json} of old, or any type with the suffix
     * {@code +json} (RFC 6839 section 3.1)}
     */
    public boolean isJson() {
        return subtype.equals("json") || subtype.endsWith("+json");
    }

    /** {@return the value of the charset parameter, or {@code null}} */
    @Nullable String charset() {
        return parameters.get("charset");
    }
}
