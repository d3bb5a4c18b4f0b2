package io.apiguard.cedar;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Policies, templates and links by id, which share one name space.
 *
 * <p>Immutable and thread-safe; what changes it returns another one.
 */
public final class PolicySet {

    /** The set without policies: it denies everything. */
    public static final PolicySet EMPTY =
            new PolicySet(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());

    private final Map<String, ParsedPolicy> staticPolicies;
    private final Map<String, ParsedPolicy> templates;
    private final Map<String, Link> links;

    private PolicySet(
            Map<String, ParsedPolicy> staticPolicies, Map<String, ParsedPolicy> templates, Map<String, Link> links) {
        this.staticPolicies = Collections.unmodifiableMap(staticPolicies);
        this.templates = Collections.unmodifiableMap(templates);
        this.links = Collections.unmodifiableMap(links);
    }

    /**
     * A policy made of a template.
     *
     * @param templateId the id of the template
     * @param values an entity for each of its slots
     */
    public record Link(String templateId, Map<Slot, EntityUid> values) {

        /** Copies the map. */
        public Link {
            values = Map.copyOf(values);
        }
    }

    /**
     * Reads policies and templates from text. Their ids are {@code policy0}, {@code policy1} and so on, in order.
     *
     * @param text any text
     * @throws io.apiguard.cedar.value.CedarException if it is no text of the language
     */
    public static PolicySet parse(String text) {
        PolicySet.Builder builder = new Builder(EMPTY);
        int number = 0;
        for (ParsedPolicy policy : CedarParser.policies(text)) {
            builder.add("policy" + number++, policy);
        }
        return builder.build();
    }

    /**
     * Returns this set with a policy or template in addition.
     *
     * @param id its id, which no other has
     * @param policy any
     * @throws CedarException if the id is taken
     */
    public PolicySet with(String id, Policy policy) {
        return with(id, new ParsedPolicy(policy, Positions.NONE, 0, 0));
    }

    /**
     * Returns this set with a policy or template in addition that was read from text.
     *
     * @param id its id, which no other has
     * @param policy any
     * @throws CedarException if the id is taken
     */
    public PolicySet with(String id, ParsedPolicy policy) {
        return new Builder(this).add(id, policy).build();
    }

    /**
     * Returns this set with a policy in addition that is made of a template.
     *
     * @param templateId the id of the template
     * @param id the id of the new policy, which no other has
     * @param values an entity for each slot of the template, and for nothing else
     * @throws CedarException if there is no such template, the id is taken, or the values are not those of the slots
     */
    public PolicySet link(String templateId, String id, Map<Slot, EntityUid> values) {
        return new Builder(this).link(templateId, id, values).build();
    }

    /** Returns a builder that begins with this set. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns all that takes part in decisions by id: static policies, and templates as they are linked. */
    public Map<String, Policy> policies() {
        Map<String, Policy> all = new LinkedHashMap<>();
        staticPolicies.forEach((id, policy) -> all.put(id, policy.policy()));
        links.forEach((id, link) -> all.put(id, linked(link)));
        return all;
    }

    private Policy linked(Link link) {
        ParsedPolicy template = templates.get(link.templateId());
        if (template == null) {
            throw new IllegalStateException("a link without its template");
        }
        return template.policy().link(link.values());
    }

    /** Returns the policies without slots by id, unmodifiable, in order. */
    public Map<String, ParsedPolicy> staticPolicies() {
        return staticPolicies;
    }

    /** Returns the templates by id, unmodifiable, in order. */
    public Map<String, ParsedPolicy> templates() {
        return templates;
    }

    /** Returns the links by the ids of the policies they make, unmodifiable, in order. */
    public Map<String, Link> links() {
        return links;
    }

    /** Puts a policy set together from many parts at the cost of each. Not thread-safe. */
    public static final class Builder {

        private final Map<String, ParsedPolicy> staticPolicies;
        private final Map<String, ParsedPolicy> templates;
        private final Map<String, Link> links;

        private Builder(PolicySet start) {
            this.staticPolicies = new LinkedHashMap<>(start.staticPolicies);
            this.templates = new LinkedHashMap<>(start.templates);
            this.links = new LinkedHashMap<>(start.links);
        }

        /**
         * Adds a policy or template.
         *
         * @param id its id, which no other has
         * @param policy any
         * @throws CedarException if the id is taken
         */
        public Builder add(String id, ParsedPolicy policy) {
            checkFree(id);
            (policy.policy().isTemplate() ? templates : staticPolicies).put(id, policy);
            return this;
        }

        /**
         * Adds a policy that is made of a template.
         *
         * @param templateId the id of the template, which was added before
         * @param id the id of the new policy, which no other has
         * @param values an entity for each slot of the template, and for nothing else
         * @throws CedarException if there is no such template, the id is taken, or the values are not those of the slots
         */
        public Builder link(String templateId, String id, Map<Slot, EntityUid> values) {
            checkFree(id);
            ParsedPolicy template = templates.get(templateId);
            if (template == null) {
                throw new CedarException("there is no template '" + templateId + "'");
            }
            template.policy().link(values);
            links.put(id, new Link(templateId, values));
            return this;
        }

        private void checkFree(String id) {
            if (staticPolicies.containsKey(id) || templates.containsKey(id) || links.containsKey(id)) {
                throw new CedarException("the policy id '" + id + "' is taken");
            }
        }

        /** Returns the set. */
        public PolicySet build() {
            return new PolicySet(
                    new LinkedHashMap<>(staticPolicies), new LinkedHashMap<>(templates), new LinkedHashMap<>(links));
        }
    }
}
