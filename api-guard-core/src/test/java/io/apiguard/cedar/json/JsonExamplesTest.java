package io.apiguard.cedar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The JSON by which the Cedar Policy Language Reference explains its formats, with what it states to be equivalent: 34 rows of the page on
 * the JSON format of policies (the policy that it begins with, 20 parts of scopes, 13 conditions; 4 more conditions are of RFC 62, RFC 80
 * and RFC 82, and of {@code neg}), 8 of that on entities and context, and 34 of those on the notations of schemas (11 in Cedar's own, 14 in
 * both, 9 that are none).
 *
 * <p>Slips of the pages are mended: {@code Literal} in place of {@code Value}, a slot as {@code {"?principal"}}, commas before a closing
 * bracket, names that differ between the two sides of an example, the pattern of {@code like} as one string, {@code ;} within a record.
 * Left out: {@code Slot} and {@code Unknown}, of which it says that they are not valid in policies, {@code memberOf} with names in place of
 * objects, and examples with an ellipsis.
 */
class JsonExamplesTest {

    private static final String ALL = "{\"op\": \"All\"}";

    /** Quotes are written as apostrophes here. */
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void same(String policy, String json) {
        Policy parsed = CedarParser.policy(policy).policy();

        assertThat(PolicyJson.read(json)).isEqualTo(parsed);
        assertThat(JsonTree.read(PolicyJson.write(parsed))).isEqualTo(JsonTree.read(json));
    }

