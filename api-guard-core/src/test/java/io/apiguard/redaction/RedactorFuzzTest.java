package io.apiguard.redaction;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.field.Mask;
import io.apiguard.field.PropertyNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written, the redactor answers with a document, the same however it is cut. */
class RedactorFuzzTest {

    /** By itself, for no record may be loaded before Jazzer is there: JDK 17 cannot instrument a loaded one. */
    private static final class Given {
        static final Redactor REDACTOR = Redactor.of(
                FieldPlanRegistry.builder(PropertyNames.reflective())
                        .rule(PathRule.of("$..s", Mask.REMOVE))
                        .rule(PathRule.of("$..r", Mask.REPLACE))
                        .rule(PathRule.of("$..l", Mask.LAST_FOUR))
                        .build()
                        .compile(Object.class),
                null);
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "60s")
    void redact_anyBytes_endsAlikeHoweverCut(byte[] document) throws IOException {
        byte[] whole = Given.REDACTOR.redact(document);
        if (document.length > 4096) {
            return; // an output beyond what is kept back may be cut off, which a whole one never is
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream stream = Given.REDACTOR.redacting(out)) {
            for (byte b : document) {
                stream.write(b);
            }
        }
        if (!Arrays.equals(whole, out.toByteArray())) {
            throw new AssertionError("the cuts show");
        }
    }

    static Stream<byte[]> documents() {
        return Stream.of(
                        "{\"s\":1,\"r\":[1],\"l\":\"4111111111111111\",\"o\":{\"s\":{\"l\":2},\"l\":\"\\ud83d\\ude00\\u0061bc\"}}",
                        "[{\"\\u0073\":1},{\"a\":2,\"s\":3}]",
                        "{\"a\":")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
