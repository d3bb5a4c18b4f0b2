package io.apiguard.cedar;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.eval.Evaluation;
import io.apiguard.cedar.eval.Frame;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.Map;
import java.util.Optional;

/** What expressions come to against a small fixed request: a value, the kind of an error, or {@link #REFUSED}. */
final class Answers {

    /** The text is none of the language. */
    static final String REFUSED = "refused";

    private static final String ERROR = "error ";
    private static final EntityUid PRINCIPAL = EntityUid.of("User", "12345");
    private static final EntityUid FAMILY = EntityUid.of("Group", "jane_family");
    private static final EntityUid FRIENDS = EntityUid.of("Group", "jane_friends");
    private static final EntityUid COWORKERS = EntityUid.of("Group", "jane_coworkers");

    private static final Entities ENTITIES = Entities.of(
            Entity.of(PRINCIPAL)
                    .withAttributes(Map.of("age", new LongValue(21)))
                    .withTags(Map.of("stage", new StringValue("beta")))
                    .withParents(EntityUid.of("Group", "67890")),
            Entity.of(EntityUid.of("User", "jane")),
            Entity.of(EntityUid.of("User", "alice")).withParents(FAMILY, FRIENDS),
            Entity.of(EntityUid.of("User", "bob")).withParents(FRIENDS),
            Entity.of(EntityUid.of("User", "john")).withParents(COWORKERS),
            Entity.of(FAMILY),
            Entity.of(FRIENDS).withParents(EntityUid.of("Group", "all")),
            Entity.of(COWORKERS));

    private static final RecordValue CONTEXT = EntitiesJson.context("""
            {"location": "s3://bucketA/redTeam/some/thing/*", "role": ["admin", "user"],
             "addr": {"street": "main", "city": "DC"}, "owner info": {"name": "Alice", "age": 18},
             "groups": [{"__entity": {"type": "Group", "id": "jane_family"}}, {"__entity": {"type": "Group", "id": "jane_friends"}}],
             "device_properties": {"os": "Windows", "version": 11}, "budget": 500, "limit": 3, "downloaded": 100,
             "foo": "text", "time": "2024-10-15T11:35:00Z", "num": "100.01", "dur": "1h30s", "source": "145.0.0.1"}
            """);

    private Answers() {}

    static Object of(String expression) {
        Expr parsed;
        try {
            parsed = CedarParser.expression(expression);
        } catch (CedarException e) {
            return REFUSED;
        }
        Frame frame =
                new Frame(PRINCIPAL, EntityUid.of("Action", "view"), EntityUid.of("Doc", "missing"), CONTEXT, ENTITIES);
        Optional<Value> value = Evaluation.evaluate(parsed, frame);
        return value.isPresent() ? value.get() : frame.errorKind();
    }

    /** Reads the answer of a row: {@code refused}, {@code error KIND}, or an expression that has the value. */
    static Object expected(String answer) {
        if (answer.equals(REFUSED)) {
            return REFUSED;
        }
        return answer.startsWith(ERROR) ? ErrorKind.valueOf(answer.substring(ERROR.length())) : of(answer);
    }
}
