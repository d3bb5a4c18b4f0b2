package io.apiguard.cedar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaGuidedJsonTest {

    private static final SchemaGuidedJson READER = new SchemaGuidedJson(Schema.of(SchemaParser.parse("""
            entity Group;
            entity User in Group { from?: ipaddr, boss?: User, names?: Set<String>, hops?: Set<ipaddr>, r?: { d: decimal } } tags ipaddr;
            action all;
            action view in all appliesTo { principal: User, resource: Group, context: { from: ipaddr, who?: User } };
            """)));
    private static final EntityUid USER = EntityUid.of("User", "u");
    private static final EntityUid VIEW = EntityUid.of("Action", "view");

    private static String user(String attributes, String tags) {
        return "[{\"uid\": {\"type\": \"User\", \"id\": \"u\"}, \"attrs\": {" + attributes + "}, \"tags\": {" + tags
                + "}, \"parents\": [{\"type\": \"Group\", \"id\": \"g\"}]}]";
    }

    private static RecordValue attributes(String attributes) {
        Entities entities = READER.entities(user(attributes, ""));
        return Objects.requireNonNull(entities.find(USER)).entity().attributes();
    }

    @Test
    void entities_escapesLeftOut_areWhatTheSchemaSays() {
        assertThat(attributes("\"from\": \"10.0.0.1\"").get("from")).isEqualTo(IpAddressValue.parse("10.0.0.1"));
        assertThat(attributes("\"boss\": {\"type\": \"User\", \"id\": \"u\"}").get("boss"))
                .isEqualTo(USER);
        assertThat(attributes("\"names\": [\"10.0.0.1\"]").get("names"))
                .isEqualTo(SetValue.of(new StringValue("10.0.0.1")));
        assertThat(attributes("\"hops\": [\"10.0.0.1\"]").get("hops"))
                .isEqualTo(SetValue.of(Objects.requireNonNull(IpAddressValue.parse("10.0.0.1"))));
        assertThat(attributes("\"from\": {\"fn\": \"ip\", \"arg\": \"::1\"}").get("from"))
                .isEqualTo(IpAddressValue.parse("::1"));
    }

    @Test
    void entities_withEscapes_areTheSame() {
        assertThat(attributes("\"from\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"::1\"}},"
                        + "\"boss\": {\"__entity\": {\"type\": \"User\", \"id\": \"u\"}}"))
                .isEqualTo(attributes("\"from\": \"::1\", \"boss\": {\"type\": \"User\", \"id\": \"u\"}"));
    }

    @Test
    void entities_tags_areOfTheirType() {
        Entities entities = READER.entities(user("", "\"home\": \"10.0.0.1\""));

        assertThat(Objects.requireNonNull(entities.find(USER)).entity().tags().get("home"))
                .isEqualTo(IpAddressValue.parse("10.0.0.1"));
    }

    @Test
    void entities_any_haveTheActionsOfTheSchema() {
        Entities entities = READER.entities("[]");

        assertThat(entities.size()).isEqualTo(2);
        assertThat(entities.isIn(VIEW, EntityUid.of("Action", "all"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "\"more\": 1 # 'more' is not declared",
                "\"from\": \"localhost\" # $[0].attrs.from",
                "\"from\": 1 # expected ipaddr",
                "\"boss\": {\"type\": \"Group\", \"id\": \"g\"} # expected User",
                "\"boss\": \"u\" # expected User",
                "\"names\": \"x\" # expected Set<String>",
                "\"names\": [1] # expected String",
                "\"r\": {} # 'd' is missing",
                "\"r\": {\"d\": \"1\"} # $[0].attrs.r.d",
                "\"from\": null # null"
            })
    void entities_attributeThatDoesNotFit_isRefused(String attribute, String message) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> attributes(attribute))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "{\"uid\": {\"type\": \"Other\", \"id\": \"o\"}, \"attrs\": {}, \"parents\": []} # not declared",
                "{\"uid\": {\"type\": \"Action\", \"id\": \"other\"}, \"attrs\": {}, \"parents\": []} # not declared",
                "{\"uid\": {\"type\": \"Action\", \"id\": \"view\"}, \"attrs\": {}, \"parents\": []} # other data",
                "{\"uid\": {\"type\": \"Group\", \"id\": \"g\"}, \"attrs\": {}, \"parents\": [{\"type\": \"User\", \"id\": \"u\"}]} # cannot be in",
                "{\"uid\": {\"type\": \"Group\", \"id\": \"g\"}, \"attrs\": {}, \"parents\": [], \"tags\": {\"a\": 1}} # have no tags",
                "{\"uid\": {\"type\": \"Group\", \"id\": \"g\"}, \"attrs\": {}} # 'parents' is missing",
                "{\"uid\": {\"type\": \"Group\", \"id\": \"g\"}, \"parents\": []} # 'attrs' is missing"
            })
    void entities_entityThatDoesNotFit_isRefused(String entity, String message) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> READER.entities("[" + entity + "]"))
                .withMessageContaining(message);
    }

    @Test
    void context_ofAnAction_isOfItsType() {
        RecordValue context =
                READER.context("{\"from\": \"10.0.0.1\", \"who\": {\"type\": \"User\", \"id\": \"u\"}}", VIEW);

        assertThat(context.get("from")).isEqualTo(IpAddressValue.parse("10.0.0.1"));
        assertThat(context.get("who")).isEqualTo(USER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "{} # 'from' is missing",
                "{\"from\": \"::1\", \"more\": 1} # 'more' is not declared",
                "{\"from\": 1} # expected ipaddr",
                "[] # expected an object"
            })
    void context_thatDoesNotFit_isRefused(String json, String message) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> READER.context(json, VIEW))
                .withMessageContaining(message);
    }

    @Test
    void context_ofAnActionThatIsNotDeclared_isRefused() {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> READER.context("{}", EntityUid.of("Action", "other")))
                .withMessageContaining("not declared");
    }
}
