package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Names come from the mapper that the application registers, in whichever way. */
class JacksonMappersTest {

    private static final String CARD = "4111111111111111";

    private final TestGuard guard = new TestGuard();

    /** A card, and what is shown of it. */
    public static class Card {
        private final String cardNumber;

        Card(String cardNumber) {
            this.cardNumber = cardNumber;
        }

        @Sensitive
        public String getCardNumber() {
            return cardNumber;
        }

        public String getOwner() {
            return "alice";
        }
    }

    /** Renames what it is mixed into. */
    public abstract static class Renaming {
        @JsonProperty("pan")
        abstract String getCardNumber();
    }

    /** A name that no convention knows. */
    public static final class Reversed extends PropertyNamingStrategy {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String defaultName) {
            return new StringBuilder(defaultName).reverse().toString();
        }
    }

    /** Reads names from an annotation of another kind than Jackson's. */
    public static final class OwnIntrospector extends JacksonAnnotationIntrospector {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public PropertyName findNameForSerialization(Annotated place) {
            return place.hasAnnotation(Sensitive.class)
                    ? PropertyName.construct("secret")
                    : super.findNameForSerialization(place);
        }
    }

    /** Returns cards. */
    @Path("cards")
    @Produces("application/json")
    @PublicEndpoint
    public static class Cards {
        @GET
        public List<Card> list() {
            return List.of(new Card(CARD));
        }
    }

    /** A resolver as most applications have it: a class that the framework makes. */
    public static class OfClass implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return new ObjectMapper().addMixIn(Card.class, Renaming.class);
        }
    }

    /** Has its type argument from a base. */
    public static class OfBase extends Base<ObjectMapper> {
        @Override
        ObjectMapper make() {
            return new ObjectMapper().setPropertyNamingStrategy(new Reversed());
        }
    }

    /**
     * Resolves anything.
     *
     * @param <T> what
     */
    public abstract static class Base<T> implements ContextResolver<T> {
        abstract T make();

        @Override
        public T getContext(Class<?> type) {
            return make();
        }
    }

    /** Cannot be made without what the framework injects. */
    public static class Unmakeable implements ContextResolver<ObjectMapper> {
        private final ObjectMapper mapper;

        /**
         * Makes a resolver.
         *
         * @param application injected
         */
        public Unmakeable(@jakarta.ws.rs.core.Context Application application) {
            mapper = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        }

        @Override
        public ObjectMapper getContext(Class<?> type) {
            return mapper;
        }
    }

    private record OfObject(ObjectMapper mapper) implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return mapper;
        }
    }

    /** Has the method by which Jackson's providers tell their mapper. */
    public record Provider(Object mapper) {
        /** {@return the mapper} */
        public Object locateMapper(Class<?> type, MediaType media) {
            return mapper;
        }
    }

    private static Application application(Class<?>... classes) {
        return new Application() {
            @Override
            public Set<Class<?>> getClasses() {
                return Set.of(classes);
            }
        };
    }

    private String answer(Application application, Object... components) {
        Object[] all = new Object[components.length + 1];
        System.arraycopy(components, 0, all, 0, components.length);
        all[components.length] = guard.feature().withPeers(new TestGuard.Loopback());
        try (JdkServer server = new JdkServer(application, all)) {
            return server.get("/cards").body();
        }
    }

    private String answer(ObjectMapper mapper) {
        return answer(application(Cards.class), new OfObject(mapper));
    }

    @Test
    void names_mixIn_isMaskedAsTheMapperNamesIt() {
        assertThat(answer(new ObjectMapper().addMixIn(Card.class, Renaming.class)))
                .contains("\"pan\"", "\"owner\":\"alice\"")
                .doesNotContain(CARD);
    }

    @Test
    void names_namingStrategy_isMaskedAsTheMapperNamesIt() {
        assertThat(answer(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)))
                .contains("\"card_number\"", "\"owner\":\"alice\"")
                .doesNotContain(CARD);
    }

    @Test
    void names_strategyOfTheApplication_isMaskedAsTheMapperNamesIt() {
        assertThat(answer(new ObjectMapper().setPropertyNamingStrategy(new Reversed())))
                .contains("\"rebmuNdrac\"", "\"renwo\":\"alice\"")
                .doesNotContain(CARD);
    }

    @Test
    void names_introspectorOfTheApplication_isMaskedAsTheMapperNamesIt() {
        assertThat(answer(new ObjectMapper().setAnnotationIntrospector(new OwnIntrospector())))
                .contains("\"secret\"", "\"owner\":\"alice\"")
                .doesNotContain(CARD);
    }

    @Test
    void names_resolverThatIsAClass_isAsked() {
        assertThat(answer(application(Cards.class, OfClass.class)))
                .contains("\"pan\"")
                .doesNotContain(CARD);
        assertThat(answer(application(Cards.class, OfBase.class)))
                .contains("\"rebmuNdrac\"")
                .doesNotContain(CARD);
    }

    @Test
    void names_resolverThatCannotBeMadeYet_areThoseOfConvention() {
        assertThat(answer(application(Cards.class, Unmakeable.class)))
                .contains("\"card_number\"")
                .doesNotContain(CARD);
    }

    @Test
    void names_withoutARegisteredMapper_areThoseOfTheDefaultOneAndOfConvention() {
        assertThat(answer(application(Cards.class))).contains("\"cardNumber\"").doesNotContain(CARD);
    }

    private static PropertyNames of(Object... instances) {
        return JacksonMappers.names(Framework.of(Set.of(), Set.of(instances)), List.of(Card.class));
    }

    private static List<String> namesOf(PropertyNames names) {
        return names.properties(Card.class).orElseThrow().stream()
                .map(Property::name)
                .toList();
    }

    @Test
    void names_providerOfJackson2_isAsked() {
        ObjectMapper mapper = new ObjectMapper().setPropertyNamingStrategy(new Reversed());

        assertThat(namesOf(of(new Provider(mapper)))).containsExactlyInAnyOrder("rebmuNdrac", "renwo");
    }

    @Test
    void names_providerOfJackson3_isAsked() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.SNAKE_CASE)
                .build();

        assertThat(namesOf(of(new Provider(mapper)))).containsExactlyInAnyOrder("card_number", "owner");
    }

    @Test
    void names_severalMappers_areTheNamesOfAll() {
        ObjectMapper one = new ObjectMapper().setPropertyNamingStrategy(new Reversed());
        ObjectMapper other = new ObjectMapper().addMixIn(Card.class, Renaming.class);

        assertThat(namesOf(of(new Provider(one), new OfObject(other)))).contains("rebmuNdrac", "pan");
    }

    @Test
    void names_sourceWithoutAMapper_areThoseOfConventionToo() {
        assertThat(namesOf(of(new OfObject(null)))).contains("cardNumber", "card_number", "card-number");
        assertThat(namesOf(of(new Provider("no mapper")))).contains("card_number");
    }

    @Test
    void names_resolverThatFails_areThoseOfConventionToo() {
        ContextResolver<ObjectMapper> failing = new ContextResolver<>() {
            @Override
            public ObjectMapper getContext(Class<?> type) {
                throw new IllegalStateException("not injected");
            }
        };

        assertThat(namesOf(of(failing))).contains("cardNumber", "card_number");
    }

    @Test
    void names_typeThatAnOwnSerializerWrites_areThoseOfConvention() {
        SimpleModule module = new SimpleModule().addSerializer(Card.class, new JsonSerializer<Card>() {
            @Override
            public void serialize(Card card, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeStartObject();
                out.writeStringField("card_number", card.getCardNumber());
                out.writeEndObject();
            }
        });

        assertThat(answer(new ObjectMapper().registerModule(module)))
                .contains("\"card_number\"")
                .doesNotContain(CARD);
    }
}
