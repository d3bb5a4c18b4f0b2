package io.apiguard.cedar;

import io.apiguard.cedar.json.PolicyJson;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Texts that are nearly right: what the fuzz targets do with any bytes, where most of them are of the language. */
class MutationTest {

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ";",
            ":",
            "::",
            ".",
            "\"",
            "\\",
            "*",
            "?",
            "@",
            "!",
            "-",
            "==",
            " in ",
            " has ",
            " like ",
            " is ",
            "if ",
            "then ",
            "else ",
            "&&",
            "||",
            "principal",
            "?principal",
            "Action::\"a\"",
            "true",
            "1",
            "9223372036854775808",
            "null",
            "//",
            "\n",
            "\r",
            "\u0000",
            "\ud800",
            "\ud83d\ude00",
            "__cedar::",
            "__entity",
            "__extn",
            "Set<",
            "type ",
            "entity ",
            "enum ",
            "\"op\"",
            "1.5",
            "\\u{41}");

    private static final String SCHEMA = """
            namespace N { entity User in [Group, N::Group] = { name?: String, "a b": Set<{x: Long, y: __cedar::Bool}>, d: Info } tags decimal;
            entity Group; entity Level enum ["low", "high"]; type Info = { at: datetime, from: ipaddr };
            @doc("x") action view, "edit it" in [all, Action::"all"] appliesTo { principal: [User], resource: Group, context: Info };
            action all; }
            """;

    private static final String SCHEMA_JSON = """
            {"N": {"entityTypes": {"User": {"memberOfTypes": ["Group"], "shape": {"type": "Record", "attributes": {"name":
            {"type": "String", "required": false}, "at": {"type": "Extension", "name": "ipaddr"}, "s": {"type": "Set", "element":
            {"type": "Entity", "name": "Group"}}, "i": {"type": "Info"}}}, "tags": {"type": "Long"}}, "Group": {}, "L": {"enum": ["a"]}},
            "actions": {"view": {"memberOf": [{"id": "all"}], "appliesTo": {"principalTypes": ["User"], "resourceTypes": ["Group"],
            "context": {"type": "Record", "attributes": {}}}}, "all": {}}, "commonTypes": {"Info": {"type": "Long"}}}}
            """;

    private static final String ENTITIES = """
            [{"uid": {"type": "User", "id": "a"}, "attrs": {"age": 1, "name": "x", "r": {"__entity": {"type": "Doc", "id": "d"}},
            "e": {"__extn": {"fn": "ip", "arg": "10.0.0.1"}}, "s": [1, true, [], {}]}, "parents": [{"type": "Group", "id": "g"}],
            "tags": {"t": "v"}}, {"uid": {"__entity": {"type": "Group", "id": "g"}}, "attrs": {}, "parents": []}]
            """;

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && mutated.length() > 0; i++) {
            int from = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), from + random.nextInt(4));
            String piece = random.nextInt(4) == 0
                    ? mutated.substring(from, Math.min(mutated.length(), from + random.nextInt(30)))
                    : random.nextInt(3) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
            mutated.replace(from, to, piece);
        }
        return mutated.toString();
    }

    @Property(tries = 3000)
    void parse_policyNearlyRight_isReadOrRefused(@ForAll long seed) {
        ReadOrRefused.policies(
                mutated(new RandomCedar(seed).policy(seed % 4 == 0).toString(), new Random(seed)));
    }

    @Property(tries = 3000)
    void read_policyJsonNearlyRight_isReadOrRefused(@ForAll long seed) {
        ReadOrRefused.policyJson(
                mutated(PolicyJson.write(new RandomCedar(seed).policy(seed % 4 == 0)), new Random(seed)));
    }

    @Property(tries = 3000)
    void parse_schemaNearlyRight_isReadOrRefused(@ForAll long seed) {
        ReadOrRefused.schema(mutated(SCHEMA, new Random(seed)));
    }

    @Property(tries = 3000)
    void read_schemaJsonNearlyRight_isReadOrRefused(@ForAll long seed) {
        ReadOrRefused.schemaJson(mutated(SCHEMA_JSON, new Random(seed)));
    }

    @Property(tries = 3000)
    void read_entitiesNearlyRight_areReadOrRefused(@ForAll long seed) {
        ReadOrRefused.entities(mutated(ENTITIES, new Random(seed)));
    }
}
