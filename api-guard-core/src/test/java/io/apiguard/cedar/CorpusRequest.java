package io.apiguard.cedar;

import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.json.JsonPlace;
import io.apiguard.cedar.json.JsonTree;
import io.apiguard.cedar.json.ValueReader;
import io.apiguard.cedar.value.RecordValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One request of the official tests, and the answer it must get. */
record CorpusRequest(Map<String, Object> json, CedarRequest request) {

    static CorpusRequest of(Object tree) {
        Map<String, Object> json = JsonTree.object(tree);
        RecordValue context = ValueReader.record(JsonTree.object(json.get("context")), JsonPlace.ROOT);
        return of(json, context);
    }

    static CorpusRequest of(Map<String, Object> json, RecordValue context) {
        return new CorpusRequest(
                json,
                new CedarRequest(
                        ValueReader.uid(json.get("principal"), JsonPlace.ROOT),
                        ValueReader.uid(json.get("action"), JsonPlace.ROOT),
                        ValueReader.uid(json.get("resource"), JsonPlace.ROOT),
                        context));
    }

    /** How often the original test asks this. */
    long times() {
        return json.get("n") instanceof Long n ? n : 1;
    }

    boolean isAllowed() {
        return json.get("decision").equals("allow");
    }

    Set<String> reasons() {
        return ids("reason");
    }

    Set<String> errors() {
        return ids("errors");
    }

    private Set<String> ids(String name) {
        List<Object> ids = JsonTree.array(json.get(name));
        return ids.stream().map(String.class::cast).collect(Collectors.toSet());
    }

    boolean isAnsweredBy(Authorizer authorizer, EntityStore entities) {
        Decision decision = authorizer.decide(request, entities);
        Set<String> failed = decision.errors().stream()
                .map(Decision.PolicyError::policyId)
                .collect(Collectors.toCollection(TreeSet::new));
        return decision.isAllowed() == isAllowed()
                && Set.copyOf(decision.reasons()).equals(reasons())
                && failed.equals(errors());
    }
}
