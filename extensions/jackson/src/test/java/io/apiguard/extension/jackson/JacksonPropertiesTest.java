package io.apiguard.extension.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class JacksonPropertiesTest {

    record Card(@Sensitive String cardNumber, String holder) {}

    static class Bean {
        @Sensitive
        private String secretField = "";

        public String getSecretField() {
            return secretField;
        }

        @JsonProperty("alias")
        @Sensitive
        public String getRenamed() {
            return "";
        }
    }

    static class Mixed {
        public String getPlain() {
            return "";
        }
    }

    abstract static class Mixin {
        @Sensitive
        abstract String getPlain();
    }

    record Wallet(
            @JsonUnwrapped(prefix = "card_") Card card,
            @Sensitive @JsonUnwrapped(prefix = "x") Plain plain) {}

    record Plain(String a) {}

    record Value(@JsonValue String text) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Row(String a) {}

    static class Open {
        @JsonAnyGetter
        @Sensitive
        public Map<String, Object> any() {
            return Map.of();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Dog.class))
    static class Animal {
        public String name = "";
    }

    static class Dog extends Animal {
        @Sensitive
        public String chip = "";
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    static class Wrapped {
        public String name = "";
    }

    static Stream<PropertyNames> mappers() {
        return Stream.of(
                new Jackson2Properties(new ObjectMapper()
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .addMixIn(Mixed.class, Mixin.class)),
                new Jackson3Properties(JsonMapper.builder()
                        .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.SNAKE_CASE)
                        .addMixIn(Mixed.class, Mixin.class)
                        .build()));
    }

    private static boolean isSensitive(Property property) {
        return property.places().stream()
                .flatMap(place -> Arrays.stream(place.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(Sensitive.class::equals);
    }

    private static Map<String, Boolean> sensitive(PropertyNames names, Class<?> type) {
        Map<String, Boolean> found = new TreeMap<>();
        names.properties(type)
                .orElseThrow()
                .forEach(property -> found.merge(property.name(), isSensitive(property), Boolean::logicalOr));
        return found;
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_recordUnderNamingStrategy_haveWireNamesAndAnnotations(PropertyNames names) {
        assertThat(sensitive(names, Card.class)).isEqualTo(Map.of("card_number", true, "holder", false));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_annotationOnPrivateFieldOrRenamedGetter_isFound(PropertyNames names) {
        assertThat(sensitive(names, Bean.class)).isEqualTo(Map.of("secret_field", true, "alias", true));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_annotationOnMixin_isFound(PropertyNames names) {
        assertThat(sensitive(names, Mixed.class)).isEqualTo(Map.of("plain", true));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_unwrappedWithPrefix_areListedUnderTheNamesTheyGet(PropertyNames names) {
        assertThat(sensitive(names, Wallet.class))
                .isEqualTo(Map.of("card_card_number", true, "card_holder", false, "xa", true));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_anyGetter_isOfThatKind(PropertyNames names) {
        List<Property> found = names.properties(Open.class).orElseThrow();
        assertThat(found).extracting(Property::kind).containsExactly(Property.Kind.ANY);
        assertThat(isSensitive(found.get(0))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_knownSubtypes_areListedToo(PropertyNames names) {
        assertThat(sensitive(names, Animal.class)).isEqualTo(Map.of("name", false, "chip", true));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_typesWrittenInAnotherWay_areUnknown(PropertyNames names) {
        assertThat(List.of(Value.class, Row.class, Wrapped.class, String.class))
                .allSatisfy(type -> assertThat(names.properties(type)).isEqualTo(Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void properties_oneOfSeveralMappersDoesNotKnow_areUnknown(PropertyNames names) {
        PropertyNames blind = type -> Optional.empty();
        assertThat(new AllMappers(List.of(names, blind)).properties(Card.class)).isEmpty();
        assertThat(new AllMappers(List.of(names, names)).properties(Card.class).orElseThrow())
                .hasSize(4);
    }
}
