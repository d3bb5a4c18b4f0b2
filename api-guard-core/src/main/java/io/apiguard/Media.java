package io.apiguard;

import io.apiguard.http.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@code Content-Type} says of a body. */
final class Media {

    private Media() {}

    /** What a response's type says of what is in its body. */
    enum Kind {
        /** JSON, or nothing that can be read: then it is taken for JSON. */
        JSON,
        /** A form that has named members, as JSON has, and that cannot be masked. */
        MEMBERS,
        /** Anything else. */
        OTHER
    }

    private static final Set<String> JSON_SUBTYPES = Set.of("x-json", "json5");
    private static final Set<String> MEMBER_SUBTYPES = Set.of(
            "x-ndjson",
            "ndjson",
            "jsonl",
            "x-jsonlines",
            "json-seq",
            "stream+json",
            "event-stream",
            "xml",
            "yaml",
            "x-yaml",
            "cbor",
            "smile",
            "x-jackson-smile",
            "msgpack",
            "x-msgpack",
            "x-protobuf",
            "protobuf");
    /** JSON as the argument of a call (JSONP) is a script, whatever the script is called. */
    private static final List<String> SCRIPTS = List.of("javascript", "ecmascript", "jscript", "livescript");

    private static final List<String> MEMBER_SUFFIXES = List.of("+xml", "+yaml", "+cbor", "+json-seq");

    /** Tells what a response's type says of its body. */
    static Kind kindOf(@Nullable String contentType) {
        Optional<MediaType> parsed = parse(contentType);
        if (parsed.isEmpty()) {
            return Kind.JSON;
        }
        String subtype = parsed.get().subtype();
        if (MEMBER_SUBTYPES.contains(subtype)
                || MEMBER_SUFFIXES.stream().anyMatch(subtype::endsWith)
                || SCRIPTS.stream().anyMatch(subtype::contains)) {
            return Kind.MEMBERS;
        }
        return parsed.get().isJson() || JSON_SUBTYPES.contains(subtype) ? Kind.JSON : Kind.OTHER;
    }

    /** Whether it says that the body is a form. */
    static boolean isForm(@Nullable String contentType) {
        return parse(contentType)
                .filter(type ->
                        type.type().equals("application") && type.subtype().equals("x-www-form-urlencoded"))
                .isPresent();
    }

    /** Whether it names no other charset than UTF-8. */
    static boolean isUtf8(@Nullable String contentType) {
        return parse(contentType)
                .map(type -> "utf-8".equalsIgnoreCase(type.parameters().getOrDefault("charset", "utf-8")))
                .orElse(true);
    }

    private static Optional<MediaType> parse(@Nullable String contentType) {
        return contentType == null ? Optional.empty() : MediaType.parse(contentType);
    }
}
