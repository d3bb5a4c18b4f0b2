package io.apiguard;

import io.apiguard.http.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@code Content-Type} says of a body. */
final class Media {

    private Media() {}

    /** Whether it says that the body is JSON. */
    static boolean isJson(@Nullable String contentType) {
        return parse(contentType).map(MediaType::isJson).orElse(false);
    }

    /** Whether the body could be JSON: it says so, or says nothing that can be read. */
    static boolean mayBeJson(@Nullable String contentType) {
        return parse(contentType).map(MediaType::isJson).orElse(true);
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
