package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of {@link CanonicalPath}, in a class of their own because another engine runs them. */
class CanonicalPathPropertyTest {

    private static List<String> segments(String raw) {
        return ((CanonicalPath) CanonicalPath.parse(raw)).segments();
    }

    @Provide
    Arbitrary<String> hostilePaths() {
        return Arbitraries.of(
                        "/",
                        "a",
                        "B",
                        ".",
                        "%",
                        "2",
                        "5",
                        "e",
                        "%2e",
                        "%2F",
                        "%25",
                        "%C3%A9",
                        "%C0",
                        "%AF",
                        ";",
                        "\\",
                        "%20",
                        "%40",
                        "%E2%80%A8",
                        "?",
                        "~",
                        "%0a",
                        "+")
                .list()
                .ofMaxSize(12)
                .map(parts -> "/" + String.join("", parts));
    }

    private static String decodeOnce(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Property(tries = 3000)
    void parse_whateverIsAccepted_hasNothingLeftToDecodeOrResolve(@ForAll("hostilePaths") String raw) {
        if (CanonicalPath.parse(raw) instanceof CanonicalPath path) {
            for (String segment : path.segments()) {
                assertThat(segment)
                        .doesNotContain("%", "/", "\\", ";", "?", "#")
                        .isNotBlank();
                assertThat(segment).isNotIn(".", "..").isEqualTo(segment.strip());
                assertThat(segment.codePoints().noneMatch(Character::isISOControl))
                        .isTrue();
            }
            assertThat("/" + String.join("/", path.segments())).isEqualTo(decodeOnce(raw));
        }
    }

    @Property
    void parse_encodedText_roundTrips(@ForAll String text) {
        String raw = "/"
                + URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%7E", "~");
        if (CanonicalPath.parse(raw) instanceof CanonicalPath path) {
            assertThat(path.segments().isEmpty() ? "" : path.segments().get(0)).isEqualTo(text);
        }
    }
}
