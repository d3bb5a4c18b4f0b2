package io.apiguard.cedar;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.LinkValue;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.TemplateLink;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.value.EntityUid;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * The engine in Rust, through cedar-java. The requests go to its native method as JSON: the Java classes before it know neither the
 * explicit form of entities nor calls with several arguments, and cost more than the decision.
 */
final class RustCedar {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Method call;

    RustCedar() {
        new BasicAuthorizationEngine();
        com.cedarpolicy.model.policy.PolicySet.setCacheMaxPolicySets(1_000_000);
        try {
            call = BasicAuthorizationEngine.class.getDeclaredMethod("callCedarJNI", String.class, String.class);
            call.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this is not cedar-java 4.10.0", e);
        }
    }

    /** An answer as both engines give it. */
    record Answer(boolean allowed, Set<String> reasons, Set<String> errors) {}

    /** A policy set that was parsed once, with entities written once. */
    final class Prepared {

        private final com.cedarpolicy.model.policy.PolicySet policies;
        private final String entities;

        private Prepared(PolicySet policies, Collection<Entity> entities) {
            this.policies = cached(policies);
            this.entities = text(JsonTrees.entities(entities));
        }

        Answer decide(CedarRequest request) {
            JsonNode answer = send(
                    "StatefulAuthorizationOperation",
                    "{\"principal\":" + text(JsonTrees.uid(request.principal()))
                            + ",\"action\":" + text(JsonTrees.uid(request.action()))
                            + ",\"resource\":" + text(JsonTrees.uid(request.resource()))
                            + ",\"context\":" + text(JsonTrees.value(request.context()))
                            + ",\"preparsedPolicySetId\":\""
                            + policies.cacheKey().orElseThrow()
                            + "\",\"validateRequest\":false,\"entities\":" + entities + "}");
            return answer(answer.path("response"));
        }

        private static Answer answer(JsonNode response) {
            Set<String> reasons = new TreeSet<>();
            response.path("diagnostics").path("reason").forEach(id -> reasons.add(id.asText()));
            Set<String> errors = new TreeSet<>();
            response.path("diagnostics")
                    .path("errors")
                    .forEach(error -> errors.add(error.path("policyId").asText()));
            return new Answer(response.path("decision").asText().equals("allow"), reasons, errors);
        }
    }

    /** Parses the policies once for many requests. */
    Prepared prepare(PolicySet policies, Collection<Entity> entities) {
        return new Prepared(policies, entities);
    }

    /**
     * Validates policies in the strict mode.
     *
     * @return the errors of those that have any by their ids
     */
    Map<String, String> refused(String schema, PolicySet policies) {
        return refused("ValidateOperation", Map.of("schema", schema), policies);
    }

    /**
     * Validates policies in the strict mode, and how far from a request they look.
     *
     * @return the errors of those that have any by their ids
     */
    Map<String, String> refusedAtLevel(String schema, PolicySet policies, int level) {
        return refused("ValidateWithLevelOperation", Map.of("schema", schema, "maxDerefLevel", level), policies);
    }

    private Map<String, String> refused(String operation, Map<String, Object> members, PolicySet policies) {
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("staticPolicies", texts(policies.staticPolicies()));
        texts.put("templates", texts(policies.templates()));
        texts.put("templateLinks", List.of());
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.put("policies", texts);
        JsonNode answer = send(operation, text(question));
        Map<String, String> errors = new TreeMap<>();
        answer.path("validationErrors")
                .forEach(error -> errors.merge(
                        error.path("policyId").asText(),
                        error.path("error").path("message").asText(),
                        (a, b) -> a + ", " + b));
        return errors;
    }

    /** Returns whether a schema is one. */
    boolean takes(String schema) {
        try {
            refused(schema, PolicySet.EMPTY);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether a schema in JSON is one. */
    boolean takesJson(String schema) {
        try {
            refused("ValidateOperation", Map.of("schema", JSON.readTree(schema)), PolicySet.EMPTY);
            return true;
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return false;
        }
    }

    /** Returns whether a text is a policy or template. */
    boolean parses(String text) {
        return isTaken(() -> Policy.parseStaticPolicy(text)) || isTaken(() -> Policy.parsePolicyTemplate(text));
    }

    private static boolean isTaken(Callable<Policy> parser) {
        try {
            return parser.call() != null;
        } catch (InternalException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException("cedar-java fails", e);
        }
    }

    /** Returns a policy without slots in JSON. */
    String json(String text) {
        try {
            return new Policy(text, "p").toJson();
        } catch (InternalException e) {
            throw new IllegalArgumentException("cedar-java writes no JSON for " + text, e);
        }
    }

    private static Map<String, String> texts(Map<String, ParsedPolicy> policies) {
        Map<String, String> texts = new LinkedHashMap<>();
        policies.forEach((id, policy) -> texts.put(id, policy.policy().toString()));
        return texts;
    }

    private JsonNode send(String operation, String question) {
        try {
            JsonNode answer = JSON.readTree((String) call.invoke(null, operation, question));
            if (!answer.path("type").asText().equals("success")) {
                throw new IllegalArgumentException("cedar-java answers " + answer + " to " + question);
            }
            return answer;
        } catch (ReflectiveOperationException | JsonProcessingException e) {
            throw new IllegalStateException(operation + " failed on " + question, e);
        }
    }

    private static com.cedarpolicy.model.policy.PolicySet cached(PolicySet policies) {
        Set<Policy> fixed = parsed(policies.staticPolicies());
        Set<Policy> templates = parsed(policies.templates());
        List<TemplateLink> links = policies.links().entrySet().stream()
                .map(link -> new TemplateLink(link.getValue().templateId(), link.getKey(), values(link.getValue())))
                .toList();
        var all = new com.cedarpolicy.model.policy.PolicySet(fixed, templates, links);
        try {
            all.cache();
        } catch (CacheException e) {
            throw new IllegalArgumentException(
                    "cedar-java does not take " + texts(policies.staticPolicies()) + texts(policies.templates()), e);
        }
        return all;
    }

    private static Set<Policy> parsed(Map<String, ParsedPolicy> policies) {
        Set<Policy> all = new LinkedHashSet<>();
        texts(policies).forEach((id, text) -> all.add(new Policy(text, id)));
        return all;
    }

    private static List<LinkValue> values(PolicySet.Link link) {
        return link.values().entrySet().stream()
                .map(value -> new LinkValue(value.getKey().text(), uid(value.getValue())))
                .toList();
    }

    private static EntityUID uid(EntityUid uid) {
        return new EntityUID(EntityTypeName.parse(uid.type().name()).orElseThrow(), uid.id());
    }

    private static String text(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + tree, e);
        }
    }
}
