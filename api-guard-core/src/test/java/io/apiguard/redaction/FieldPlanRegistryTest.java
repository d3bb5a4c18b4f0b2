package io.apiguard.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Audience;
import io.apiguard.field.FieldPlan;
import io.apiguard.field.Mask;
import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPlanRegistryTest {

    @Sensitive(mask = Mask.REMOVE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Internal {}

    record Card(@Sensitive String number, String holder) {}

    record Account(String id, Card card, @Internal String note, Account parent) {}

    record Plain(String number, String name) {}

    record Page<T>(List<T> items, T first, int total) {}

    record Nested<T>(T value, Nested<List<T>> next) {}

    record Holder(Object anything, Map<String, Plain> byName, Plain plain) {}

    sealed interface Animal permits Cat, Dog {
        String getName();
    }

    record Cat(@Sensitive String name) implements Animal {
        @Override
        public String getName() {
            return name;
        }
    }

    record Dog(String name) implements Animal {
        @Override
        public String getName() {
            return name;
        }
    }

    static class Base {
        public String shown = "";

        public String getCode() {
            return "";
        }
    }

    static class Derived extends Base {
        @Override
        @Sensitive
        public String getCode() {
            return "";
        }

        @Sensitive
        private String hidden = "";

        public String getHidden() {
            return hidden;
        }
    }

    /** Declares what a handler may return. */
    @SuppressWarnings("unused")
    interface Api {
        Account account();

        Optional<List<Account>> optionalList();

        Account[] array();

        CompletionStage<Page<Account>> futurePage();

        Map<String, Account> map();

        Page<? extends Card> cards();

        <T extends Card> T bounded();

        <T> List<T> free();

        Object object();

        String string();

        byte[] bytes();

        @SuppressWarnings("rawtypes")
        Page rawPage();

        Plain plain();

        Holder holder();

        Nested<Card> nested();

        Animal animal();

        Base base();
    }

    private static Type returned(String method) {
        for (var candidate : Api.class.getDeclaredMethods()) {
            if (candidate.getName().equals(method)) {
                return candidate.getGenericReturnType();
            }
        }
        throw new AssertionError(method);
    }

    private static FieldPlanRegistry all() {
        FieldPlanRegistry.Builder builder = FieldPlanRegistry.builder(PropertyNames.reflective());
        for (var method : Api.class.getDeclaredMethods()) {
            builder.learn(method.getGenericReturnType());
        }
        return builder.learn(Derived.class).build();
    }

    private static String shown(String method, String document) {
        return new String(Redactor.of(all().compile(returned(method)), null).redact(document.getBytes(UTF_8)), UTF_8);
    }

    private static final String ACCOUNT =
            "{\"id\":1,\"card\":{\"number\":4,\"holder\":5},\"note\":\"n\",\"parent\":{\"id\":2,\"card\":{\"number\":6},\"note\":7}}";
    private static final String MASKED =
            "{\"id\":1,\"card\":{\"number\":\"***\",\"holder\":5},\"parent\":{\"id\":2,\"card\":{\"number\":\"***\"}}}";

    @Test
    void compile_declaredType_masksAtEveryDepthOfTheModel() {
        assertThat(shown("account", ACCOUNT)).isEqualTo(MASKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"optionalList", "array", "object", "string", "bytes", "free", "rawPage", "base", "plain"})
    void compile_anyWayToWriteAnArray_masksElements(String method) {
        assertThat(shown(method, "[" + ACCOUNT + "," + ACCOUNT + "]")).isEqualTo("[" + MASKED + "," + MASKED + "]");
    }

    @Test
    void compile_generics_areResolved() {
        assertThat(shown("futurePage", "{\"items\":[" + ACCOUNT + "],\"first\":" + ACCOUNT + ",\"total\":1}"))
                .isEqualTo("{\"items\":[" + MASKED + "],\"first\":" + MASKED + ",\"total\":1}");
        assertThat(shown("cards", "{\"items\":[{\"number\":1}]}")).isEqualTo("{\"items\":[{\"number\":\"***\"}]}");
        assertThat(shown("bounded", "{\"number\":1}")).isEqualTo("{\"number\":\"***\"}");
        assertThat(
                        shown(
                                "nested",
                                "{\"value\":{\"number\":1},\"next\":{\"value\":[{\"number\":2}],\"next\":{\"value\":[[{\"number\":3}]]}}}"))
                .doesNotContain("1", "2", "3");
    }

    @Test
    void compile_mapValues_haveTheirTypeAndKeysAreOpen() {
        assertThat(shown("map", "{\"x\":" + ACCOUNT + ",\"number\":8}"))
                .isEqualTo("{\"x\":" + MASKED + ",\"number\":\"***\"}");
    }

    @Test
    void compile_declaredPlainProperty_isShownWhereItIsDeclared() {
        assertThat(shown("plain", "{\"number\":1,\"name\":2,\"extra\":{\"number\":3}}"))
                .isEqualTo("{\"number\":1,\"name\":2,\"extra\":{\"number\":\"***\"}}");
        assertThat(
                        shown(
                                "holder",
                                "{\"anything\":{\"number\":1},\"byName\":{\"a\":{\"number\":2}},\"plain\":{\"number\":3},\"number\":4}"))
                .isEqualTo(
                        "{\"anything\":{\"number\":\"***\"},\"byName\":{\"a\":{\"number\":2}},\"plain\":{\"number\":3},\"number\":\"***\"}");
    }

    @Test
    void compile_subtypes_makeMembersSensitive() {
        assertThat(shown("animal", "{\"name\":\"Tom\"}")).isEqualTo("{\"name\":\"***\"}");
        assertThat(shown("base", "{\"shown\":1,\"code\":2,\"hidden\":3}"))
                .isEqualTo("{\"shown\":1,\"code\":\"***\",\"hidden\":\"***\"}");
    }

    @Test
    void compile_typeNotLearnt_isMaskedAllTheSame() {
        FieldPlanRegistry none =
                FieldPlanRegistry.builder(PropertyNames.reflective()).build();
        assertThat(none.compile(Account.class)
                        .root()
                        .node()
                        .member("card")
                        .node()
                        .member("number")
                        .rule())
                .isNotNull();
        assertThat(none.compile(Plain.class).isEmpty()).isTrue();
        assertThat(none.compile(Object.class)).isSameAs(FieldPlan.none());
    }

    @Test
    void compile_severalRules_stricterHoldsAndAllMustShow() {
        FieldPlan plan = FieldPlanRegistry.builder(PropertyNames.reflective())
                .rule(PathRule.of("$.card.number", Mask.LAST_FOUR, new Audience(Set.of("a"), Set.of())))
                .rule(PathRule.of("$..number", Mask.REMOVE, new Audience(Set.of("b"), Set.of())))
                .rule(PathRule.of("$.card.*", Mask.REPLACE, new Audience(Set.of("c"), Set.of())))
                .build()
                .compile(Object.class);
        var rule = plan.root().node().member("card").node().member("number").rule();
        assertThat(rule).isNotNull();
        assertThat(rule.mask()).isEqualTo(Mask.REMOVE);
        assertThat(rule.audiences()).hasSize(3);
    }

    @Test
    void compile_descendantPathOfSeveralSteps_isFollowed() {
        Redactor redactor = Redactor.of(
                FieldPlanRegistry.builder(PropertyNames.reflective())
                        .rule(PathRule.of("$.o..card.number", Mask.REPLACE))
                        .rule(PathRule.of("$.items[*].list[1]", Mask.REMOVE))
                        .build()
                        .compile(Object.class),
                null);
        String document =
                "{\"card\":{\"number\":1},\"o\":{\"x\":[{\"card\":{\"card\":{\"number\":2},\"number\":3}}],\"number\":4},"
                        + "\"items\":[{\"list\":[1,2,3]}]}";
        assertThat(new String(redactor.redact(document.getBytes(UTF_8)), UTF_8))
                .isEqualTo(
                        "{\"card\":{\"number\":1},\"o\":{\"x\":[{\"card\":{\"card\":{\"number\":\"***\"},\"number\":\"***\"}}],\"number\":4},"
                                + "\"items\":[{\"list\":[1,3]}]}");
    }

    @Test
    void compile_unwrappedAndAnyProperties_countForTheirOwner() throws Exception {
        var sensitive = Card.class.getDeclaredMethod("number");
        PropertyNames names = type -> type == Account.class
                ? Optional.of(List.of(
                        Property.member("id", String.class, List.of()),
                        new Property("", Plain.class, List.of(sensitive), Property.Kind.UNWRAPPED),
                        new Property("", Map.class, List.of(sensitive), Property.Kind.ANY)))
                : PropertyNames.reflective().properties(type);
        FieldPlan plan =
                FieldPlanRegistry.builder(names).learn(Account.class).build().compile(Account.class);
        assertThat(new String(
                        Redactor.of(plan, null)
                                .redact("{\"id\":1,\"number\":2,\"name\":3,\"other\":4}".getBytes(UTF_8)),
                        UTF_8))
                .isEqualTo("{\"id\":1,\"number\":\"***\",\"name\":\"***\",\"other\":\"***\"}");
    }

    @Test
    void reflective_unknownTypes_areEmpty() {
        assertThat(PropertyNames.reflective().properties(String.class)).isEmpty();
        assertThat(PropertyNames.reflective().properties(int.class)).isEmpty();
        assertThat(PropertyNames.reflective().properties(Mask.class)).isEmpty();
        assertThat(PropertyNames.reflective().properties(Derived.class).orElseThrow())
                .extracting(Property::name)
                .containsExactlyInAnyOrder("code", "hidden", "shown");
    }
}
