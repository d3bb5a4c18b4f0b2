package io.apiguard.validation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.internal.json.JsonHandler;
import io.apiguard.internal.json.JsonScanner;

/** Whatever is sent, the validator answers, and accepts nothing that the scanner refuses when it comes byte by byte. */
class JsonValidatorFuzzTest {

    private static final JsonValidator VALIDATOR = JsonValidator.of(JsonLimits.defaults());

    @FuzzTest(maxDuration = "10s")
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
}
