package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.apiguard.field.Property;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireNamesTest {

    @SuppressWarnings("unused")
    static class Account {
        private String cardNumber = "4111";

        @JsonProperty("secret")
        private String hidden = "x";

        public String getCardNumber() {
            return cardNumber;
        }
    }

    record Shipping(String streetName) {}

    record Parcel(@JsonUnwrapped(prefix = "to_") Shipping address) {}

    record Open(
            @JsonAnyGetter Map<String, String> more,
            @JsonSerialize(using = ToStringSerializer.class) Shipping to) {}

    record Value(@JsonValue String text) {}

    @JsonSubTypes(@JsonSubTypes.Type(Cat.class))
    interface Animal {}

    record Cat(String chip) implements Animal {}

    private static List<Property> properties(Class<?> type) {
        return new WireNames().properties(type).orElseThrow();
    }

    private static List<String> names(Class<?> type) {
        return properties(type).stream().map(Property::name).toList();
    }

    @Test
    void properties_renamedByAnnotation_areListedUnderThatNameToo() {
        assertThat(names(Account.class)).contains("hidden", "secret");
    }

    @Test
    void properties_renamedByAStrategy_areListedAsJacksonWritesThem() throws Exception {
        for (PropertyNamingStrategy strategy : List.of(
                PropertyNamingStrategies.SNAKE_CASE,
                PropertyNamingStrategies.UPPER_SNAKE_CASE,
                PropertyNamingStrategies.KEBAB_CASE,
                PropertyNamingStrategies.LOWER_DOT_CASE,
                PropertyNamingStrategies.LOWER_CASE,
                PropertyNamingStrategies.UPPER_CAMEL_CASE)) {
            JsonMapper mapper =
                    JsonMapper.builder().propertyNamingStrategy(strategy).build();
            mapper.valueToTree(new Account()).fieldNames().forEachRemaining(name -> assertThat(names(Account.class))
                    .contains(name));
        }
    }

    @Test
    void properties_unwrapped_haveTheirPrefix() {
        assertThat(names(Parcel.class)).contains("to_streetName", "to_street_name");
    }

    @Test
    void properties_writtenInAnotherWay_areOpen() {
        assertThat(properties(Open.class)).anyMatch(property -> property.kind() == Property.Kind.ANY);
        assertThat(properties(Open.class))
                .anyMatch(property -> property.name().equals("to") && property.type() == Object.class);
        assertThat(new WireNames().properties(Value.class)).isEmpty();
        assertThat(new WireNames().properties(String.class)).isEmpty();
    }

    @Test
    void properties_ofKnownSubtypes_areListed() {
        assertThat(names(Animal.class)).contains("chip");
    }
}
