package io.apiguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class AuditLineTest {

    private static final List<String> TEXTS = List.of(
            "exchange",
            "action",
            "stage",
            "reason",
            "detail",
            "method",
            "path",
            "endpoint",
            "client_address",
            "peer",
            "issuer",
            "tenant",
            "client_id",
            "key_id",
            "credential");

    private static Map<String, List<String>> parse(String line) {
        Map<String, List<String>> members = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                List<String> values = new ArrayList<>();
                String name = parser.currentName();
                assertThat(members.put(name, values)).as("duplicate %s", name).isNull();
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(parser.getString());
                    }
                } else {
                    values.add(parser.getString());
                }
            }
            assertThat(parser.nextToken()).isNull();
        }
        return members;
    }

    /** Returns a text as it reads back: half surrogate pairs replaced, cut at the bound. */
    private static String readBack(String text) {
        boolean cut = text.length() > AuditLine.LONGEST_TEXT;
        String kept = cut ? text.substring(0, AuditLine.LONGEST_TEXT) : text;
        StringBuilder whole = new StringBuilder();
        kept.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
        return whole + (cut ? "…" : "");
    }

    @Provide
    Arbitrary<String> anything() {
        Arbitrary<String> hostile = Arbitraries.of(
                "\r",
                "\n",
                "\r\n",
                "\u2028",
                "\u2029",
                "\u0085",
                "\0",
                "\u001b[2J",
                "\"",
                "\\",
                "\\u0022",
                "\"}\n{\"",
                "${jndi:ldap://x}",
                "\ud800",
                "\udc00",
                "\u202e",
                "\ufeff",
                "\ud83d\ude00",
                "\udb40\udc41",
                "é",
                "…",
                "{}",
                "%s",
                "</script>",
                "a".repeat(1100));
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20);
        return Arbitraries.oneOf(hostile, any).list().ofMaxSize(6).map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void of_anyText_isOneLineThatReadsBackTheSame(@ForAll("anything") String text) {
        String line = AuditLine.of(AuditEvents.filledWith(text));
        assertThat(line.codePoints().noneMatch(AuditLineTest::breaksLines)).isTrue();
        Map<String, List<String>> members = parse(line);
        for (String name : TEXTS) {
            assertThat(members.get(name)).as(name).containsExactly(readBack(text));
        }
        assertThat(members.get("limits")).containsExactly(readBack(text), readBack(text));
        assertThat(members.get("outcome")).containsExactly("reported");
        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(256 * 1024);
    }

    private static boolean breaksLines(int c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || Character.getType(c) == Character.FORMAT
                || (c >= 0xd800 && c <= 0xdfff);
    }

    @Example
    void of_longestTexts_fitTheWritersBuffer() {
        AuditEvent event = AuditEvents.filledWith("\u202e".repeat(5000));
        AuditEvent longest = new AuditEvent(
                event.instant(),
                event.exchangeId(),
                event.request(),
                event.identity(),
                event.credential(),
                event.verdict(),
                Collections.nCopies(100, event.exchangeId()),
                event.action(),
                event.traffic());
        assertThat(AuditLine.of(longest).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(256 * 1024 - 1);
    }

    @Example
    void of_plainEvent_leavesOutWhatIsUnknown() {
        assertThat(AuditLine.of(AuditEvents.event("e1")))
                .isEqualTo(
                        "{\"time\":\"2030-01-31T12:00:00.123456Z\",\"exchange\":\"e1\",\"outcome\":\"permitted\",\"status\":200,"
                                + "\"method\":\"GET\",\"path\":\"/\",\"peer\":\"192.0.2.1\",\"micros\":1234}");
    }

    @Example
    void of_identity_neverShowsClaims() {
        assertThat(AuditLine.of(AuditEvents.filledWith("x"))).doesNotContain("secret-claim");
    }

    @Example
    void of_lookupText_staysLiteral() {
        assertThat(AuditLine.of(AuditEvents.event("${jndi:ldap://x}"))).contains("\"exchange\":\"${jndi:ldap://x}\"");
    }

    @Example
    void of_pairCutInHalf_isReplaced() {
        String text = "a".repeat(AuditLine.LONGEST_TEXT - 1) + "\ud83d\ude00";
        assertThat(AuditLine.of(AuditEvents.event(text))).contains("a\\ufffd…\"");
    }

    @Example
    void of_turkishLocale_writesTheSameWords() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(AuditLine.of(AuditEvents.filledWith("x"))).contains("\"authentication\":\"api_key\"");
        } finally {
            Locale.setDefault(before);
        }
    }
}