    @Test
    void policy_exampleThatThePageBeginsWith_isTheSame() {
        same(
                "permit (principal == User::\"12UA45\", action == Action::\"view\", resource in Folder::\"abc\")"
                        + " when { context.tls_version == \"1.3\" };",
                json("""
                        {'effect': 'permit',
                         'principal': {'op': '==', 'entity': {'type': 'User', 'id': '12UA45'}},
                         'action': {'op': '==', 'entity': {'type': 'Action', 'id': 'view'}},
                         'resource': {'op': 'in', 'entity': {'type': 'Folder', 'id': 'abc'}},
                         'conditions': [{'kind': 'when', 'body': {'==': {
                           'left': {'.': {'left': {'Var': 'context'}, 'attr': 'tls_version'}}, 'right': {'Value': '1.3'}}}}]}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "principal # {'op': 'All'}",
                "principal == User::'12UA45' # {'op': '==', 'entity': {'type': 'User', 'id': '12UA45'}}",
                "principal == ?principal # {'op': '==', 'slot': '?principal'}",
                "principal in Group::'Admins' # {'op': 'in', 'entity': {'type': 'Group', 'id': 'Admins'}}",
                "principal in ?principal # {'op': 'in', 'slot': '?principal'}",
                "principal is User # {'op': 'is', 'entity_type': 'User'}",
                "principal is User in Group::'Admins'"
                        + " # {'op': 'is', 'entity_type': 'User', 'in': {'entity': {'type': 'Group', 'id': 'Admins'}}}",
                "principal is User in ?principal # {'op': 'is', 'entity_type': 'User', 'in': {'slot': '?principal'}}",
                "action # {'op': 'All'}",
                "action == Action::'readFile' # {'op': '==', 'entity': {'type': 'Action', 'id': 'readFile'}}",
                "action in Action::'readOnly' # {'op': 'in', 'entity': {'type': 'Action', 'id': 'readOnly'}}",
                "action in [Action::'readFile', Action::'writeFile', Action::'deleteFile'] # {'op': 'in', 'entities': ["
                        + "{'type': 'Action', 'id': 'readFile'}, {'type': 'Action', 'id': 'writeFile'}, {'type': 'Action', 'id':"
                        + " 'deleteFile'}]}",
                "resource # {'op': 'All'}",
                "resource == file::'vacationphoto.jpg' # {'op': '==', 'entity': {'type': 'file', 'id': 'vacationphoto.jpg'}}",
                "resource == ?resource # {'op': '==', 'slot': '?resource'}",
                "resource in folder::'Public' # {'op': 'in', 'entity': {'type': 'folder', 'id': 'Public'}}",
                "resource in ?resource # {'op': 'in', 'slot': '?resource'}",
                "resource is file # {'op': 'is', 'entity_type': 'file'}",
                "resource is file in folder::'Public'"
                        + " # {'op': 'is', 'entity_type': 'file', 'in': {'entity': {'type': 'folder', 'id': 'Public'}}}",
                "resource is file in ?resource # {'op': 'is', 'entity_type': 'file', 'in': {'slot': '?resource'}}"
            })
    void policy_partOfAScope_isTheSame(String text, String json) {
        List<String> names = List.of("principal", "action", "resource");
        String policy = names.stream()
                .map(name -> text.startsWith(name) ? json(text) : name)
                .collect(Collectors.joining(", ", "forbid(", ");"));
        String members = names.stream()
                .map(name -> "\"" + name + "\": " + (text.startsWith(name) ? json(json) : ALL))
                .collect(Collectors.joining(", "));

        same(policy, "{\"effect\": \"forbid\", " + members + ", \"conditions\": []}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "1 == 2 # {'==': {'left': {'Value': 1}, 'right': {'Value': 2}}}",
                "User::'alice' == Namespace::Type::'SomePrincipal'"
                        + " # {'==': {'left': {'Value': {'__entity': {'type': 'User', 'id': 'alice'}}},"
                        + " 'right': {'Value': {'__entity': {'type': 'Namespace::Type', 'id': 'SomePrincipal'}}}}}",
                "[1, 2, 'something'] == [4, 5, 'otherthing'] # {'==': {"
                        + "'left': {'Set': [{'Value': 1}, {'Value': 2}, {'Value': 'something'}]},"
                        + " 'right': {'Set': [{'Value': 4}, {'Value': 5}, {'Value': 'otherthing'}]}}}",
                "{something: 'spam', otherthing: false} == {} # {'==': {"
                        + "'left': {'Record': {'something': {'Value': 'spam'}, 'otherthing': {'Value': false}}}, 'right':"
                        + " {'Record': {}}}}",
                "principal == action && resource == context # {'&&': {"
                        + "'left': {'==': {'left': {'Var': 'principal'}, 'right': {'Var': 'action'}}},"
                        + " 'right': {'==': {'left': {'Var': 'resource'}, 'right': {'Var': 'context'}}}}}",
                "!context.something # {'!': {'arg': {'.': {'left': {'Var': 'context'}, 'attr': 'something'}}}}",
                "principal.owners.contains('something') # {'contains': {"
                        + "'left': {'.': {'left': {'Var': 'principal'}, 'attr': 'owners'}}, 'right': {'Value': 'something'}}}",
                "context.something # {'.': {'left': {'Var': 'context'}, 'attr': 'something'}}",
                "if context.something then principal has '-78/%$!' else resource.email like '*@amazon.com' # {'if-then-else': {"
                        + "'if': {'.': {'left': {'Var': 'context'}, 'attr': 'something'}},"
                        + " 'then': {'has': {'left': {'Var': 'principal'}, 'attr': '-78/%$!'}},"
                        + " 'else': {'like': {'left': {'.': {'left': {'Var': 'resource'}, 'attr': 'email'}},"
                        + " 'pattern': ['Wildcard', {'Literal': '@amazon.com'}]}}}}",
                "[1, 2, 'something'] # {'Set': [{'Value': 1}, {'Value': 2}, {'Value': 'something'}]}",
                "{something: 'spam', somethingelse: false}"
                        + " # {'Record': {'something': {'Value': 'spam'}, 'somethingelse': {'Value': false}}}",
                "decimal('10.0') # {'decimal': [{'Value': '10.0'}]}",
                "context.source_ip.isInRange(ip('222.222.222.0/24')) # {'isInRange': ["
                        + "{'.': {'left': {'Var': 'context'}, 'attr': 'source_ip'}}, {'ip': [{'Value': '222.222.222.0/24'}]}]}",
                "datetime('2020-01-31T23:00:00Z') # {'datetime': [{'Value': '2020-01-31T23:00:00Z'}]}",
                "resource.hasTag('write') # {'hasTag': {'left': {'Var': 'resource'}, 'right': {'Value': 'write'}}}",
                "principal has contactInfo.address.zip"
                        + " # {'has': {'left': {'Var': 'principal'}, 'attr': ['contactInfo', 'address', 'zip']}}",
                "-context.something # {'neg': {'arg': {'.': {'left': {'Var': 'context'}, 'attr': 'something'}}}}"
            })
    void policy_condition_isTheSame(String text, String json) {
        String scope = "\"principal\": " + ALL + ", \"action\": " + ALL + ", \"resource\": " + ALL;

        same(
                "permit(principal, action, resource) unless { " + json(text) + " };",
                "{\"effect\": \"permit\", " + scope + ", \"conditions\": [{\"kind\": \"unless\", \"body\": "
                        + json(json) + "}]}");
    }

    private static Schema schema(String text) {
        return Schema.of(SchemaParser.parse(text));
    }

    private static final Schema PEOPLE = schema("""
            entity UserGroup;
            entity User in [UserGroup] {
                department: String, jobLevel: Long, manager?: User, home_ip?: ipaddr, score?: decimal, hired?: datetime
            };
            action view appliesTo { principal: User, resource: User, context: { sourceIp: ipaddr, authnMfa: Bool } };
            """);

    private static Entity user(String members) {
        return EntitiesJson.entities(
                        json("[{'uid': {'type': 'User', 'id': '12UA45'}, 'parents': [], " + members + "}]"))
                .iterator()
                .next();
    }

    private static final String EXPLICIT = "'attrs': {'department': 'HardwareEngineering', 'jobLevel': 5,"
            + " 'manager': {'__entity': {'type': 'User', 'id': '78EF12'}},"
            + " 'home_ip': {'__extn': {'fn': 'ip', 'arg': '222.222.222.101'}}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'attrs': {'department': 'HardwareEngineering', 'jobLevel': 5, 'manager': {'type': 'User', 'id': '78EF12'},"
                        + " 'home_ip': {'fn': 'ip', 'arg': '222.222.222.101'}}",
                "'attrs': {'department': 'HardwareEngineering', 'jobLevel': 5, 'manager': {'type': 'User', 'id': '78EF12'},"
                        + " 'home_ip': '222.222.222.101'}",
                EXPLICIT
            })
    void entities_bySchema_areThoseWithEscapes(String members) {
        String text = json("[{'uid': {'type': 'User', 'id': '12UA45'}, 'parents': [], " + members + "}]");

        assertThat(new SchemaGuidedJson(PEOPLE).entities(text).all()).contains(user(EXPLICIT));
    }

    @Test
    void entities_referenceWithOrWithoutEscape_isTheSame() {
        String plain = "{'type': 'User', 'id': '12UA45'}";
        String group = "{'type': 'UserGroup', 'id': 'aliceFriends'}";
        String escaped = "{'__entity': " + plain + "}";

        assertThat(EntitiesJson.entities(json("[{'uid': " + plain + ", 'attrs': {}, 'parents': [" + group + "]}]")))
                .isEqualTo(EntitiesJson.entities(
                        json("[{'uid': " + escaped + ", 'attrs': {}, 'parents': [{'__entity': " + group + "}]}]")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "[{'uid': {'type': 'User ', 'id': 'a'}, 'attrs': {}, 'parents': []}]",
                "[{'uid': {'type': 'User', 'id': 'a'}, 'parents': [], 'attrs': {'a': {'__extn': {'fn': 'ip ', 'arg': '::1'}}}}]"
            })
    void entities_nameThatIsNotNormalised_isRefused(String text) {
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> EntitiesJson.entities(json(text)));
    }

    @Test
    void entities_tagsWhereTheSchemaHasNone_areRefused() {
        String text =
                json("[{'uid': {'type': 'User', 'id': 'a'}, 'parents': [], 'attrs': {'department': 'x', 'jobLevel': 1},"
                        + " 'tags': {'a': 'b'}}]");

        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> new SchemaGuidedJson(PEOPLE).entities(text));
    }

    @Test
    void context_bySchema_isThatWithEscapes() {
        assertThat(new SchemaGuidedJson(PEOPLE)
                        .context(json("{'sourceIp': '10.0.1.101', 'authnMfa': true}"), EntityUid.of("Action", "view")))
                .isEqualTo(EntitiesJson.context(
                        json("{'sourceIp': {'__extn': {'fn': 'ip', 'arg': '10.0.1.101'}}, 'authnMfa': true}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "entity A; entity User in [A]; # entity A; entity User in A;",
                "entity User { a: Long }; # entity User = { a: Long };",
                "entity User; # entity User {};",
                "entity A, B, C { a: Long }; # entity A { a: Long }; entity B { a: Long }; entity C { a: Long };",
                "entity A; action a appliesTo { principal: A, resource: A };"
                        + " # entity A; action a appliesTo { principal: [A], resource: [A], context: {} };",
                "entity A; action 'a b'; action c in ['a b']; # entity A; action 'a b'; action c in 'a b';",
                "entity A { ip: ipaddr, n: Long, s: String, b: Bool };"
                        + " # entity A { ip: __cedar::ipaddr, n: __cedar::Long, s: __cedar::String, b: __cedar::Bool };",
                "type name = String; entity User { first: name }; # entity User { first: String };",
                "type Person = { age: Long, name: Name }; type Name = String; entity E { person: Person };"
                        + " # entity E { person: { age: Long, name: String } };",
                "namespace Demo { entity Host { ip: ipaddr, bandwidth: decimal }; entity String { groups: Set<__cedar::String> };"
                        + " type ipaddr = { repr: String, isV4: Bool }; }"
                        + " # namespace Demo { entity Host { ip: { repr: Demo::String, isV4: Bool }, bandwidth: decimal };"
                        + " entity String { groups: Set<__cedar::String> }; }",
                "type email_address = { id: String, domain: String }; namespace Demo { entity User { name: id, email:"
                        + " email_address };"
                        + " type id = String; }"
                        + " # namespace Demo { entity User { name: String, email: { id: String, domain: String } }; }"
            })
    void schema_notationsOfTheSame_areThat(String one, String other) {
        assertThat(schema(json(one))).isEqualTo(schema(json(other)));
    }

    private static final String READERS =
            "namespace N { entity User, Photo, Account; action read; action viewPhoto in read appliesTo"
                    + " { principal: User, resource: Photo }; action listAlbums in read appliesTo { principal: User, resource: Account }; }";
    private static final String ENTITIES = "{'': {'actions': {}, 'entityTypes': ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "entity User { name: String, age: Long };"
                        + ""
                        + " # {'User': {'shape': {'type': 'Record', 'attributes': {'name': {'type': 'String'}, 'age': {'type': 'Long'}}}}}",
                "entity UserGroup; entity User in [UserGroup]; # {'UserGroup': {}, 'User': {'memberOfTypes': ['UserGroup']}}",
                "entity User; # {'User': {'memberOfTypes': [], 'shape': {'type': 'Record', 'attributes': {}}}}",
                "entity User { jobLevel?: Long };"
                        + " # {'User': {'shape': {'type': 'Record', 'attributes': {'jobLevel': {'type': 'Long', 'required': false}}}}}",
                "entity User { jobLevel: Long };"
                        + " # {'User': {'shape': {'type': 'Record', 'attributes': {'jobLevel': {'type': 'Long', 'required': true}}}}}",
                "entity User { features: { age: Long, eyecolor: String } };"
                        + " # {'User': {'shape': {'type': 'Record', 'attributes': {'features': {"
                        + "'type': 'Record', 'attributes': {'age': {'type': 'Long'}, 'eyecolor': {'type': 'String'}}}}}}}",
                "entity User; entity Document { Owner: User };"
                        + " # {'User': {}, 'Document': {'shape': {'type': 'Record', 'attributes': {"
                        + "'Owner': {'type': 'Entity', 'name': 'User'}}}}}",
                "entity User; entity Document { Owner: User };"
                        + " # {'User': {}, 'Document': {'shape': {'type': 'Record', 'attributes': {"
                        + "'Owner': {'type': 'EntityOrCommon', 'name': 'User'}}}}}",
                "entity User; entity Group { Admins: Set<User> };"
                        + " # {'User': {}, 'Group': {'shape': {'type': 'Record', 'attributes': {"
                        + "'Admins': {'type': 'Set', 'element': {'type': 'Entity', 'name': 'User'}}}}}}",
                "entity Network { gateway: ipaddr }; # {'Network': {'shape': {'type': 'Record', 'attributes': {"
                        + "'gateway': {'type': 'Extension', 'name': 'ipaddr'}}}}}",
                "entity Event { at: datetime }; # {'Event': {'shape': {'type': 'Record', 'attributes': {"
                        + "'at': {'type': 'Extension', 'name': 'datetime'}}}}}",
                "entity User { jobLevel: Long } tags Set<String>;"
                        + " # {'User': {'shape': {'type': 'Record', 'attributes': {'jobLevel': {'type': 'Long'}}},"
                        + " 'tags': {'type': 'Set', 'element': {'type': 'String'}}}}"
            })
    void schema_entityTypeInJson_isThatInText(String text, String json) {
        assertThat(Schema.of(SchemaJson.read(json(ENTITIES + json + "}}")))).isEqualTo(schema(json(text)));
    }

    @Test
    void schema_groupOfActionsInJson_isThatInText() {
        String json = json("""
                {'N': {'entityTypes': {'User': {}, 'Photo': {}, 'Account': {}}, 'actions': {
                  'read': {'appliesTo': {'principalTypes': [], 'resourceTypes': []}},
                  'viewPhoto': {'memberOf': [{'id': 'read'}], 'appliesTo': {'principalTypes': ['User'], 'resourceTypes': ['Photo']}},
                  'listAlbums': {'memberOf': [{'id': 'read', 'type': 'N::Action'}],
                    'appliesTo': {'principalTypes': ['User'], 'resourceTypes': ['Account']}}}}}""");

        assertThat(Schema.of(SchemaJson.read(json))).isEqualTo(schema(READERS));
    }

    @Test
    void schema_photoFlash_isTheSameInBothNotations() {
        String json = json("""
                {'PhotoFlash': {
                  'entityTypes': {
                    'User': {'memberOfTypes': ['UserGroup'], 'shape': {'type': 'Record', 'attributes': {
                      'department': {'type': 'String'}, 'jobLevel': {'type': 'Long'}}}},
                    'UserGroup': {},
                    'Photo': {'memberOfTypes': ['Album'], 'shape': {'type': 'Record', 'attributes': {
                      'private': {'type': 'Boolean'}, 'account': {'type': 'Entity', 'name': 'Account'}}}},
                    'Album': {'memberOfTypes': ['Album'], 'shape': {'type': 'Record', 'attributes': {
                      'private': {'type': 'Boolean'}, 'account': {'type': 'Entity', 'name': 'Account'}}}},
                    'Account': {'memberOfTypes': [], 'shape': {'type': 'Record', 'attributes': {
                      'owner': {'type': 'Entity', 'name': 'User'},
                      'admins': {'required': false, 'type': 'Set', 'element': {'type': 'Entity', 'name': 'User'}}}}}},
                  'actions': {
                    'viewPhoto': {'appliesTo': {'principalTypes': ['User'], 'resourceTypes': ['Photo'],
                      'context': {'type': 'Record', 'attributes': {'authenticated': {'type': 'Boolean'}}}}},
                    'listAlbums': {'appliesTo': {'principalTypes': ['User'], 'resourceTypes': ['Account'],
                      'context': {'type': 'Record', 'attributes': {'authenticated': {'type': 'Boolean'}}}}},
                    'uploadPhoto': {'appliesTo': {'principalTypes': ['User'], 'resourceTypes': ['Album'],
                      'context': {'type': 'Record', 'attributes': {'authenticated': {'type': 'Boolean'}, 'photo': {'type': 'Record',
                        'attributes': {'file_size': {'type': 'Long'}, 'file_type': {'type': 'String'}}}}}}}}}}""");

        assertThat(Schema.of(SchemaJson.read(json))).isEqualTo(schema("""
                namespace PhotoFlash {
                    entity User in UserGroup = { "department": String, "jobLevel": Long };
                    entity UserGroup;
                    entity Album in Album = { "account": Account, "private": Bool };
                    entity Account = { "admins"?: Set<User>, "owner": User };
                    entity Photo in Album = { "account": Account, "private": Bool };
                    action "uploadPhoto" appliesTo { principal: User, resource: Album,
                        context: { "authenticated": Bool, "photo": { "file_size": Long, "file_type": String } } };
                    action "viewPhoto" appliesTo { principal: User, resource: Photo, context: { "authenticated": Bool } };
                    action "listAlbums" appliesTo { principal: User, resource: Account, context: { "authenticated": Bool } };
                }
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "type A = Set<B>; type B = { 'a': A };",
                "type Person = { name: Name }; type Name = Person;",
                "namespace A { entity B; } namespace A { entity C; }",
                "entity A; entity A;",
                "namespace __cedar { entity A; }",
                "entity A; action a appliesTo { principal: [], resource: A };",
                "entity A; action a appliesTo { principal: A, resource: [] };",
                "entity A; action a appliesTo { principal: A };",
                "entity Table; namespace ExampleCo::Furniture { entity Table; }"
            })
    void schema_thatIsSaidToBeNone_isRefused(String text) {
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> schema(json(text)));
    }
}
