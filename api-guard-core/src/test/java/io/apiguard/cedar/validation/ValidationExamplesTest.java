package io.apiguard.cedar.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples by which the Cedar Policy Language Reference explains what validates, with the verdicts it states: 186 of the page on
 * operators, 32 of that on data types, 19 of that on validation, and 16 of RFC 62, RFC 82 and of what the documentation says otherwise.
 *
 * <p>Left out: {@code "127.0.0.1".ip()}, which is none of the language and hence validates nowhere, and {@code (false && 3) == 3}, of which
 * no verdict is stated. Of three errors in one condition the first is found, where the page on validation tells of each. What the page on
 * levels states is in {@link LevelsTest}.
 */
class ValidationExamplesTest {

    private static final Schema SCHEMA = Schema.of(SchemaParser.parse("""
            entity Group in [Group];
            entity User in [Group] {
                age: Long, contactInfo?: { email: String, address?: { street?: String, zip?: String, country: String } }
            } tags Set<String>;
            entity Admin;
            entity Photo { owner: User, tag: String, value: Long };
            entity Doc { tag: String, value: Long };
            action viewPhoto appliesTo {
                principal: User, resource: [Photo, Doc],
                context: {
                    role: Set<String>, addr?: { street: String, country?: String }, device_properties: { os: String, version: Long },
                    budget: Long, time: String, num: String, dur: String, source: String
                }
            };
            """));

