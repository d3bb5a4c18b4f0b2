package io.apiguard.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.field.FieldPlan;
import io.apiguard.field.Mask;
import io.apiguard.field.PropertyNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What holds for every document and every plan, judged by a tree that is redacted in the plainest way. */
class RedactorPropertyTest {

    /** A JSON value, as a tree of its own text. */
    private sealed interface Tree {

        /** A scalar, as it is spelled. */
        record Scalar(String text) implements Tree {}

        /** An array. */
        record Elements(List<Tree> values, String space) implements Tree {}

        /** An object: its members in order, of names that may repeat. */
        record Members(List<Map.Entry<Name, Tree>> members, String space) implements Tree {}
    }

    /** A member name, and how it is spelled. */
    private record Name(String name, String text) {}

    private static final Map<String, Mask> MASKS =
            Map.of("secret", Mask.REPLACE, "gone", Mask.REMOVE, "card", Mask.LAST_FOUR);

    private static final Redactor REDACTOR = Redactor.of(plan(), null);

    private static FieldPlan plan() {
        FieldPlanRegistry.Builder builder = FieldPlanRegistry.builder(PropertyNames.reflective());
        MASKS.forEach((name, mask) -> builder.rule(PathRule.of("$.." + name, mask)));
        return builder.rule(PathRule.of("$[1]", Mask.REMOVE)).build().compile(Object.class);
    }

    @Property(tries = 1000)
    void redact_anyDocument_equalsRedactedTree(@ForAll("trees") Tree tree) throws IOException {
        String document = print(tree, false, false, true);
        String output = new String(REDACTOR.redact(document.getBytes(UTF_8)), UTF_8);
        assertThat(strip(output)).isEqualTo(strip(print(tree, true, false, true)));
        assertThat(output).doesNotContain("LEAK");
        parse(output);
    }

    @Property(tries = 1000)
    void redact_withoutRemoval_changesNoOtherByte(@ForAll("trees") Tree tree) {
        String document = print(tree, false, true, true).replace("gone", "kept");
        FieldPlan plan = FieldPlanRegistry.builder(PropertyNames.reflective())
                .rule(PathRule.of("$..secret", Mask.REPLACE))
                .build()
                .compile(Object.class);
        String output = new String(Redactor.of(plan, null).redact(document.getBytes(UTF_8)), UTF_8);
        assertThat(output).isEqualTo(replaced(tree).replace("gone", "kept"));
    }

    @Property(tries = 500)
    void redacting_anyChunks_givesTheSame(
            @ForAll("trees") Tree tree, @ForAll List<@IntRange(min = 1, max = 9) Integer> sizes) throws IOException {
        byte[] document = print(tree, false, false, true).getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream stream = REDACTOR.redacting(out)) {
            int from = 0;
            for (int size : sizes) {
                int more = Math.min(size, document.length - from);
                stream.write(document, from, more);
                from += more;
            }
            stream.write(document, from, document.length - from);
        }
        assertThat(out.toByteArray()).isEqualTo(REDACTOR.redact(document));
    }

    @Provide
    Arbitrary<Tree> trees() {
        return trees(3);
    }

    private static Arbitrary<Tree> trees(int depth) {
        Arbitrary<String> space = Arbitraries.of("", "", " ", "\n  ", "\t");
        Arbitrary<Name> name = Arbitraries.of(
                new Name("a", "a"),
                new Name("b", "b"),
                new Name("secret", "secret"),
                new Name("secret", "\\u0073ecret"),
                new Name("gone", "gone"),
                new Name("gone", "g\\u006Fne"),
                new Name("card", "card"),
                new Name("é😀", "é\\ud83d\\ude00"));
        Arbitrary<Tree> scalar = Arbitraries.of(
                        "1",
                        "-2.5e-10",
                        "true",
                        "false",
                        "null",
                        "\"\"",
                        "\"plain\"",
                        "\"é€😀\"",
                        "\"\\\"\\\\\\n\\u0041\"",
                        "9".repeat(300),
                        "\"1234567890123456\"",
                        "\"" + "x".repeat(500) + "\"")
                .map(Tree.Scalar::new);
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Tree> inner = trees(depth - 1);
        Arbitrary<Tree> arrays =
                Combinators.combine(inner.list().ofMaxSize(4), space).as(Tree.Elements::new);
        Arbitrary<Map.Entry<Name, Tree>> member =
                Combinators.combine(name, inner).as(Map::entry);
        Arbitrary<Tree> objects =
                Combinators.combine(member.list().ofMaxSize(4), space).as(Tree.Members::new);
        return Arbitraries.oneOf(scalar, arrays, objects, objects);
    }

    private static String print(Tree tree, boolean redacted, boolean plainLeaks, boolean root) {
        if (tree instanceof Tree.Scalar scalar) {
            return scalar.text();
        }
        StringBuilder text = new StringBuilder();
        if (tree instanceof Tree.Elements array) {
            int index = 0;
            for (Tree value : array.values()) {
                if (!(redacted && root && index == 1)) {
                    text.append(text.isEmpty() ? "" : ",")
                            .append(array.space())
                            .append(print(value, redacted, plainLeaks, false));
                }
                index++;
            }
            return "[" + text + array.space() + "]";
        }
        Tree.Members object = (Tree.Members) tree;
        for (Map.Entry<Name, Tree> member : object.members()) {
            Mask mask = MASKS.get(member.getKey().name());
            if (redacted && mask == Mask.REMOVE) {
                continue;
            }
            String value = value(member.getValue(), mask, redacted, plainLeaks);
            text.append(text.isEmpty() ? "" : ",")
                    .append(object.space())
                    .append('"')
                    .append(member.getKey().text())
                    .append("\":")
                    .append(object.space())
                    .append(value);
        }
        return "{" + text + object.space() + "}";
    }

    private static String value(Tree tree, Mask mask, boolean redacted, boolean plainLeaks) {
        if (mask == null || !redacted) {
            String text = print(tree, redacted, plainLeaks, false);
            return mask == null || plainLeaks ? text : leak(text, mask);
        }
        boolean shown = mask == Mask.LAST_FOUR
                && tree instanceof Tree.Scalar scalar
                && scalar.text().startsWith("\"");
        return shown ? "\"***9876\"" : "\"***\"";
    }

    /** What stands under a sensitive name holds the word that must not come out. */
    private static String leak(String text, Mask mask) {
        return mask == Mask.LAST_FOUR && text.startsWith("\"")
                ? "\"LEAKLEAKLEAK9876\""
                : "[\"LEAK\",{\"a\":\"LEAK\"}," + text + "]";
    }

    private static String replaced(Tree tree) {
        if (tree instanceof Tree.Scalar scalar) {
            return scalar.text();
        }
        if (tree instanceof Tree.Elements array) {
            return "["
                    + String.join(
                            ",",
                            array.values().stream()
                                    .map(v -> array.space() + replaced(v))
                                    .toList()) + array.space() + "]";
        }
        Tree.Members object = (Tree.Members) tree;
        List<String> members = object.members().stream()
                .map(m -> Tuple.of(m, m.getKey().name().equals("secret") ? "\"***\"" : replaced(m.getValue())))
                .map(t -> object.space() + '"' + t.get1().getKey().text() + "\":" + object.space() + t.get2())
                .toList();
        return "{" + String.join(",", members) + object.space() + "}";
    }

    private static String strip(String text) {
        return text.replaceAll("\\s", "");
    }

    private static void parse(String document) {
        try (JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), document)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
        }
    }
}
