package io.apiguard.cedar.schema;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {

    private static final Conformance CONFORMANCE = new Conformance(Schema.of(SchemaParser.parse("""
            entity Level enum ["low", "high"];
            entity Group in Group;
            entity User in [Group, Level] {
                b: Bool, l?: Long, s?: String, u?: User, v?: Level, set?: Set<Long>, r?: { x: Long, y?: Long },
                d?: decimal, i?: ipaddr, t?: datetime, p?: duration, a?: Thing
            } tags Long;
            entity Thing;
            action all;
            action view in all appliesTo { principal: [User, Level], resource: Group, context: { ok: Bool, n?: Long } };
            """)));
    private static final EntityUid USER = EntityUid.of("User", "u");
    private static final EntityUid GROUP = EntityUid.of("Group", "g");
    private static final EntityUid VIEW = EntityUid.of("Action", "view");
    private static final EntityUid ALL = EntityUid.of("Action", "all");

    private static RecordValue record(String json) {
        return EntitiesJson.context(json);
    }

    private static void refused(Runnable check, String message) {
        assertThatExceptionOfType(CedarException.class).isThrownBy(check::run).withMessageContaining(message);
    }

    private static void checkEntity(String uid, String attributes, String tags, String... ancestors) {
        Set<EntityUid> all =
                Set.copyOf(Set.of(ancestors).stream().map(CedarParser::entity).toList());
        CONFORMANCE.checkEntity(CedarParser.entity(uid), record(attributes), record(tags), all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "\"l\": 1",
                "\"s\": \"x\"",
                "\"u\": {\"__entity\": {\"type\": \"User\", \"id\": \"x\"}}",
                "\"v\": {\"__entity\": {\"type\": \"Level\", \"id\": \"low\"}}",
                "\"set\": []",
                "\"set\": [1, 2]",
                "\"r\": {\"x\": 1}",
                "\"r\": {\"x\": 1, \"y\": 2}",
                "\"d\": {\"__extn\": {\"fn\": \"decimal\", \"arg\": \"1.0\"}}",
                "\"i\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"::1\"}}",
                "\"t\": {\"__extn\": {\"fn\": \"datetime\", \"arg\": \"2024-01-01\"}}",
                "\"p\": {\"__extn\": {\"fn\": \"duration\", \"arg\": \"1h\"}}"
            })
    void checkEntity_attributeOfItsType_isTaken(String attribute) {
        assertThatNoException().isThrownBy(() -> checkEntity("User::\"u\"", "{\"b\": true, " + attribute + "}", "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "\"l\": \"1\" # expected Long",
                "\"l\": true # expected Long",
                "\"s\": 1 # expected String",
                "\"u\": \"x\" # expected User",
                "\"u\": {\"__entity\": {\"type\": \"Group\", \"id\": \"x\"}} # expected User, found an entity of type Group",
                "\"v\": {\"__entity\": {\"type\": \"Level\", \"id\": \"middle\"}} # none of the ids",
                "\"set\": [1, \"2\"] # an element: expected Long",
                "\"set\": 1 # expected Set<Long>",
                "\"r\": {} # 'x' is missing",
                "\"r\": {\"x\": 1, \"z\": 2} # 'z' is not declared",
                "\"r\": {\"x\": \"1\"} # .r.x: expected Long",
                "\"r\": [] # expected {",
                "\"d\": \"1.0\" # expected decimal",
                "\"d\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"::1\"}} # expected decimal",
                "\"i\": 1 # expected ipaddr",
                "\"t\": {\"__extn\": {\"fn\": \"duration\", \"arg\": \"1h\"}} # expected datetime",
                "\"p\": 1 # expected duration",
                "\"unknown\": 1 # 'unknown' is not declared"
            })
    void checkEntity_attributeOfAnotherType_isRefused(String attribute, String message) {
        refused(() -> checkEntity("User::\"u\"", "{\"b\": true, " + attribute + "}", "{}"), message);
    }

    @Test
    void checkEntity_attributeThatIsMissing_isRefused() {
        refused(() -> checkEntity("User::\"u\"", "{}", "{}"), "'b' is missing");
        refused(() -> checkEntity("User::\"u\"", "{\"b\": 1}", "{}"), "expected Bool");
    }

    @Test
    void checkEntity_tags_areOfTheirTypeOrThereAreNone() {
        assertThatNoException()
                .isThrownBy(() -> checkEntity("User::\"u\"", "{\"b\": true}", "{\"any\": 1, \"other\": 2}"));
        refused(() -> checkEntity("User::\"u\"", "{\"b\": true}", "{\"any\": \"1\"}"), "the tag 'any'");
        refused(() -> checkEntity("Group::\"g\"", "{}", "{\"any\": 1}"), "have no tags");
    }

    @Test
    void checkEntity_ancestors_areOfTypesItCanBeIn() {
        assertThatNoException()
                .isThrownBy(() -> checkEntity("User::\"u\"", "{\"b\": true}", "{}", "Group::\"g\"", "Level::\"low\""));
        assertThatNoException().isThrownBy(() -> checkEntity("Group::\"g\"", "{}", "{}", "Group::\"h\""));
        refused(() -> checkEntity("User::\"u\"", "{\"b\": true}", "{}", "User::\"v\""), "cannot be in");
        refused(() -> checkEntity("Thing::\"t\"", "{}", "{}", "Group::\"g\""), "cannot be in");
        refused(() -> checkEntity("User::\"u\"", "{\"b\": true}", "{}", "Level::\"middle\""), "none of the ids");
    }

    @Test
    void checkEntity_enumerated_isOneOfItsIdsAndHasNoData() {
        assertThatNoException().isThrownBy(() -> checkEntity("Level::\"low\"", "{}", "{}"));
        refused(() -> checkEntity("Level::\"middle\"", "{}", "{}"), "none of the ids");
        refused(() -> checkEntity("Level::\"low\"", "{\"a\": 1}", "{}"), "'a' is not declared");
        refused(() -> checkEntity("Level::\"low\"", "{}", "{\"a\": 1}"), "have no tags");
        refused(() -> checkEntity("Level::\"low\"", "{}", "{}", "Level::\"high\""), "cannot be in");
    }

    @Test
    void checkEntity_typeThatIsNotDeclared_isRefused() {
        refused(() -> checkEntity("Other::\"o\"", "{}", "{}"), "not declared");
        refused(() -> checkEntity("Action::\"other\"", "{}", "{}"), "not declared");
    }

    @Test
    void checkEntity_action_isExactlyThatOfTheSchema() {
        assertThatNoException().isThrownBy(() -> checkEntity("Action::\"view\"", "{}", "{}", "Action::\"all\""));
        refused(() -> checkEntity("Action::\"view\"", "{}", "{}"), "other data");
        refused(() -> checkEntity("Action::\"all\"", "{}", "{}", "Action::\"view\""), "other data");
        refused(() -> checkEntity("Action::\"all\"", "{\"a\": 1}", "{}"), "other data");
        refused(() -> checkEntity("Action::\"all\"", "{}", "{\"a\": 1}"), "other data");
    }

    private static void checkRequest(EntityUid principal, EntityUid action, EntityUid resource, String context) {
        CONFORMANCE.checkRequest(principal, action, resource, record(context));
    }

    @Test
    void checkRequest_asTheActionDemands_isTaken() {
        assertThatNoException().isThrownBy(() -> checkRequest(USER, VIEW, GROUP, "{\"ok\": true}"));
        assertThatNoException().isThrownBy(() -> checkRequest(USER, VIEW, GROUP, "{\"ok\": true, \"n\": 1}"));
        assertThatNoException()
                .isThrownBy(() -> checkRequest(EntityUid.of("Level", "low"), VIEW, GROUP, "{\"ok\": true}"));
    }

    @Test
    void checkRequest_anythingElse_isRefused() {
        refused(() -> checkRequest(USER, EntityUid.of("Action", "other"), GROUP, "{\"ok\": true}"), "is not declared");
        refused(() -> checkRequest(GROUP, VIEW, GROUP, "{\"ok\": true}"), "the principal");
        refused(() -> checkRequest(USER, VIEW, USER, "{\"ok\": true}"), "the resource");
        refused(() -> checkRequest(EntityUid.of("Level", "middle"), VIEW, GROUP, "{\"ok\": true}"), "none of the ids");
        refused(() -> checkRequest(EntityUid.of("Nobody", "n"), VIEW, GROUP, "{\"ok\": true}"), "the principal");
        refused(() -> checkRequest(USER, VIEW, GROUP, "{}"), "'ok' is missing");
        refused(() -> checkRequest(USER, VIEW, GROUP, "{\"ok\": 1}"), "expected Bool");
        refused(() -> checkRequest(USER, VIEW, GROUP, "{\"ok\": true, \"more\": 1}"), "'more' is not declared");
        refused(() -> checkRequest(USER, ALL, GROUP, "{}"), "does not apply");
    }

    @Test
    void checkRequest_refusal_saysWhichPart() {
        refused(() -> checkRequest(USER, VIEW, GROUP, "{\"ok\": true, \"n\": \"1\"}"), "the context.n");
    }
}
