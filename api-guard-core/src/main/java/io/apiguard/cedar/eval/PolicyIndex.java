package io.apiguard.cedar.eval;

import io.apiguard.cedar.entity.EntityStore.StoredEntity;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Policies filed by the part of their scope that fewest policies share, so that a request meets few that do not concern it. Leaving the others
 * out changes nothing, since a scope that does not match cannot fail.
 *
 * <p>Immutable and thread-safe.
 */
public final class PolicyIndex {

    /** Up to so many groups it is cheaper to ask of each than to go through all that an entity is in. */
    private static final int FEW = 4;

    private static final List<Part> PARTS = List.of(Part.values());

    private final CompiledPolicy[] everywhere;
    private final Drawer principals;
    private final Drawer actions;
    private final Drawer resources;

    /**
     * Files policies.
     *
     * @param policies in any order
     */
    public PolicyIndex(List<CompiledPolicy> policies) {
        Map<Label, Integer> counts = new HashMap<>();
        for (CompiledPolicy policy : policies) {
            for (Part part : PARTS) {
                part.labels(policy).forEach(label -> counts.merge(label, 1, Integer::sum));
            }
        }
        Map<Part, Map<Label, List<CompiledPolicy>>> filed = new EnumMap<>(Part.class);
        List<CompiledPolicy> unscoped = new ArrayList<>();
        for (CompiledPolicy policy : policies) {
            Part part = rarest(policy, counts);
            if (part == null) {
                unscoped.add(policy);
            } else {
                file(policy, part.labels(policy), filed.computeIfAbsent(part, key -> new HashMap<>()));
            }
        }
        this.everywhere = unscoped.toArray(CompiledPolicy[]::new);
        this.principals = Drawer.of(filed.getOrDefault(Part.PRINCIPAL, Map.of()));
        this.actions = Drawer.of(filed.getOrDefault(Part.ACTION, Map.of()));
        this.resources = Drawer.of(filed.getOrDefault(Part.RESOURCE, Map.of()));
    }

    private static void file(CompiledPolicy policy, List<Label> labels, Map<Label, List<CompiledPolicy>> filed) {
        for (Label label : labels) {
            filed.computeIfAbsent(label, key -> new ArrayList<>(1)).add(policy);
        }
    }

    /** The parts of a scope. */
    private enum Part {
        PRINCIPAL,
        ACTION,
        RESOURCE;

        private ScopeTest scope(CompiledPolicy policy) {
            return switch (this) {
                case PRINCIPAL -> policy.principal();
                case ACTION -> policy.action();
                case RESOURCE -> policy.resource();
            };
        }

        /** Returns what a policy can be filed under for this part, each once; nothing if the part is open. */
        List<Label> labels(CompiledPolicy policy) {
            ScopeTest test = scope(policy);
            if (test.groups() == null) {
                return test.type() == null ? List.of() : List.of(new Label(this, null, test.type(), false));
            }
            List<Label> labels = new ArrayList<>(test.groups().size());
            for (EntityUid group : new LinkedHashSet<>(test.groups())) {
                labels.add(new Label(this, group, null, test.exact()));
            }
            return labels;
        }

        boolean isOpen(CompiledPolicy policy) {
            return scope(policy).isOpen();
        }
    }

    private record Label(
            Part part, @Nullable EntityUid entity, @Nullable EntityType type, boolean exact) {}

    /** Returns the part under whose labels fewest policies stand; {@code null} if all are open. */
    private static @Nullable Part rarest(CompiledPolicy policy, Map<Label, Integer> counts) {
        Part rarest = null;
        int fewest = Integer.MAX_VALUE;
        for (Part part : PARTS) {
            int count = 0;
            for (Label label : part.labels(policy)) {
                count += counts.getOrDefault(label, 0);
            }
            if (!part.isOpen(policy) && count < fewest) {
                rarest = part;
                fewest = count;
            }
        }
        return rarest;
    }

    /**
     * Evaluates all policies that a request can concern.
     *
     * @param frame the request
     * @return what became of them
     */
    public Findings evaluate(Frame frame) {
        Findings findings = new Findings();
        evaluate(everywhere, frame, findings);
        principals.evaluate(frame, frame.principal, findings);
        actions.evaluate(frame, frame.action, findings);
        resources.evaluate(frame, frame.resource, findings);
        return findings;
    }

    private static void evaluate(CompiledPolicy @Nullable [] policies, Frame frame, Findings findings) {
        if (policies != null) {
            for (CompiledPolicy policy : policies) {
                findings.add(policy, policy.evaluate(frame), frame);
            }
        }
    }

    /** The policies that are filed under one part of the scope. */
    record Drawer(
            Map<EntityUid, CompiledPolicy[]> exact,
            Map<EntityType, CompiledPolicy[]> types,
            Map<EntityUid, CompiledPolicy[]> groups,
            List<EntityUid> groupNames) {

        static Drawer of(Map<Label, List<CompiledPolicy>> filed) {
            Map<EntityUid, CompiledPolicy[]> exact = new HashMap<>();
            Map<EntityType, CompiledPolicy[]> types = new HashMap<>();
            Map<EntityUid, CompiledPolicy[]> groups = new HashMap<>();
            filed.forEach((label, policies) -> {
                CompiledPolicy[] all = policies.toArray(CompiledPolicy[]::new);
                if (label.entity() != null) {
                    (label.exact() ? exact : groups).put(label.entity(), all);
                } else if (label.type() != null) {
                    types.put(label.type(), all);
                }
            });
            return new Drawer(exact, types, groups, List.copyOf(groups.keySet()));
        }

        void evaluate(Frame frame, EntityUid uid, Findings findings) {
            if (!exact.isEmpty()) {
                PolicyIndex.evaluate(exact.get(uid), frame, findings);
            }
            if (!types.isEmpty()) {
                PolicyIndex.evaluate(types.get(uid.type()), frame, findings);
            }
            if (groups.isEmpty()) {
                return;
            }
            if (groupNames.size() <= FEW) {
                askOfEach(frame, uid, findings);
            } else {
                goThroughAncestors(frame, uid, findings);
            }
        }

        private void askOfEach(Frame frame, EntityUid uid, Findings findings) {
            for (int i = 0; i < groupNames.size(); i++) {
                EntityUid group = groupNames.get(i);
                if (frame.isIn(uid, group)) {
                    evaluateGroup(frame, uid, group, findings);
                }
            }
        }

        private void goThroughAncestors(Frame frame, EntityUid uid, Findings findings) {
            evaluateGroup(frame, uid, uid, findings);
            StoredEntity entity = frame.find(uid);
            if (entity != null) {
                for (EntityUid ancestor : entity.ancestors()) {
                    evaluateGroup(frame, uid, ancestor, findings);
                }
            }
        }

        /** A policy with several groups is met once: under the first of them that the entity is in. */
        private void evaluateGroup(Frame frame, EntityUid uid, EntityUid group, Findings findings) {
            CompiledPolicy[] policies = groups.get(group);
            if (policies == null) {
                return;
            }
            for (CompiledPolicy policy : policies) {
                List<EntityUid> all = policy.action().groups();
                boolean first = all == null
                        || all.size() < 2
                        || !all.contains(group)
                        || group.equals(policy.action().firstMatch(frame, uid, all));
                if (first) {
                    findings.add(policy, policy.evaluate(frame), frame);
                }
            }
        }
    }
}
