package io.apiguard.cedar.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.Primitive;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaResolverTest {

    private static Schema schema(String text) {
        return Schema.of(SchemaParser.parse(text));
    }

    private static Map<String, Attribute> attributes(String text, String type) {
        return schema(text).entityTypes().get(new EntityType(type)).attributes().attributes();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "entity A in B; # 'B' is not declared",
                "entity A { x: B }; # 'B' is not declared",
                "entity A { x: Set<B> }; # 'B' is not declared",
                "entity A tags B; # 'B' is not declared",
                "type T = B; # 'B' is not declared",
                "entity A { x: N::B }; # 'N::B' is not declared",
                "entity A { x: __cedar::B }; # is not declared",
                "entity A; type A = Long; entity B in T; # 'T' is not declared",
                "type T = Long; entity A in T; # 'T' is not declared",
                "namespace N { entity A in B; } # neither in the namespace 'N' nor without one",
                "entity A; action a in b appliesTo { principal: A, resource: A }; # Action::\"b\" is not declared",
                "action a in N::Action::\"b\"; # is not declared",
                "action a in B::\"a\"; # is not declared",
                "entity A; action a appliesTo { principal: B, resource: A }; # 'B' is not declared",
                "entity A; action a appliesTo { principal: A, resource: B }; # 'B' is not declared",
                "entity A; action a appliesTo { principal: A, resource: A, context: Long }; # must be a record",
                "entity A; action a appliesTo { principal: A, resource: A, context: A }; # must be a record",
                "action a in a; # is in itself",
                "action a in b; action b in c; action c in a; # is in itself",
                "type T = T; # circle: T, T",
                "type T = Set<U>; type U = {x: T}; # circle",
                "entity A; namespace N { entity A; } # hides 'A'",
                "type A = Long; namespace N { entity A; } # hides 'A'",
                "entity A; namespace N { type A = Long; } # hides 'A'",
                "action a; namespace N { action a; } # hides 'a'",
                "entity A; entity A; # declared twice",
                "entity A, A; # declared twice",
                "action a; action a; # declared twice",
                "type T = Long; type T = Long; # declared twice",
                "namespace N {} namespace N {} # twice",
                "type Long = String; # type of the language",
                "type Bool = String; # type of the language",
                "entity E enum []; # as a string",
                "entity E { a: Long, a: Long }; # twice",
                "action a appliesTo { principal: A }; # missing",
                "entity if; # word of the language"
            })
    void of_schemaWithAFault_isRefused(String text, String message) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> schema(text))
                .withMessageContaining(message);
    }

    @Test
    void of_entityTypesInEachOther_areTaken() {
        Schema schema = schema("entity Team in [Team, Org]; entity Org in Team; entity User in Team;");

        assertThat(schema.canBeIn(new EntityType("User"), new EntityType("Org")))
                .isTrue();
        assertThat(schema.canBeIn(new EntityType("Team"), new EntityType("Team")))
                .isTrue();
        assertThat(schema.canBeIn(new EntityType("Org"), new EntityType("User")))
                .isFalse();
        assertThat(schema.entityTypes().get(new EntityType("Org")).ancestors())
                .containsExactlyInAnyOrder(new EntityType("Team"), new EntityType("Org"));
    }

    @Test
    void of_nameOfATypeThreeTimes_isTheCommonTypeFirstThenTheEntityThenTheLanguage() {
        String all =
                "type T = Long; entity T; entity ipaddr; entity A { t: T, ip: ipaddr, builtIn: __cedar::ipaddr, s: String };";

        assertThat(attributes(all, "A"))
                .containsEntry("t", new Attribute(Primitive.LONG, true))
                .containsEntry("ip", new Attribute(new EntityOf(new EntityType("ipaddr")), true))
                .containsEntry("builtIn", new Attribute(CedarType.Extension.IPADDR, true))
                .containsEntry("s", new Attribute(Primitive.STRING, true));
    }

    @Test
    void of_nameWithoutNamespace_isOfTheOwnOneFirst() {
        String text = "entity Open; namespace N { entity Own; entity A { own: Own, open: Open, other: M::Far }; }"
                + "namespace M { entity Far; }";

        assertThat(attributes(text, "N::A"))
                .containsEntry("own", new Attribute(new EntityOf(new EntityType("N::Own")), true))
                .containsEntry("open", new Attribute(new EntityOf(new EntityType("Open")), true))
                .containsEntry("other", new Attribute(new EntityOf(new EntityType("M::Far")), true));
    }

    @Test
    void of_actionGroups_haveAllAncestorsAndApplyToNothing() {
        Schema schema = schema(
                "entity A; action all; action read in all; namespace N { action view in [\"x\", Action::\"read\"]; action x; }");
        EntityUid view = EntityUid.of("N::Action", "view");

        assertThat(schema.actions().get(view).ancestors())
                .containsExactlyInAnyOrder(
                        EntityUid.of("N::Action", "x"), EntityUid.of("Action", "read"), EntityUid.of("Action", "all"));
        assertThat(schema.actions().get(view).principals()).isEmpty();
        assertThat(schema.isActionIn(view, EntityUid.of("Action", "all"))).isTrue();
    }
}
