package io.apiguard.cedar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.CedarException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schema is the same in both notations. */
class SchemaNotationsTest {

    private static final String TEXT = """
            namespace Shop {
                type Address = { street: String, "zip code"?: Long };
                entity Group in [Group];
                entity Customer in Group = {
                    name: String, vip: Bool, home?: Address, friends: Set<Customer>, last: datetime, quota: duration,
                    balance: decimal, from: ipaddr, level: Level, open: Open
                } tags Set<String>;
                entity Level enum ["gold", "silver"];
                action all;
                action view, "buy it" in all appliesTo {
                    principal: [Customer, Group], resource: Customer, context: { mfa: Bool, at?: Address }
                };
                action close in [all, Action::"view", Open::Action::"any"] appliesTo { principal: Customer, resource: Group, context: Address };
            }
            namespace Open { action any; }
            entity Open;
            """;

    private static final String JSON = """
            {"Shop": {
              "commonTypes": {"Address": {"type": "Record", "attributes": {
                "street": {"type": "String"}, "zip code": {"type": "Long", "required": false}}}},
              "entityTypes": {
                "Group": {"memberOfTypes": ["Group"]},
                "Customer": {"memberOfTypes": ["Group"], "shape": {"type": "Record", "attributes": {
                  "name": {"type": "String"}, "vip": {"type": "Boolean"}, "home": {"type": "Address", "required": false},
                  "friends": {"type": "Set", "element": {"type": "Entity", "name": "Customer"}},
                  "last": {"type": "Extension", "name": "datetime"}, "quota": {"type": "Extension", "name": "duration"},
                  "balance": {"type": "Extension", "name": "decimal"}, "from": {"type": "Extension", "name": "ipaddr"},
                  "level": {"type": "EntityOrCommon", "name": "Level"}, "open": {"type": "Entity", "name": "Open"}}},
                  "tags": {"type": "Set", "element": {"type": "EntityOrCommon", "name": "String"}}},
                "Level": {"enum": ["gold", "silver"]}},
              "actions": {
                "all": {},
                "view": {"memberOf": [{"id": "all"}], "appliesTo": {"principalTypes": ["Customer", "Group"],
                  "resourceTypes": ["Customer"], "context": {"type": "Record", "attributes": {
                    "mfa": {"type": "Bool"}, "at": {"type": "Address", "required": false}}}}},
                "buy it": {"memberOf": [{"id": "all", "type": "Shop::Action"}], "appliesTo": {"principalTypes": ["Customer", "Group"],
                  "resourceTypes": ["Customer"], "context": {"type": "Record", "attributes": {
                    "mfa": {"type": "Bool"}, "at": {"type": "Address", "required": false}}}}},
                "close": {"memberOf": [{"id": "all"}, {"id": "view", "type": "Action"}, {"id": "any", "type": "Open::Action"}],
                  "appliesTo": {"principalTypes": ["Customer"], "resourceTypes": ["Group"], "context": {"type": "Address"}}}}},
             "Open": {"entityTypes": {}, "actions": {"any": {"memberOf": null, "appliesTo": null}}},
             "": {"entityTypes": {"Open": {}}, "actions": {}}}
            """;

    @Test
    void read_sameSchemaInBothNotations_isTheSame() {
        assertThat(Schema.of(SchemaJson.read(JSON))).isEqualTo(Schema.of(SchemaParser.parse(TEXT)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "[] # expected a schema as an object",
                "{\"if\": {\"entityTypes\": {}, \"actions\": {}}} # no name of a namespace",
                "{\"\": {\"actions\": {}}} # 'entityTypes' is missing",
                "{\"\": {\"entityTypes\": {}}} # 'actions' is missing",
                "{\"\": {\"entityTypes\": {}, \"actions\": {}, \"more\": {}}} # 'more' is none of",
                "{\"\": {\"entityTypes\": {\"a b\": {}}, \"actions\": {}}} # no identifier",
                "{\"\": {\"entityTypes\": {\"A\": {\"enum\": []}}, \"actions\": {}}} # one id at least",
                "{\"\": {\"entityTypes\": {\"A\": {\"enum\": [\"a\"], \"shape\": {}}}, \"actions\": {}}} # 'shape' is none of",
                "{\"\": {\"entityTypes\": {\"A\": {\"memberOfTypes\": \"B\"}}, \"actions\": {}}} # an array",
                "{\"\": {\"entityTypes\": {\"A\": {\"shape\": {\"type\": \"Set\"}}}, \"actions\": {}}} # 'element' is missing",
                "{\"\": {\"entityTypes\": {\"A\": {\"tags\": {}}}, \"actions\": {}}} # 'type' is missing",
                "{\"\": {\"entityTypes\": {\"A\": {\"tags\": {\"type\": \"Long\", \"x\": 1}}}, \"actions\": {}}} # 'x' is none of",
                "{\"\": {\"entityTypes\": {\"A\": {\"tags\": {\"type\": \"Extension\", \"name\": \"uuid\"}}}, \"actions\": {}}} # no extension type",
                "{\"\": {\"entityTypes\": {}, \"actions\": {\"a\": {\"memberOf\": [{\"type\": \"Action\"}]}}}} # 'id' is missing",
                "{\"\": {\"entityTypes\": {}, \"actions\": {\"a\": {\"appliesTo\": {\"principalTypes\": []}}}}} # 'resourceTypes' is missing",
                "{\"\": {\"entityTypes\": {}, \"actions\": {}, \"commonTypes\": {\"Long\": {\"type\": \"Long\"}}}} # type of the language",
                "{\"\": {\"entityTypes\": {}, \"actions\": {}}, \"\": {\"entityTypes\": {}, \"actions\": {}}} # not JSON"
            })
    void read_jsonThatIsNoSchema_isRefused(String json, String message) {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> SchemaJson.read(json))
                .withMessageContaining(message);
    }
}
