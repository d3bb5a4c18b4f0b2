package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.entity.OverlayStore;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.partial.ResourceAnswer;
import io.apiguard.cedar.partial.ResourceQuery;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/guides/cedar.md shows is read, compiles, and does what the guide says. */
class CedarGuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/cedar.md");
    private static final Path THIS = Path.of("src/test/java/io/apiguard/cedar/CedarGuideTest.java");

    @Test
    void guide_policies_areRead() throws IOException {
        PolicySet policies = PolicySet.parse(blocks("cedar").get(0));

        assertThat(policies.staticPolicies()).hasSize(3);
        assertThat(policies.templates()).hasSize(1);
    }

    @Test
    void guide_java_isWhatThisTestCompiles() throws IOException {
        String compiled = withoutSpace(Files.readString(THIS));

        assertThat(blocks("java")).hasSize(5).allSatisfy(block -> assertThat(compiled)
                .contains(withoutSpace(block)));
    }

    @Test
    void guide_java_doesWhatTheGuideSays() throws IOException {
        PolicySet policies =
                PolicySet.parse("permit (principal in Group::\"staff\", action, resource) when { resource.open };");
        Authorizer authorizer = Authorizer.of(policies);
        EntityUid alice = EntityUid.of("User", "alice");
        EntityUid report = EntityUid.of("Document", "report");
        Entities entities = Entities.of(
                Entity.of(alice).withParents(EntityUid.of("Group", "staff")),
                Entity.of(report).withAttributes(Map.of("open", BoolValue.TRUE)));
        CedarRequest request = new CedarRequest(alice, EntityUid.of("Action", "view"), report, RecordValue.EMPTY);
        Decision decision = authorizer.decide(request, entities);
        boolean allowed = decision.isAllowed();
        assertThat(allowed).isTrue();

        EntityStore both = OverlayStore.of(entities, List.of(Entity.of(EntityUid.of("Document", "draft"))));
        assertThat(authorizer.decide(request, both).isAllowed()).isTrue();

        String schemaText = blocks("cedarschema").get(0);
        Schema schema = Schema.of(SchemaParser.parse(schemaText));
        List<Finding> findings = Validator.of(schema).validate(policies);
        boolean good = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        assertThat(good).isTrue();

        ResourceAnswer answer = ResourceQuery.of(policies)
                .ask(alice, EntityUid.of("Action", "view"), new EntityType("Document"), RecordValue.EMPTY, entities);
        assertThat(answer).isInstanceOf(ResourceAnswer.Conditional.class);
    }

    @Test
    void guide_json_isRead() {
        List<Entity> fromJson = EntitiesJson.entities("""
                [{"uid": {"type": "User", "id": "bob"},
                  "attrs": {"manager": {"__entity": {"type": "User", "id": "alice"}}, "since": {"__extn": {"fn": "datetime", "arg": "2026-01-31"}}},
                  "parents": [{"type": "Group", "id": "staff"}]}]
                """);
        Entities store = Entities.of(fromJson);
        RecordValue context = EntitiesJson.context(
                "{\"factors\": 2, \"address\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"10.1.2.3\"}}}");

        assertThat(store.size()).isEqualTo(1);
        assertThat(context.attributes()).containsOnlyKeys("factors", "address");
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher matcher =
                Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(Files.readString(GUIDE));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }
}
