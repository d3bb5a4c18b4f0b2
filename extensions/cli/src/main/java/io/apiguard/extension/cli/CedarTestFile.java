package io.apiguard.extension.cli;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.Decision;
import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.JsonPlace;
import io.apiguard.cedar.json.JsonTree;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.json.ValueReader;
import io.apiguard.cedar.schema.Conformance;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One file of tests in the layout of Cedar's integration tests. */
final class CedarTestFile {

    private final Path file;
    private final Map<String, Object> test;
    private final List<String> differences = new ArrayList<>();
    private int requests;
    private int right;

    private CedarTestFile(Path file, Map<String, Object> test) {
        this.file = file;
        this.test = test;
    }

    static CedarTestFile run(Path file) {
        return CedarFiles.read(file, text -> {
            CedarTestFile test =
                    new CedarTestFile(file, JsonPlace.ROOT.object(JsonTree.read(text), "a test as an object"));
            test.run();
            return test;
        });
    }

    int requests() {
        return requests;
    }

    int right() {
        return right;
    }

    List<String> differences() {
        return differences;
    }

    private void run() {
        Schema schema = test.containsKey("schema") ? CedarFiles.schema(named("schema")) : null;
        PolicySet policies = CedarFiles.policies(named("policies"));
        Entities entities = CedarFiles.entities(named("entities"), schema);
        if (schema != null && test.get("shouldValidate") instanceof Boolean valid) {
            validate(schema, policies, valid);
        }
        Authorizer authorizer = Authorizer.of(policies);
        JsonPlace place = JsonPlace.ROOT.member("requests");
        for (Object request : place.array(JsonPlace.ROOT.demanded(test, "requests"), "an array of requests")) {
            JsonPlace at = place.element(requests++);
            decide(authorizer, entities, schema, at.object(request, "a request as an object"), at);
        }
    }

    /** Returns the file that a member names: in the folder of the test, or in the nearest folder above where it is. */
    private Path named(String member) {
        String name = JsonPlace.ROOT.member(member).text(JsonPlace.ROOT.demanded(test, member), "the name of a file");
        for (Path folder = file.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new InputException(file + ": there is no " + name + " in its folder or above", null);
    }

    private void validate(Schema schema, PolicySet policies, boolean expected) {
        List<Finding> findings = Validator.of(schema).validate(policies);
        boolean valid = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        if (valid != expected) {
            differences.add(file + ": the policies should " + (expected ? "" : "not ") + "be valid: " + findings);
        }
    }

    private void decide(
            Authorizer authorizer,
            Entities entities,
            @Nullable Schema schema,
            Map<String, Object> json,
            JsonPlace place) {
        CedarRequest request = request(schema, json, place);
        List<String> found = new ArrayList<>();
        if (schema != null && !Boolean.FALSE.equals(json.get("validateRequest"))) {
            found.addAll(faults(schema, request));
        }
        found.addAll(differences(json, place, authorizer.decide(request, entities)));
        right += found.isEmpty() ? 1 : 0;
        String description = json.get("description") instanceof String text ? " (" + text + ")" : "";
        found.forEach(difference -> differences.add(file + ": " + place.path() + description + ": " + difference));
    }

    private static CedarRequest request(@Nullable Schema schema, Map<String, Object> json, JsonPlace place) {
        EntityUid action = uid(json, "action", place);
        Object context = json.getOrDefault("context", Map.of());
        JsonPlace at = place.member("context");
        RecordValue record = schema == null
                ? ValueReader.record(at.object(context, "an object"), at)
                : new SchemaGuidedJson(schema).context(context, action, at);
        return new CedarRequest(uid(json, "principal", place), action, uid(json, "resource", place), record);
    }

    private static EntityUid uid(Map<String, Object> json, String member, JsonPlace place) {
        return ValueReader.uid(place.demanded(json, member), place.member(member));
    }

    private static List<String> faults(Schema schema, CedarRequest request) {
        try {
            new Conformance(schema)
                    .checkRequest(request.principal(), request.action(), request.resource(), request.context());
            return List.of();
        } catch (CedarException e) {
            return List.of("the request is not as the schema demands: " + e.getMessage());
        }
    }

    private static List<String> differences(Map<String, Object> json, JsonPlace place, Decision decision) {
        List<String> differences = new ArrayList<>();
        String expected = place.member("decision").text(place.demanded(json, "decision"), "\"allow\" or \"deny\"");
        String found = decision.isAllowed() ? "allow" : "deny";
        if (!expected.equals(found)) {
            differences.add("expected " + expected + ", found " + found);
        }
        compare(differences, "reason", json, place, decision.reasons());
        List<String> failed =
                decision.errors().stream().map(Decision.PolicyError::policyId).toList();
        compare(differences, "errors", json, place, failed);
        return differences;
    }

    private static void compare(
            List<String> differences,
            String member,
            Map<String, Object> json,
            JsonPlace place,
            Collection<String> found) {
        if (!json.containsKey(member)) {
            return;
        }
        JsonPlace at = place.member(member);
        Set<String> expected = new TreeSet<>();
        at.array(place.demanded(json, member), "an array of policy ids")
                .forEach(id -> expected.add(at.text(id, "the id of a policy")));
        if (!expected.equals(new TreeSet<>(found))) {
            differences.add(member + ": expected " + expected + ", found " + new TreeSet<>(found));
        }
    }
}
