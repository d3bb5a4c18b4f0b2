package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.json.JsonPlace;
import io.apiguard.cedar.json.JsonTree;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Conformance;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cedar's fuzzed corpus: decisions, reasons and errors as sets. */
class CedarCorpusTest {

    private final List<String> wrong = new ArrayList<>();
    private long requests;
    private long right;
    private int validations;
    private int validationsRight;
    private int discriminating;
    private int discriminatingRight;

    @Test
    void corpus_everyRequest_isDecidedAsTheReferenceDoes() throws IOException {
        Path folder = CorpusFolder.of("corpus");
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jsonl")).sorted().forEach(this::decideAll);
        }
        System.out.println(
                "cedar corpus: " + right + "/" + requests + " requests, " + validationsRight + "/" + validations
                        + " validations, discriminating "
                        + discriminatingRight + "/" + discriminating);
        assertThat(wrong).isEmpty();
        assertThat(requests).isPositive();
    }

    private void decideAll(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank()).forEach(line -> decide(JsonTree.object(JsonTree.read(line))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void decide(Map<String, Object> test) {
        try {
            PolicySet policies = PolicySet.parse((String) test.get("policies"));
            Entities entities = Entities.of(EntitiesJson.entities(test.get("entities"), JsonPlace.ROOT));
            decide(test, policies, entities);
            validate(test, policies);
        } catch (RuntimeException e) {
            wrong.add(test.get("name") + ": " + e);
        }
    }

    private void validate(Map<String, Object> test, PolicySet policies) {
        Schema schema = Schema.of(SchemaParser.parse((String) test.get("schema")));
        List<Finding> findings = Validator.of(schema).validate(policies);
        boolean valid = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        validations++;
        validationsRight += test.get("shouldValidate").equals(valid) ? 1 : 0;
        if (!test.get("shouldValidate").equals(valid)) {
            wrong.add(test.get("name") + ": should validate: " + test.get("shouldValidate") + ", found " + findings);
        }
        conform(test, schema);
    }

    /** The schema permits the entities and the requests, and they read by it as they read without. */
    private static void conform(Map<String, Object> test, Schema schema) {
        SchemaGuidedJson json = new SchemaGuidedJson(schema);
        Entities entities = json.entities(test.get("entities"), JsonPlace.ROOT);
        assertThat(entities).isEqualTo(Entities.of(EntitiesJson.entities(test.get("entities"), JsonPlace.ROOT)));
        for (Object tree : JsonTree.array(test.get("requests"))) {
            CedarRequest request = CorpusRequest.of(tree).request();
            if (!Boolean.FALSE.equals(JsonTree.object(tree).get("validateRequest"))) {
                new Conformance(schema)
                        .checkRequest(request.principal(), request.action(), request.resource(), request.context());
                assertThat(json.context(JsonTree.object(tree).get("context"), request.action(), JsonPlace.ROOT))
                        .isEqualTo(request.context());
            }
        }
    }

    private void decide(Map<String, Object> test, PolicySet policies, Entities entities) {
        Authorizer authorizer = Authorizer.of(policies);
        boolean baselineFails = false;
        boolean all = true;
        for (Object tree : JsonTree.array(test.get("requests"))) {
            CorpusRequest request = CorpusRequest.of(tree);
            boolean answered = request.isAnsweredBy(authorizer, entities);
            requests += request.times();
            right += answered ? request.times() : 0;
            baselineFails |= !isMetByEffectAlone(policies, request);
            all &= answered;
            if (!answered) {
                wrong.add(test.get("name") + ": " + request.request() + " must be " + request.json());
            }
        }
        discriminating += baselineFails ? 1 : 0;
        discriminatingRight += baselineFails && all ? 1 : 0;
    }

    /** Two thirds of the requests are answered rightly by whoever looks at the first word of the policy only. */
    private static boolean isMetByEffectAlone(PolicySet policies, CorpusRequest request) {
        boolean permits = policies.staticPolicies().values().stream()
                .anyMatch(policy -> policy.policy().effect() == Effect.PERMIT);
        return request.isAllowed() == permits
                && request.errors().isEmpty()
                && request.reasons().equals(policies.staticPolicies().keySet());
    }
}
