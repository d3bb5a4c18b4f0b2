package io.apiguard.extension.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands for Cedar policies. */
class CedarMainTest {

    private static final String SCHEMA = """
            entity User in [Group];
            entity Group;
            entity Doc { owner: User, from: ipaddr };
            action view appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
            """;
    private static final String POLICIES = """
            permit (principal, action == Action::"view", resource)
            when { resource.owner == principal };

            @why("strangers")
            forbid (principal, action, resource)
            unless { context.mfa };
            """;
    private static final String ENTITIES = """
            [{"uid": {"type": "User", "id": "alice"}, "attrs": {}, "parents": []},
             {"uid": {"type": "Doc", "id": "d"}, "parents": [],
              "attrs": {"owner": {"__entity": {"type": "User", "id": "alice"}}, "from": "10.0.0.1"}}]
            """;

    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        write("schema.cedarschema", SCHEMA);
        write("policies.cedar", POLICIES);
        write("entities.json", ENTITIES);
        write("mfa.json", "{\"mfa\": true}");
        write("password.json", "{\"mfa\": false}");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    private String path(String name) {
        return dir.resolve(name).toString();
    }

    private int cedar(String... rest) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("cedar"));
        line.addAll(List.of(rest));
        return Main.run(
                Map.of(),
                () -> Instant.EPOCH,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line.toArray(String[]::new));
    }

    private int ask(String command, String principal, String... rest) {
        List<String> line = new ArrayList<>(List.of(
                command,
                "--policies",
                path("policies.cedar"),
                "--entities",
                path("entities.json"),
                "--principal",
                principal,
                "--action",
                "Action::\"view\"",
                "--resource",
                "Doc::\"d\""));
        line.addAll(List.of(rest));
        return cedar(line.toArray(String[]::new));
    }

    @Test
    void check_validPolicies_isSilent() {
        assertThat(cedar("check", "--schema", path("schema.cedarschema"), path("policies.cedar")))
                .isZero();
        assertThat(cedar("check", path("policies.cedar"))).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void check_policyAgainstTheSchema_isFoundWithItsPlace() throws IOException {
        String wrong =
                write("wrong.cedar", "permit(principal, action, resource)\nwhen { resource.owmer == principal };");

        assertThat(cedar("check", "--schema", path("schema.cedarschema"), path("policies.cedar"), wrong))
                .isEqualTo(Main.FOUND);
        assertThat(out.toString())
                .startsWith(wrong + ":2:8: error in policy0: ")
                .contains("owmer");
    }

    @Test
    void check_noPolicies_isFoundWithItsPlace() throws IOException {
        String wrong = write("wrong.cedar", "permit(principal, action, resource)\nwhen { };");

        assertThat(cedar("check", wrong, path("policies.cedar"))).isEqualTo(Main.FOUND);
        assertThat(out.toString()).startsWith(wrong + ":2:8: expected an expression");
    }

    @Test
    void check_warningsOnly_isDone() throws IOException {
        String never = write("never.cedar", "permit(principal, action, resource) when { false };");

        assertThat(cedar("check", "--schema", path("schema.cedarschema"), never))
                .isZero();
        assertThat(out.toString()).startsWith(never + ":1:1: warning in policy0: ");
    }

    @Test
    void check_schemaOrFileCannotBeRead_isFailure() throws IOException {
        String schema = write("wrong.cedarschema", "entity\n;");

        assertThat(cedar("check", "--schema", schema, path("policies.cedar"))).isEqualTo(Main.FAILED);
        assertThat(err.toString()).contains(schema + ":2:1: ");
        assertThat(cedar("check", path("none.cedar"))).isEqualTo(Main.FAILED);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void format_default_printsAndChangesNothing() throws IOException {
        String file = write("ugly.cedar", "permit(principal,action,resource);// all");

        assertThat(cedar("format", file)).isZero();
        assertThat(out.toString()).isEqualTo("permit (principal, action, resource); // all\n");
        assertThat(Path.of(file)).hasContent("permit(principal,action,resource);// all");
    }

    @Test
    void format_checkAndWrite_tellAndChange() throws IOException {
        String file = write("ugly.cedar", "permit(principal,action,resource);");

        assertThat(cedar("format", "--check", file, path("policies.cedar"))).isEqualTo(Main.FOUND);
        assertThat(out.toString()).isEqualTo(file + System.lineSeparator());
        assertThat(cedar("format", "--write", file, path("policies.cedar"))).isZero();
        assertThat(out.toString()).isEqualTo(file + System.lineSeparator());
        assertThat(cedar("format", "--check", file, path("policies.cedar"))).isZero();
        assertThat(Path.of(file)).content().isEqualTo("permit (principal, action, resource);\n");
    }

    @Test
    void format_noPolicies_isFailure() throws IOException {
        String file = write("wrong.cedar", "permit");

        assertThat(cedar("format", "--write", file)).isEqualTo(Main.FAILED);
        assertThat(err.toString()).contains(file + ":1:7: ");
        assertThat(Path.of(file)).hasContent("permit");
    }

    @Test
    void decide_allowed_printsTheReason() {
        assertThat(ask("decide", "User::\"alice\"", "--context", path("mfa.json")))
                .isZero();
        assertThat(out.toString().lines()).containsExactly("ALLOW", "reason: policy0");
    }

    @Test
    void decide_forbiddenOrFailed_isDenied() {
        assertThat(ask("decide", "User::\"alice\"", "--context", path("password.json")))
                .isEqualTo(Main.DENIED);
        assertThat(out.toString().lines()).containsExactly("DENY", "reason: policy1");
        assertThat(ask("decide", "User::\"bob\"")).isEqualTo(Main.DENIED);
        assertThat(out.toString().lines()).first().isEqualTo("DENY");
        assertThat(out.toString()).contains("error: policy1: ATTRIBUTE_MISSING: ");
    }

    @Test
    void decide_bySchema_readsByItAndHoldsTheRequestToIt() {
        String[] schema = {"--schema", path("schema.cedarschema"), "--context", path("mfa.json")};

        assertThat(ask("decide", "User::\"alice\"", schema)).isZero();
        assertThat(ask("decide", "Group::\"staff\"", schema)).isEqualTo(Main.FAILED);
        assertThat(ask("decide", "User::\"alice\"", "--schema", path("schema.cedarschema")))
                .isEqualTo(Main.FAILED);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void explain_forbidden_namesPolicyAnnotationAndPart() {
        assertThat(ask("explain", "User::\"bob\"", "--context", path("password.json")))
                .isEqualTo(Main.DENIED);
        assertThat(out.toString())
                .startsWith("DENY")
                .contains("policy1 (forbid at line 4, column 1) applies")
                .contains("@why(\"strangers\")")
                .contains("line 2, column 8: when resource.owner == principal is false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide", "explain"})
    void ask_anyOutcome_hasACodeOfItsOwn(String command) throws IOException {
        String alice = "User::\"alice\"";

        assertThat(ask(command, alice, "--context", path("mfa.json"))).isEqualTo(0);
        assertThat(ask(command, alice, "--context", path("password.json"))).isEqualTo(2);
        assertThat(ask(command, "alice")).as("no entity").isEqualTo(1);
        assertThat(ask(command, alice, "--colour")).as("no such option").isEqualTo(1);
        assertThat(ask(command, alice, "--context")).as("no value").isEqualTo(1);
        assertThat(cedar(command, "--policies", path("policies.cedar")))
                .as("options are missing")
                .isEqualTo(1);
        assertThat(ask(command, alice, "--context", path("none.json")))
                .as("no such file")
                .isEqualTo(1);
        assertThat(ask(command, alice, "--context", write("broken.json", "{")))
                .as("no JSON")
                .isEqualTo(1);
        assertThat(ask(command, alice, "--schema", path("schema.cedarschema")))
                .as("not as the schema demands")
                .isEqualTo(1);
        write("policies.cedar", "permit(principal, action, resource)");
        assertThat(ask(command, alice)).as("no policies").isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("policies.cedar:1:36: ");
        assertThat(cedar(command, "--help")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "format", "test"})
    void check_anyOutcome_hasACodeOfItsOwn(String command) throws IOException {
        String wrong = command.equals("test")
                ? test("allow", "")
                : write("wrong.cedar", "permit(principal,action,resource)when{1<true};");
        String[] options = {"check", "--schema=" + path("schema.cedarschema"), "format", "--check", "test", ""};
        List<String> line =
                new ArrayList<>(List.of(command, options[List.of(options).indexOf(command) + 1], wrong));
        line.remove("");

        assertThat(cedar(line.toArray(String[]::new))).isEqualTo(3);
        assertThat(out.toString()).isNotEmpty();
        assertThat(cedar(command)).as("no file").isEqualTo(1);
        assertThat(cedar(command, "--colour", wrong)).as("no such option").isEqualTo(1);
        assertThat(cedar(command, path("none"))).as("no such file").isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(cedar(command, "--help")).isZero();
    }

    @Test
    void line_wrong_isFailureAndNoAnswer() {
        assertThat(cedar()).isEqualTo(Main.FAILED);
        assertThat(cedar("check")).isEqualTo(Main.FAILED);
        assertThat(cedar("format", "--check", "--write", path("policies.cedar")))
                .isEqualTo(Main.FAILED);
        assertThat(cedar("format", "--width", "0", path("policies.cedar"))).isEqualTo(Main.FAILED);
        assertThat(ask("decide", "alice")).isEqualTo(Main.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotEmpty();
    }

    private String test(String decision, String reason) throws IOException {
        Files.createDirectories(dir.resolve("tests/view"));
        return write("tests/view/test.json", """
                {"policies": "policies.cedar", "entities": "entities.json", "schema": "schema.cedarschema", "shouldValidate": true,
                 "requests": [
                  {"description": "own", "principal": {"type": "User", "id": "alice"}, "action": {"type": "Action", "id": "view"},
                   "resource": {"type": "Doc", "id": "d"}, "context": {"mfa": true},
                   "decision": "allow", "reason": ["policy0"], "errors": []},
                  {"description": "other", "principal": {"type": "User", "id": "bob"}, "action": {"type": "Action", "id": "view"},
                   "resource": {"type": "Doc", "id": "d"}, "context": {"mfa": true},
                   "decision": "%s", "reason": [%s], "errors": []}]}
                """.formatted(decision, reason));
    }

    @Test
    void test_asDecided_countsAll() throws IOException {
        assertThat(cedar("test", test("deny", ""))).isZero();
        assertThat(out.toString().lines()).containsExactly("2/2");
    }

    @Test
    void test_otherDecisionOrReason_isADifference() throws IOException {
        String file = test("allow", "\"policy1\"");

        assertThat(cedar("test", file)).isEqualTo(Main.FOUND);
        assertThat(out.toString().lines())
                .containsExactly(
                        file + ": $.requests[1] (other): expected allow, found deny",
                        file + ": $.requests[1] (other): reason: expected [policy1], found []",
                        "1/2");
    }

    @Test
    void test_fileThatIsNoTest_isFailure() throws IOException {
        assertThat(cedar("test", path("entities.json"))).isEqualTo(Main.FAILED);
        assertThat(cedar("test", write("t.json", "{\"policies\": \"none.cedar\"}")))
                .isEqualTo(Main.FAILED);
        assertThat(err.toString()).contains("none.cedar");
    }

    @Test
    void test_officialTests_areAllMet() throws IOException {
        Path folder = Path.of(System.getProperty("apiguard.conformance", "../../../shared/conformance"))
                .resolve("cedar/tests");
        assumeTrue(Files.isDirectory(folder), () -> "skipped: no conformance data at " + folder.toAbsolutePath());
        List<String> line = new ArrayList<>(List.of("test"));
        try (Stream<Path> files = Files.walk(folder)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".json"))
                    .sorted()
                    .forEach(line::add);
        }

        assertThat(cedar(line.toArray(String[]::new))).as(out.toString()).isZero();
        String counts = out.toString().strip();
        assertThat(counts).matches("(\\d+)/\\1");
        System.out.println("cedar tests by command line: " + counts);
    }
}
