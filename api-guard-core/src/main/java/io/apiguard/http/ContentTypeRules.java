package io.apiguard.http;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which media types a request's body may have; everything else is 415.
 *
 * <p>A body needs exactly one Content-Type field, read strictly (RFC 9110 section 8.3). Its charset is UTF-8 or not
 * given, whatever the type, so that nothing behind a check decodes other characters than the check did. Content codings
 * other than {@code identity} are refused (RFC 9110 section 8.4). Immutable and thread-safe.
 */
public final class ContentTypeRules {

    private static final Violation ENCODED =
            new Violation(415, "content-encoding-refused", "Send the body without a content coding.");
    private static final Violation NOT_ONE =
            new Violation(415, "content-type-not-single", "Send exactly one Content-Type field with the body.");
    private static final Violation MALFORMED =
            new Violation(415, "content-type-malformed", "Send a well-formed Content-Type field.");
    private static final Violation CHARSET = new Violation(415, "charset-refused", "Send the body in UTF-8.");

    private final List<MediaType> allowed;
    private final Violation refused;

    private ContentTypeRules(List<MediaType> allowed, Violation refused) {
        this.allowed = allowed;
        this.refused = refused;
    }

    /**
     * Allows the given media types.
     *
     * @param types media types without parameters such as {@code application/json}, or {@code application/*+json} for
     *     every type with that suffix; empty for none at all
     * @return the rules
     * @throws IllegalArgumentException if an entry is neither
     */
    public static ContentTypeRules of(Collection<String> types) {
        List<MediaType> allowed = types.stream().map(ContentTypeRules::entry).toList();
        String names = String.join(", ", new TreeSet<>(types));
        String detail = names.isEmpty() ? "Send no body." : "Send the body as one of: " + names + ".";
        return new ContentTypeRules(allowed, new Violation(415, "content-type-refused", detail));
    }

    private static MediaType entry(String text) {
        Optional<MediaType> parsed = MediaType.parse(text).filter(ContentTypeRules::isEntry);
        return parsed.orElseThrow(() -> new IllegalArgumentException(
                "'" + text + "' is not an allowed content type: write application/json or application/*+json"));
    }

    private static boolean isEntry(MediaType type) {
        boolean wildcard = type.type().indexOf('*') >= 0 || type.subtype().indexOf('*') >= 0;
        return type.parameters().isEmpty() && (!wildcard || isSuffixEntry(type));
    }

    private static boolean isSuffixEntry(MediaType type) {
        String subtype = type.subtype();
        return type.type().indexOf('*') < 0
                && subtype.startsWith("*+")
                && subtype.length() > 2
                && subtype.lastIndexOf('*') == 0;
    }

    /** {@return rules that allow {@code application/json} and {@code application/*+json}} */
    public static ContentTypeRules json() {
        return of(List.of("application/json", "application/*+json"));
    }

    /**
     * Checks a request before its body is read: strictly if it {@linkplain SizeRules#declaresBody declares} a body; if
     * not, only that its Content-Type field, if any, is single and well-formed.
     *
     * @param request the request
     * @return what is wrong with it, or nothing
     */
    public Optional<Violation> check(ApiRequest request) {
        if (SizeRules.declaresBody(request)) {
            return checkBody(request);
        }
        List<String> lines = request.headers("Content-Type");
        if (lines.size() > 1) {
            return Optional.of(NOT_ONE);
        }
        return lines.isEmpty() || MediaType.parse(lines.get(0)).isPresent() ? Optional.empty() : Optional.of(MALFORMED);
    }

    /**
     * Checks a request that has a body, whether it declared that or not.
     *
     * @param request the request
     * @return what is wrong with it, or nothing
     */
    public Optional<Violation> checkBody(ApiRequest request) {
        for (String coding : request.headers("Content-Encoding")) {
            if (!coding.equalsIgnoreCase("identity")) {
                return Optional.of(ENCODED);
            }
        }
        List<String> lines = request.headers("Content-Type");
        if (lines.size() != 1) {
            return Optional.of(NOT_ONE);
        }
        Optional<MediaType> type = MediaType.parse(lines.get(0));
        return type.isEmpty() ? Optional.of(MALFORMED) : checkType(type.get());
    }

    private Optional<Violation> checkType(MediaType type) {
        String charset = type.charset();
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            return Optional.of(CHARSET);
        }
        return allows(type) ? Optional.empty() : Optional.of(refused);
    }

    /**
     * Returns whether a media type is allowed, whatever its parameters.
     *
     * @param type the media type
     * @return whether it is
     */
    public boolean allows(MediaType type) {
        for (MediaType entry : allowed) {
            if (entry.type().equals(type.type()) && fits(entry.subtype(), type.subtype())) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String entry, String subtype) {
        return entry.charAt(0) == '*'
                ? subtype.length() >= entry.length() && subtype.endsWith(entry.substring(1))
                : entry.equals(subtype);
    }

    /** {@return the violation that says which media types are allowed} */
    public Violation refusal() {
        return refused;
    }
}
