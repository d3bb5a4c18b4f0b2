package io.apiguard.validation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.internal.json.JsonHandler;
import io.apiguard.internal.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, the validator answers, and accepts nothing that the scanner refuses when it comes byte by byte. */
class JsonValidatorFuzzTest {

    private static final JsonValidator VALIDATOR = JsonValidator.of(JsonLimits.defaults());

    @MethodSource("documents")
    @FuzzTest(maxDuration = "60s")
    void validate_anyBytes_agreesWithScanner(byte[] body) {
        boolean valid = VALIDATOR.validate(body).isEmpty();
        JsonScanner scanner = new JsonScanner(new Deaf(), 64, 256);
        for (int i = 0; i < body.length; i++) {
            scanner.feed(body, i, 1);
        }
        if (valid && !scanner.finish()) {
            throw new AssertionError("valid as a whole, but not byte by byte");
        }
    }

    private static final class Deaf implements JsonHandler {
        @Override
        public boolean start(Kind kind, long offset) {
            return true;
        }

        @Override
        public boolean end(Kind kind, long offset) {
            return true;
        }

        @Override
        public boolean name(long start, long end, byte[] utf8, int from, int to) {
            return true;
        }

        @Override
        public boolean comma(long offset) {
            return true;
        }
    }

    static Stream<byte[]> documents() {
        return Stream.of(
                        "{\"a\":[1,-0.5e+9,true,false,null,\"\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"c\":{}}}",
                        " [ [ ] , { } ] ",
                        "{\"a\":1,\"\\u0061\":2}",
                        "\"\u00e9\ud83d\ude00\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
