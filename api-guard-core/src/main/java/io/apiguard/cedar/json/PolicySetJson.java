package io.apiguard.cedar.json;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policy sets in JSON: static policies, templates and links (Cedar Policy Language Reference, "JSON policy format"). Thread-safe. */
public final class PolicySetJson {

    private PolicySetJson() {}

    /**
     * Reads a policy set.
     *
     * @param json an object with {@code staticPolicies}, {@code templates} and {@code templateLinks}, each of which may be missing
     * @throws CedarException if it is none, an id occurs twice, or a link does not fit its template
     */
    public static PolicySet read(String json) {
        JsonPlace place = JsonPlace.ROOT;
        Map<String, Object> object = place.object(JsonTree.read(json), "a policy set as an object");
        place.checkNames(object, Set.of("staticPolicies", "templates", "templateLinks"));
        PolicySet.Builder policies = PolicySet.EMPTY.toBuilder();
        policies(policies, object.getOrDefault("staticPolicies", Map.of()), place.member("staticPolicies"), false);
        policies(policies, object.getOrDefault("templates", Map.of()), place.member("templates"), true);
        JsonPlace within = place.member("templateLinks");
        List<Object> links = within.array(object.getOrDefault("templateLinks", List.of()), "an array of links");
        for (int i = 0; i < links.size(); i++) {
            link(policies, links.get(i), within.element(i));
        }
        return policies.build();
    }

    private static void policies(PolicySet.Builder policies, Object tree, JsonPlace place, boolean templates) {
        place.object(tree, "policies by id").forEach((id, policy) -> {
            Policy read = PolicyJson.read(policy, place.member(id));
            if (read.isTemplate() != templates) {
                throw place.member(id)
                        .error(templates ? "a template has a slot" : "a policy with a slot is a template");
            }
            add(policies, id, read, place.member(id));
        });
    }

    private static void add(PolicySet.Builder policies, String id, Policy policy, JsonPlace place) {
        try {
            policies.add(id, new ParsedPolicy(policy, Positions.NONE, 0, 0));
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
    }

    private static void link(PolicySet.Builder policies, Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "a link as an object");
        place.checkNames(object, Set.of("templateId", "newId", "values"));
        Map<Slot, EntityUid> values = new EnumMap<>(Slot.class);
        JsonPlace within = place.member("values");
        within.object(place.demanded(object, "values"), "entities by slot")
                .forEach((slot, uid) ->
                        values.put(PolicyJson.slot(slot, within), ValueReader.uid(uid, within.member(slot))));
        String template = place.text(place.demanded(object, "templateId"), "the id of a template");
        String id = place.text(place.demanded(object, "newId"), "the id of the new policy");
        try {
            policies.link(template, id, values);
        } catch (CedarException e) {
            throw place.error(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes a policy set.
     *
     * @param policies any
     * @return an object that {@link #read} reads back as a set of equal policies, templates and links
     * @throws CedarException if a policy would nest too deep, see {@link PolicyJson#write}
     */
    public static String write(PolicySet policies) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("staticPolicies", trees(policies.staticPolicies()));
        tree.put("templates", trees(policies.templates()));
        tree.put(
                "templateLinks",
                policies.links().entrySet().stream()
                        .map(entry -> tree(entry.getKey(), entry.getValue()))
                        .toList());
        return JsonWriter.text(tree);
    }

    private static Map<String, Object> trees(Map<String, ParsedPolicy> policies) {
        Map<String, Object> trees = new LinkedHashMap<>();
        policies.forEach((id, policy) -> trees.put(id, PolicyJson.tree(policy.policy())));
        return trees;
    }

    private static Map<String, Object> tree(String id, PolicySet.Link link) {
        Map<String, Object> values = new LinkedHashMap<>();
        link.values().forEach((slot, uid) -> values.put(slot.text(), ExprJson.uid(uid)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("templateId", link.templateId());
        tree.put("newId", id);
        tree.put("values", values);
        return tree;
    }
}
