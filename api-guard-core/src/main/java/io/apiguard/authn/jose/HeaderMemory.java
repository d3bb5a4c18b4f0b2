package io.apiguard.authn.jose;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the last headers said, by their text: an issuer writes the same one into all its tokens. A header is public
 * and unmodifiable, and says the same whoever reads it, so that it may come from anybody; what a stranger fills a place with costs
 * the next reader no more than reading it anew. Thread-safe.
 */
final class HeaderMemory {

    /** With {@value #LONGEST} characters at most, half a megabyte. */
    private static final int PLACES = 64;

    private static final int LONGEST = 1024;

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

    private record Entry(String text, Map<String, @Nullable Object> header) {}

    /** Returns the header of a text; what the reader throws is thrown on, and not remembered. */
    Map<String, @Nullable Object> header(String text, Function<String, Map<String, @Nullable Object>> reader) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Entry known = entries.get(place);
        if (known != null && known.text.equals(text)) {
            return known.header;
        }
        Map<String, @Nullable Object> header = reader.apply(text);
        if (text.length() <= LONGEST) {
            entries.set(place, new Entry(text, header));
        }
        return header;
    }
}
