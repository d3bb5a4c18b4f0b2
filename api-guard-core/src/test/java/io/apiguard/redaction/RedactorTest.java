package io.apiguard.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apiguard.event.GuardEvent;
import io.apiguard.field.Audience;
import io.apiguard.field.FieldPlan;
import io.apiguard.field.Mask;
import io.apiguard.field.PropertyNames;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import io.apiguard.redaction.RedactingOutputStream.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String PLACEHOLDER = new String(RedactingOutputStream.placeholder(), UTF_8);

    private final List<GuardEvent> events = new ArrayList<>();
    private final Target target = new Target();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // REPLACE, whatever the value is
                "$..s | REPLACE | {\"s\":\"x\",\"a\":1} | {\"s\":\"***\",\"a\":1}",
                "$..s | REPLACE | { \"s\" : 12.5e3 , \"a\":1} | { \"s\" : \"***\" , \"a\":1}",
                "$..s | REPLACE | {\"s\":{\"a\":[1,{\"s\":2}]},\"a\":{\"s\":null}} | {\"s\":\"***\",\"a\":{\"s\":\"***\"}}",
                "$..s | REPLACE | [{\"s\":[[]]},{\"s\":{}}] | [{\"s\":\"***\"},{\"s\":\"***\"}]",
                "$..s | REPLACE | {\"\\u0073\":1,\"s\":2,\"S\":3} | {\"\\u0073\":\"***\",\"s\":\"***\",\"S\":3}",
                "$..s | REPLACE | \"s\" | \"s\"",
                "$ | REPLACE | {\"a\":1} | \"***\"",
                "$ | REPLACE | 123456 | \"***\"",
                "$[*] | REPLACE | [1,[2],{}] | [\"***\",\"***\",\"***\"]",
                "$[1].a | REPLACE | [{\"a\":1},{\"a\":1}] | [{\"a\":1},{\"a\":\"***\"}]",
                // REMOVE, with its comma
                "$..s | REMOVE | {\"s\":1} | {}",
                "$..s | REMOVE | {\"s\":1,\"a\":2} | {\"a\":2}",
                "$..s | REMOVE | {\"a\":2,\"s\":{\"a\":1}} | {\"a\":2}",
                "$..s | REMOVE | {\"s\":1,\"s\":[],\"a\":2,\"s\":\"x\",\"b\":3,\"s\":0} | {\"a\":2,\"b\":3}",
                "$..s | REMOVE | {\"a\":{\"s\":1},\"s\":{\"s\":1},\"b\":[{\"s\":1}]} | {\"a\":{},\"b\":[{}]}",
                "$[*].s | REMOVE | [{\"s\":1},{\"s\":1,\"a\":{\"s\":2}}] | [{},{\"a\":{\"s\":2}}]",
                "$[1] | REMOVE | [1,2,3] | [1,3]",
                "$[0] | REMOVE | [1,2,3] | [2,3]",
                "$[0] | REMOVE | [1] | []",
                "$[*] | REMOVE | [1,[2],{\"a\":3}] | []",
                "$ | REMOVE | {\"a\":1} | \"***\"",
                // LAST_FOUR of strings long enough
                "$..s | LAST_FOUR | {\"s\":\"4111111111111234\"} | {\"s\":\"***1234\"}",
                "$..s | LAST_FOUR | {\"s\":\"12345678901\",\"a\":1} | {\"s\":\"***\",\"a\":1}",
                "$..s | LAST_FOUR | {\"s\":\"123456789012\"} | {\"s\":\"***9012\"}",
                "$..s | LAST_FOUR | {\"s\":1234567890123456} | {\"s\":\"***\"}",
                "$..s | LAST_FOUR | {\"s\":[\"1234567890123456\"]} | {\"s\":\"***\"}",
                "$..s | LAST_FOUR | {\"s\":\"12345678€€😀\\\"\\u00e9\\ud83d\\ude00\"} | {\"s\":\"***😀\\\"\\u00e9\\ud83d\\ude00\"}",
                "$..s | LAST_FOUR | {\"s\":\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\"} | {\"s\":\"***\"}",
                "$..s | LAST_FOUR | {\"s\":\"abcdefgh\\\\\\\\\\n\\u005c\"} | {\"s\":\"***\\\\\\\\\\n\\u005c\"}",
            })
    void redact_rule_masksAndLeavesTheRest(String path, Mask mask, String document, String expected) {
        Redactor redactor = redactor(PathRule.of(path, mask));
        assertThat(text(redactor.redact(document.getBytes(UTF_8)))).isEqualTo(expected);
        byte[] bytes = document.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(inChunks(redactor, bytes, cut)).isEqualTo(expected);
        }
        assertThat(inChunks(redactor, bytes)).isEqualTo(expected);
    }

    @Test
    void redact_viewer_seesWhatIsVisible() {
        FieldPlan plan = FieldPlanRegistry.builder(PropertyNames.reflective())
                .rule(PathRule.of("$.card", Mask.REPLACE, new Audience(Set.of("cards"), Set.of("teller"))))
                .rule(PathRule.of("$.card.pin", Mask.REMOVE))
                .build()
                .compile(Object.class);
        byte[] document = "{\"card\":{\"pin\":1,\"n\":2}}".getBytes(UTF_8);
        Identity.Builder somebody = Identity.builder("ann", AuthenticationMethod.values()[0]);
        assertThat(text(Redactor.of(plan, null).redact(document))).isEqualTo("{\"card\":\"***\"}");
        assertThat(text(Redactor.of(plan, somebody.build()).redact(document))).isEqualTo("{\"card\":\"***\"}");
        assertThat(text(Redactor.of(plan, somebody.roles(Set.of("teller")).build())
                        .redact(document)))
                .isEqualTo("{\"card\":{\"n\":2}}");
        assertThat(text(Redactor.of(
                                plan,
                                somebody.roles(Set.of()).scopes(Set.of("cards")).build())
                        .redact(document)))
                .isEqualTo("{\"card\":{\"n\":2}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1",
                "{\"a\":1}}",
                "<html>",
                "{\"a\":\"\u00e9",
                "[1,]",
                " ",
                "{\"a\":1}{\"a\":2}",
                "\"\\ud800\""
            })
    void redact_notOneJsonDocument_isPlaceholder(String document) {
        assertThat(text(redactor(PathRule.of("$..s", Mask.REPLACE)).redact(document.getBytes(ISO_8859_1))))
                .isEqualTo(PLACEHOLDER);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("redaction.failed");
            assertThat(event.attributes()).containsEntry("outcome", "replaced");
        });
    }

    @Test
    void redact_otherCharset_isPlaceholder() {
        assertThat(text(redactor(PathRule.of("$..s", Mask.REPLACE)).redact("{\"s\":1}".getBytes(UTF_16))))
                .isEqualTo(PLACEHOLDER);
    }

    @Test
    void redact_nothing_isNothing() {
        assertThat(redactor(PathRule.of("$..s", Mask.REPLACE)).redact(new byte[0]))
                .isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void redact_nesting_isBounded() {
        Redactor redactor = redactor(PathRule.of("$..s", Mask.REPLACE));
        String deep = "[".repeat(999) + "{\"s\":1}" + "]".repeat(999);
        assertThat(text(redactor.redact(deep.getBytes(UTF_8)))).isEqualTo(deep.replace("1", "\"***\""));
        assertThat(text(redactor.redact(("[" + deep + "]").getBytes(UTF_8)))).isEqualTo(PLACEHOLDER);
        assertThat(text(redactor.redact("[".repeat(300_000).getBytes(UTF_8)))).isEqualTo(PLACEHOLDER);
    }

    @Test
    void redact_hugeNumberAndName_areMasked() {
        String digits = "7".repeat(100_000);
        String name = "n".repeat(60_000);
        String document = "{\"" + name + "\":" + digits + ",\"s\":" + digits + "}";
        String expected = "{\"" + name + "\":" + digits + ",\"s\":\"***\"}";
        Redactor redactor = redactor(PathRule.of("$..s", Mask.REPLACE));
        assertThat(text(redactor.redact(document.getBytes(UTF_8)))).isEqualTo(expected);
        assertThat(inChunks(redactor, document.getBytes(UTF_8), 1000, 50_000, 170_000))
                .isEqualTo(expected);
        assertThat(text(redactor.redact(("{\"" + name + name + "\":1}").getBytes(UTF_8))))
                .isEqualTo(PLACEHOLDER);
    }

    @Test
    void write_failureWhileNothingWasSent_replacesWholeDocument() throws IOException {
        List<String> order = new ArrayList<>();
        RedactingOutputStream stream = redactor(PathRule.of("$..s", Mask.REPLACE))
                .redacting(target, () -> order.add("headers, after " + target.size() + " bytes"));
        stream.write("{\"a\":\"hello\",".getBytes(UTF_8));
        stream.flush();
        assertThat(target.size()).isZero();
        stream.write("oops".getBytes(UTF_8));
        stream.write("\"more\"".getBytes(UTF_8));
        assertThat(stream.state()).isEqualTo(State.REPLACED);
        stream.close();
        assertThat(text(target.toByteArray())).isEqualTo(PLACEHOLDER);
        assertThat(order).containsExactly("headers, after 0 bytes");
        assertThat(target.closed).isTrue();
    }

    @Test
    void write_failureAfterSomethingWasSent_abortsAndNeverClosesTarget() throws IOException {
        RedactingOutputStream stream =
                redactor(PathRule.of("$..s", Mask.REPLACE)).redacting(target);
        stream.write(("[\"" + "x".repeat(20_000) + "\",").getBytes(UTF_8));
        assertThat(target.size()).isPositive();
        int sent = target.size();
        assertThatIOException().isThrownBy(() -> stream.write("\"leak\" oops".getBytes(UTF_8)));
        assertThat(stream.state()).isEqualTo(State.ABORTED);
        assertThatIOException().isThrownBy(() -> stream.write(1));
        assertThatIOException().isThrownBy(stream::flush);
        assertThatIOException().isThrownBy(stream::close);
        assertThat(target.size()).isEqualTo(sent);
        assertThat(target.closed).isFalse();
        assertThat(events).singleElement().satisfies(e -> assertThat(e.attributes())
                .containsEntry("outcome", "aborted"));
    }

    @Test
    void close_truncatedAfterSomethingWasSent_aborts() throws IOException {
        RedactingOutputStream stream =
                redactor(PathRule.of("$..s", Mask.REPLACE)).redacting(target);
        stream.write(("[\"" + "x".repeat(20_000)).getBytes(UTF_8));
        assertThatIOException().isThrownBy(stream::close);
        assertThat(target.closed).isFalse();
    }

    @Test
    void flush_completeDocument_sendsIt() throws IOException {
        RedactingOutputStream stream =
                redactor(PathRule.of("$..s", Mask.REPLACE)).redacting(target);
        stream.write("{\"s\":1}".getBytes(UTF_8));
        stream.flush();
        assertThat(text(target.toByteArray())).isEqualTo("{\"s\":\"***\"}");
        stream.close();
        assertThat(stream.state()).isEqualTo(State.FINISHED);
        assertThat(catchThrowable(() -> stream.write(1))).isInstanceOf(IOException.class);
    }

    @Test
    void fail_byAdapter_withholdsDocument() throws IOException {
        RedactingOutputStream stream =
                redactor(PathRule.of("$..s", Mask.REPLACE)).redacting(target);
        stream.write("{\"a\":1}".getBytes(UTF_8));
        stream.fail();
        stream.fail();
        stream.close();
        assertThat(text(target.toByteArray())).isEqualTo(PLACEHOLDER);
        assertThat(events).hasSize(1);
    }

    @Test
    void write_targetThrows_isPassedOnAndStaysAborted() {
        RedactingOutputStream stream = redactor(PathRule.of("$..s", Mask.REPLACE))
                .redacting(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("gone");
                    }
                });
        assertThatIOException()
                .isThrownBy(() -> stream.write(("\"" + "x".repeat(20_000)).getBytes(UTF_8)))
                .withMessage("gone");
        assertThat(stream.state()).isEqualTo(State.ABORTED);
        assertThat(events).isEmpty();
    }

    @Test
    void redact_randomBytes_neverShowsTheSecret() {
        Random random = new Random(5);
        String[] parts = {
            "{",
            "}",
            "[",
            "]",
            "\"s\":",
            "\"\\u0073\":",
            "\"a\":",
            ",",
            " ",
            "\"LEAK\"",
            "1",
            "\"",
            "\\",
            "null",
            "\u00e9"
        };
        Redactor redactor = redactor(PathRule.of("$..s", Mask.REMOVE));
        for (int i = 0; i < 50_000; i++) {
            StringBuilder document = new StringBuilder("{\"s\":\"LEAK\"");
            for (int k = random.nextInt(12); k >= 0; k--) {
                document.append(parts[random.nextInt(parts.length)].replace("LEAK", "x"));
            }
            assertThat(text(redactor.redact(document.toString().getBytes(ISO_8859_1))))
                    .doesNotContain("LEAK");
        }
    }

    private Redactor redactor(PathRule rule) {
        FieldPlan plan = FieldPlanRegistry.builder(PropertyNames.reflective())
                .rule(rule)
                .build()
                .compile(Object.class);
        return Redactor.of(plan, null).reportingTo(events::add);
    }

    /** Cut at the given places, or at every byte if there are none. */
    private static String inChunks(Redactor redactor, byte[] document, int... cuts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream stream = redactor.redacting(out)) {
            int from = 0;
            for (int i = 0; i < document.length && cuts.length == 0; i++) {
                stream.write(document[i]);
                from = i + 1;
            }
            for (int cut : cuts) {
                stream.write(document, from, cut - from);
                from = cut;
            }
            stream.write(document, from, document.length - from);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text(out.toByteArray());
    }

    private static String text(byte[] utf8) {
        return new String(utf8, UTF_8);
    }

    private static final class Target extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }
}