    private static final String[][] OPERATORS = {
        // decimal() and ip()
        {"decimal(\"1.0\")", "valid"},
        {"decimal(\"-1.0\")", "valid"},
        {"decimal(\"123.456\")", "valid"},
        {"decimal(\"0.1234\")", "valid"},
        {"decimal(\"-0.0123\")", "valid"},
        {"decimal(\"55.1\")", "valid"},
        {"decimal(\"00.000\")", "valid"},
        {"decimal(\"1234\")", "invalid"},
        {"decimal(\"1.0.\")", "invalid"},
        {"decimal(\"1.\")", "invalid"},
        {"decimal(\".1\")", "invalid"},
        {"decimal(\"1.a\")", "invalid"},
        {"decimal(\"-.\")", "invalid"},
        {"decimal(\"1000000000000000.0\")", "invalid"},
        {"decimal(\"922337203685477.5808\")", "invalid"},
        {"decimal(\"0.12345\")", "invalid"},
        {"decimal(\"0.00000\")", "invalid"},
        {"decimal(if true then \"1.1\" else \"2.1\")", "invalid"},
        {"ip(\"127.0.0.1\")", "valid"},
        {"ip(\"::1\")", "valid"},
        {"ip(\"127.0.0.1/24\")", "valid"},
        {"ip(\"ffee::/64\")", "valid"},
        {"ip(\"ff00::2\")", "valid"},
        {"ip(\"::2\")", "valid"},
        {"ip(\"380.0.0.1\")", "invalid"},
        {"ip(\"ab.ab.ab.ab\")", "invalid"},
        {"ip(\"127.0.0.1/8/24\")", "invalid"},
        {"ip(\"fee::/64::1\")", "invalid"},
        {"ip(\"fzz::1\")", "invalid"},
        {"ip([127, 0, 0, 1])", "invalid"},
        {"ip(if true then \"1.1.1.1/24\" else \"2.1.1.1/32\")", "invalid"},
        {"ip(\"127.0.0.1\") == ip(\"127.0.0.1\")", "valid"},
        {"ip(\"192.168.0.1\") == ip(\"8.8.8.8\")", "valid"},
        {"ip(\"192.168.0.1/24\") == ip(\"8.8.8.8/8\")", "valid"},
        {"ip(\"192.168.0.1/24\") == ip(\"192.168.0.8/24\")", "valid"},
        {"ip(\"127.0.0.1\") == ip(\"::1\")", "valid"},
        {"ip(\"127.0.0.1\") == ip(\"192.168.0.1/24\")", "valid"},
        {"ip(\"127.0.0.1\") == \"127.0.0.1\"", "invalid"},
        {"ip(\"::1\") == 1", "invalid"},
        // ==, !=
        {"1 == 1", "valid"},
        {"\"something\" == \"something\"", "valid"},
        {"\"Something\" == \"something\"", "valid"},
        {"[1, -33, 707] == [1, -33]", "valid"},
        {"[1, 2, 40] == [1, 2, 40]", "valid"},
        {"[1, 2, 40] == [1, 40, 2]", "valid"},
        {"[1, -2, 40] == [1, 40]", "valid"},
        {"[1, 1, 1, 2, 40] == [40, 1, 2]", "valid"},
        {"[1, 1, 2, 1, 40, 2, 1, 2, 40, 1] == [1, 40, 1, 2]", "valid"},
        {"true == true", "valid"},
        {"context.device_properties == {\"os\": \"Windows\", \"version\": 11}", "valid"},
        {"User::\"alice\" == User::\"alice\"", "valid"},
        {"User::\"alice\" == User::\"bob\"", "valid"},
        {"User::\"alice\" == Admin::\"alice\"", "valid"},
        {"resource.tag != \"public\"", "valid"},
        // <, <=, >, >= and their like for decimals
        {"3 < 303", "valid"},
        {"principal.age < 22", "valid"},
        {"3 < \"3\"", "invalid"},
        {"false < true", "invalid"},
        {"\"\" < \"zzz\"", "invalid"},
        {"[1, 2] < [47, 0]", "invalid"},
        {"3 <= 303", "valid"},
        {"principal.age <= 21", "valid"},
        {"3 <= \"3\"", "invalid"},
        {"false <= true", "invalid"},
        {"\"\" <= \"zzz\"", "invalid"},
        {"[1, 2] <= [47, 0]", "invalid"},
        {"3 > 303", "valid"},
        {"principal.age > 22", "valid"},
        {"3 > \"3\"", "invalid"},
        {"false > true", "invalid"},
        {"\"some\" > \"thing\"", "invalid"},
        {"3 >= 303", "valid"},
        {"principal.age >= 21", "valid"},
        {"3 >= \"3\"", "invalid"},
        {"false >= true", "invalid"},
        {"\"some\" >= \"thing\"", "invalid"},
        {"decimal(\"1.23\").lessThan(decimal(\"1.24\"))", "valid"},
        {"decimal(\"1.23\").lessThan(decimal(\"1.23\"))", "valid"},
        {"decimal(\"123.45\").lessThan(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").lessThan(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").lessThan(decimal(\"-1.24\"))", "valid"},
        {"decimal(\"1.1\").lessThan(2)", "invalid"},
        {"ip(\"1.1.2.3\").lessThan(decimal(\"1.2\"))", "invalid"},
        {"decimal(\"1.23\").lessThanOrEqual(decimal(\"1.24\"))", "valid"},
        {"decimal(\"1.23\").lessThanOrEqual(decimal(\"1.23\"))", "valid"},
        {"decimal(\"123.45\").lessThanOrEqual(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").lessThanOrEqual(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").lessThanOrEqual(decimal(\"-1.24\"))", "valid"},
        {"decimal(\"1.1\").lessThanOrEqual(2)", "invalid"},
        {"ip(\"1.1.2.3\").lessThanOrEqual(decimal(\"1.2\"))", "invalid"},
        {"decimal(\"1.23\").greaterThan(decimal(\"1.24\"))", "valid"},
        {"decimal(\"1.23\").greaterThan(decimal(\"1.23\"))", "valid"},
        {"decimal(\"123.45\").greaterThan(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").greaterThan(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").greaterThan(decimal(\"-1.24\"))", "valid"},
        {"decimal(\"1.1\").greaterThan(2)", "invalid"},
        {"ip(\"1.1.2.3\").greaterThan(decimal(\"1.2\"))", "invalid"},
        {"decimal(\"1.23\").greaterThanOrEqual(decimal(\"1.24\"))", "valid"},
        {"decimal(\"1.23\").greaterThanOrEqual(decimal(\"1.23\"))", "valid"},
        {"decimal(\"123.45\").greaterThanOrEqual(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").greaterThanOrEqual(decimal(\"1.23\"))", "valid"},
        {"decimal(\"-1.23\").greaterThanOrEqual(decimal(\"-1.24\"))", "valid"},
        // &&, ||, if
        {"3 && false", "invalid"},
        {"false && 3", "valid"},
        {"(User::\"alice\" == Action::\"viewPhoto\") && 3", "valid"},
        {"true && 3", "invalid"},
        {"3 || true", "invalid"},
        {"true || 3", "valid"},
        {"false || 3", "invalid"},
        {"if 1 == 1 then \"ok\" else \"wrong\"", "valid"},
        {"if 1 then \"wrong\" else \"wrong\"", "invalid"},
        {"if false then (1 && \"hello\") else \"ok\"", "valid"},
        {"if true then (1 && \"hello\") else \"ok\"", "invalid"},
        // +, -, *
        {"11 + 0", "valid"},
        {"-1 + 1", "valid"},
        {"9223372036854775807 + 1", "valid"},
        {"7 + \"3\"", "invalid"},
        {"\"lamp\" + \"la\"", "invalid"},
        {"-3", "valid"},
        {"44 - 31", "valid"},
        {"5 - (-3)", "valid"},
        {"-9223372036854775807 - 2 + 3", "valid"},
        {"7 - \"3\"", "invalid"},
        {"10 * 20", "valid"},
        {"resource.value * 10", "valid"},
        {"2 * context.budget > 100", "valid"},
        {"9223372036854775807 * 2", "valid"},
        {"5 * (-3)", "valid"},
        {"5 * 0", "valid"},
        {"\"5\" * 0", "invalid"},
        // in
        {"principal in User::\"bob\"", "valid"},
        {"principal in Group::\"janefriends\"", "valid"},
        {"Group::\"janefriends\" in Group::\"all\"", "valid"},
        {"Group::\"all\" in User::\"bob\"", "valid"},
        {"1 in Group::\"janefriends\"", "invalid"},
        {"User::\"bob\" in [Group::\"janefriends\", Group::\"joefriends\"]", "valid"},
        {"User::\"bob\" in [Group::\"janefriends\", 1]", "invalid"},
        {"User::\"alice\" in [User::\"alice\", Group::\"jane_friends\"]", "invalid"},
        {"\"some\" in [\"some\", \"thing\"]", "invalid"},
        {"\"os\" in {\"os\": \"Windows\"}", "invalid"},
        // has: an optional attribute is Boolean, one that is always there True, one that is unknown False
        {"context has role && 3", "invalid"},
        {"context has addr && 3", "invalid"},
        {"context has addr || 3", "invalid"},
        {"context has role || 3", "valid"},
        {"context has tag && 3", "valid"},
        {"context.role has admin", "invalid"},
        {"context has addr && context.addr has country", "valid"},
        {"context.addr.street == \"main\"", "invalid"},
        // is: True or False
        {"principal is User", "valid"},
        {"principal is User || 3", "valid"},
        {"principal is Admin && 3", "valid"},
        {"principal is User && 3", "invalid"},
        {"principal is Nobody", "invalid"},
        {"resource is Photo && resource.owner == principal", "valid"},
        {"resource.owner == principal", "invalid"},
        {"\"alice\" is String", "invalid"},
        // contains, containsAll, containsAny
        {"[1, 2, 3].contains(1)", "valid"},
        {"[1, \"something\", 2].contains(1)", "invalid"},
        {"[1, \"something\", 2].contains(\"Something\")", "invalid"},
        {"[\"some\", \"useful\", \"tags\"].contains(\"useful\")", "valid"},
        {"[].contains(100)", "invalid"},
        {"context.role.contains(\"admin\")", "valid"},
        {"[User::\"alice\"].contains(principal)", "valid"},
        {"\"ham and ham\".contains(\"ham\")", "invalid"},
        {"[1, -22, 34].containsAll([-22, 1])", "valid"},
        {"[1, -22, 34].containsAll([-22])", "valid"},
        {"[43, 34].containsAll([34, 43])", "valid"},
        {"[1, -2, 34].containsAll([1, -22])", "valid"},
        {"[1, 34].containsAll([1, 101, 34])", "valid"},
        {"[false, 3, [47, 0], \"some\"].containsAll([3, \"some\"])", "invalid"},
        {"[false, 3, [47, 0], {\"2\": \"ham\"}].containsAll([3, {\"2\": \"ham\"}])", "invalid"},
        {"[2, 43].containsAll([])", "invalid"},
        {"[].containsAll([2, 43])", "invalid"},
        {"[false, 3, [47, 0], \"thing\"].containsAll(\"thing\")", "invalid"},
        {"\"ham and eggs\".containsAll(\"ham\")", "invalid"},
        {"{\"2\": \"ham\", \"3\": \"eggs\"}.containsAll({\"2\": \"ham\"})", "invalid"},
        {"[1, -22, 34].containsAny([1, -22])", "valid"},
        {"[1, -22].containsAny([1, -22, 34])", "valid"},
        {"[-22].containsAny([1, -22, 34])", "valid"},
        {"[1, 101].containsAny([1, -22, 34])", "valid"},
        {"[1, 101].containsAny([-22, 34])", "valid"},
        {"[\"alice\", \"bob\", \"charlie\"].containsAny([\"david\", \"bob\", \"juan\"])", "valid"},
        {"[].containsAny([\"bob\"])", "invalid"},
        {"[\"bob\"].containsAny([])", "invalid"},
        {"\"ham\".containsAny(\"ham and eggs\")", "invalid"},
        {"{\"2\": \"ham\"}.containsAny({\"2\": \"ham\", \"3\": \"eggs\"})", "invalid"},
    };

    private static final String[][] DATA_TYPES = {
        // data types: literals of sets
        {"[2, 4, \"hello\"]", "invalid"},
        {"[-1]", "valid"},
        {"[]", "invalid"},
        {"[3 < 5, [\"nested\", \"set\"], true]", "invalid"},
        // data types: constructors
        {"datetime(context.time)", "invalid"},
        {"datetime(if context.time like \"20*-*-*\" then context.time else \"2000-01-01\")", "invalid"},
        {"decimal(context.num)", "invalid"},
        {"decimal(if true then \"100.01\" else \"1.01\")", "invalid"},
        {"duration(context.dur)", "invalid"},
        {"duration(if context.dur like \"*h*s\" then context.dur else \"1h\")", "invalid"},
        {"ip(context.source)", "invalid"},
        {"ip(if context.source like \"145.*\" then context.source else \"127.0.0.1\")", "invalid"},
        {"datetime(\"2024-13-15\")", "invalid"},
        {"decimal(\"922337203685477.5808\")", "invalid"},
        {"duration(\"9223372036854775808ms\")", "invalid"},
        {"ip(\"380.0.0.1\")", "invalid"},
        {"datetime(\"2024-10-15\")", "valid"},
        {"datetime(\"2024-10-15T11:35:00Z\")", "valid"},
        {"datetime(\"2024-10-15T11:35:00.000Z\")", "valid"},
        {"datetime(\"2024-10-15T11:35:00+0100\")", "valid"},
        {"datetime(\"2024-10-15T11:35:00.000+0100\")", "valid"},
        {"datetime(\"0000-01-01T00:00:00+2359\")", "valid"},
        {"datetime(\"9999-12-31T23:59:59-2359\")", "valid"},
        {"decimal(\"12345.1234\")", "valid"},
        {"duration(\"2h30m\")", "valid"},
        {"duration(\"-1d12h\")", "valid"},
        {"duration(\"1h30m45s\")", "valid"},
        {"duration(\"-9223372036854775808ms\")", "valid"},
        {"duration(\"9223372036854775807ms\")", "valid"},
        {"ip(\"192.168.1.100\")", "valid"},
        {"ip(\"10.50.0.0/24\")", "valid"},
        {"ip(\"1:2:3:4::/48\")", "valid"},
    };

    private static final String[][] OTHERS = {
        // RFC 82: tags are as optional attributes; hasTag is False where there are none
        {"principal.hasTag(\"write\") && resource.tag == \"x\" && principal.getTag(\"write\").contains(\"a\")", "valid"
        },
        {"principal.getTag(\"write\").contains(\"a\")", "invalid"},
        {"principal.hasTag(\"read\") && principal.getTag(\"write\").contains(\"a\")", "invalid"},
        {"User::\"bob\".hasTag(\"a\") || true", "valid"},
        {"Group::\"g\".hasTag(\"a\") && 3", "valid"},
        {"Group::\"g\".getTag(\"a\") == \"a\"", "invalid"},
        // RFC 62
        {"principal has contactInfo.address.zip && principal.contactInfo.address.zip == \"90210\"", "valid"},
        {
            "principal has contactInfo && principal.contactInfo has address && principal.contactInfo.address has zip"
                    + " && principal.contactInfo.address.zip == \"90210\"",
            "valid"
        },
        {"principal has contactInfo.address && principal.contactInfo.address.zip == \"90210\"", "invalid"},
        {"principal.contactInfo.address.zip == \"90210\"", "invalid"},
        // where the documentation is behind what its implementations do: any two Longs are multiplied (RFC 57)
        {"context.budget * resource.value", "valid"},
        // and two literals are equal or not whatever they are: True or False
        {"5 == \"5\"", "valid"},
        {"\"alice\" == User::\"alice\"", "valid"},
        {"(3 == 4) && 3", "valid"},
        {"(3 == 3) || 3", "valid"},
        {"if 1 == 2 then User::\"foo\" else \"ok\"", "valid"},
    };

    private static final Schema EMPLOYEES = Schema.of(SchemaParser.parse("""
            namespace ExampleCo::Personnel {
                entity Employee { name: String, jobLevel: Long, numberOfLaptops?: Long };
                entity Laptop;
                action remoteAccess appliesTo { principal: Employee, resource: Laptop };
            }
            """));

    private static final Schema FILES = Schema.of(SchemaParser.parse("""
            entity Folder;
            entity File in [Folder];
            entity User { jobLevel: Long, numberOfLaptops?: Long };
            action viewFile appliesTo { principal: User, resource: File };
            """));

    static Stream<Arguments> rows() {
        return Stream.of(OPERATORS, DATA_TYPES, OTHERS).flatMap(Stream::of).map(row -> Arguments.of(row[0], row[1]));
    }

    /** What is compared with itself is valid if it is valid by itself, of whatever type it is. */
    @ParameterizedTest
    @MethodSource("rows")
    void validate_example_hasTheVerdictDocumented(String expression, String verdict) {
        String policy = "permit(principal, action, resource) when { (" + expression + ") == (" + expression + ") };";

        assertThat(errors(SCHEMA, policy).isEmpty() ? "valid" : "invalid").isEqualTo(verdict);
    }

    private static List<Finding> errors(Schema schema, String policy) {
        return Levels.errors(Validator.of(schema).validate(PolicySet.parse(policy)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "permit(principal, action, resource is Filee); # invalid",
                "permit(principal, action == Action::\"viewFiel\", resource); # invalid",
                "permit(principal, action == Action::\"viewFile\", resource is User); # invalid",
                "permit(principal in Folder::\"folder-name\", action, resource); # invalid",
                "permit(principal, action, resource) when { principal.jobbLevel > 1 }; # invalid",
                "permit(principal, action, resource) when { principal.numberOfLaptops > 1 }; # invalid",
                "permit(principal, action, resource) when { principal has numberOfLaptops && principal.numberOfLaptops > 1 };"
                        + " # valid",
                "permit(principal, action, resource) when { principal.jobLevel > \"14\" }; # invalid",
                "permit(principal, action, resource) when { ip(principal.ipAddr).isIpv4() }; # invalid"
            })
    void validate_checkOfThePageOnValidation_finds(String policy, String verdict) {
        assertThat(errors(FILES, policy).isEmpty() ? "valid" : "invalid").isEqualTo(verdict);
    }

    @Test
    void validate_conditionThatIsNeverMet_isAWarning() {
        String policy =
                "permit(principal, action, resource) when { principal has manager && principal.manager == User::\"Ethel\" };";

        assertThat(Validator.of(FILES).validate(PolicySet.parse(policy)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "principal.numberOfLatpops < 5 # 1",
                "principal.name > 3 # 1",
                "principal.jobLevel == \"somethingelse\" # 1",
                "principal.name == \"superuser\" || principal.jobLevel > 8 # 0"
            })
    void validate_employees_hasAsManyErrorsAsDocumented(String condition, int errors) {
        String policy = "permit(principal, action == ExampleCo::Personnel::Action::\"remoteAccess\", resource) when { "
                + condition + " };";

        assertThat(errors(EMPLOYEES, policy)).hasSize(errors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "permit(principal == ExampleCo::Personnel::Employe::\"1\", action, resource);",
                "permit(principal, action == ExampleCo::Personnel::Action::\"RemoteAccess\", resource);",
                "permit(principal, action, resource == ExampleCo::Personnel::Employee::\"1\");",
                "permit(principal, action, resource) when { principal.isAcctive };",
                "permit(principal, action, resource) when { principal.name > 2 };"
            })
    void validate_slipsThatThePageBeginsWith_areFound(String policy) {
        assertThat(errors(EMPLOYEES, policy)).isNotEmpty();
    }
}
