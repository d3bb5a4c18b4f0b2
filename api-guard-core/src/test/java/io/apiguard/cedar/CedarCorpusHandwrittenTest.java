package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.JsonPlace;
import io.apiguard.cedar.json.JsonTree;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.json.ValueReader;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Conformance;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cedar's hand-written integration tests: their entities and contexts can only be read by their schemas. */
class CedarCorpusHandwrittenTest {

    private final List<String> wrong = new ArrayList<>();
    private int requests;
    private int right;

    @Test
    void tests_everyRequest_isDecidedAsTheReferenceDoes() throws IOException {
        Path folder = CorpusFolder.of("tests");
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            run(folder.getParent(), JsonTree.object(JsonTree.read(Files.readString(file))));
        }
        System.out.println("cedar tests: " + right + "/" + requests);
        assertThat(wrong).isEmpty();
        assertThat(requests).isPositive();
    }

    private void run(Path root, Map<String, Object> test) throws IOException {
        PolicySet policies = PolicySet.parse(Files.readString(root.resolve((String) test.get("policies"))));
        Schema schema = Schema.of(SchemaParser.parse(Files.readString(root.resolve((String) test.get("schema")))));
        SchemaGuidedJson json = new SchemaGuidedJson(schema);
        Entities entities = json.entities(Files.readString(root.resolve((String) test.get("entities"))));
        List<Finding> findings = Validator.of(schema).validate(policies);
        boolean valid = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        if (!test.get("shouldValidate").equals(valid)) {
            wrong.add(test.get("policies") + ": " + findings);
        }
        for (Object request : JsonTree.array(test.get("requests"))) {
            decide(schema, json, Authorizer.of(policies), entities, JsonTree.object(request));
        }
    }

    private void decide(
            Schema schema, SchemaGuidedJson json, Authorizer authorizer, Entities entities, Map<String, Object> test) {
        EntityUid action = ValueReader.uid(test.get("action"), JsonPlace.ROOT);
        RecordValue context = json.context(test.get("context"), action, JsonPlace.ROOT);
        CorpusRequest request = CorpusRequest.of(test, context);
        if (!Boolean.FALSE.equals(test.get("validateRequest"))) {
            CedarRequest asked = request.request();
            new Conformance(schema).checkRequest(asked.principal(), asked.action(), asked.resource(), asked.context());
        }
        requests++;
        if (request.isAnsweredBy(authorizer, entities)) {
            right++;
        } else {
            wrong.add(test.get("description") + ": " + authorizer.decide(request.request(), entities));
        }
    }
}
