package io.apiguard.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457): tells the caller what to act on, and never why a check of a secret failed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param type an absolute URI that names the kind of problem; the guard's own are {@value #TYPE_PREFIX} and a slug
 * @param title a short summary, the same for every problem of the type
 * @param status the HTTP status, 400 to 599
 * @param detail what the caller can do about this occurrence, or {@code null}
 * @param extensions further members in order; values are strings, numbers, booleans, lists or maps of these
 */
public record Problem(
        String type, String title, int status, @Nullable String detail, Map<String, Object> extensions) {

    /** What the type of every problem that the guard itself makes starts with. */
    public static final String TYPE_PREFIX = "urn:apiguard:problem:";

    /** The media type of a problem document in JSON. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * Checks the members.
     *
     * @throws IllegalArgumentException if the status is not between 400 and 599, or an extension is named like a member
     *     of the standard or is of another kind
     */
    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem's status must be 400 to 599, not " + status);
        }
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
        ProblemWriter.requireWritable(extensions);
    }

    /**
     * Returns a problem of one of the guard's own types, without extensions.
     *
     * @param status the HTTP status, 400 to 599
     * @param slug the last part of the type, lower case words joined by hyphens
     * @param title a short summary
     * @param detail what the caller can do, or {@code null}
     */
    public static Problem of(int status, String slug, String title, @Nullable String detail) {
        return new Problem(TYPE_PREFIX + slug, title, status, detail, Map.of());
    }

    /**
     * Returns the problem document as JSON in UTF-8: type, title, status, detail if there is one, then the extensions
     * in their order.
     *
     * @return the bytes of a JSON object, to be sent as {@value #MEDIA_TYPE}
     */
    public byte[] toJson() {
        return ProblemWriter.write(this);
    }
}
