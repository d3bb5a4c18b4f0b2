package io.apiguard.redaction;

import io.apiguard.field.FieldRule;
import io.apiguard.field.PropertyNames;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The models that can be reached from the types an application returns, and the names that are sensitive in any of
 * them.
 */
final class LearntTypes {

    private static final int MAX_TYPES = 20_000;

    private final PropertyNames names;
    private final Map<Type, Optional<Model>> models = new LinkedHashMap<>();
    private final Set<Type> types = new LinkedHashSet<>();
    private final Map<String, FieldRule> sensitive = new LinkedHashMap<>();

    LearntTypes(PropertyNames names) {
        this.names = names;
    }

    /** Learns a type and what can be reached from it. */
    void learn(Type type) {
        Deque<Type> open = new ArrayDeque<>();
        open.add(ModelTypes.resolve(type, ModelTypes.bindings(type)));
        while (!open.isEmpty()) {
            Type next = open.pop();
            if (types.add(next)) {
                demandFewEnough(type);
                visit(next, open);
            }
        }
    }

    /** A copy that has learnt one type more. */
    LearntTypes with(Type type) {
        LearntTypes more = new LearntTypes(names);
        more.models.putAll(models);
        more.types.addAll(types);
        more.sensitive.putAll(sensitive);
        more.learn(type);
        return more;
    }

    boolean knows(Type type) {
        return types.contains(type);
    }

    /** What every name that is sensitive in some model is masked by, joined over all models. */
    Map<String, FieldRule> sensitive() {
        return sensitive;
    }

    /** Whether some model masks members whose names are not known: the entries of an any-getter. */
    boolean isAnyMapSensitive() {
        return models.values().stream()
                .anyMatch(model -> model.isPresent() && model.get().others() != null);
    }

    /** What the mapper knows of a type that was learnt; empty if nothing. */
    Optional<Model> model(Type type) {
        return models.getOrDefault(type, Optional.empty());
    }

    /** The rule that any learnt subtype of the type has about a member, or null. */
    @Nullable FieldRule ruleOfSubtypes(Class<?> type, String member) {
        FieldRule rule = null;
        for (Map.Entry<Type, Optional<Model>> entry : models.entrySet()) {
            Class<?> other = ModelTypes.raw(entry.getKey());
            Model model = entry.getValue().orElse(null);
            if (other != null && other != type && model != null && type.isAssignableFrom(other)) {
                Model.Member same = model.members().get(member);
                rule = FieldRule.both(rule, same == null ? null : same.rule());
            }
        }
        return rule;
    }

    private void visit(Type type, Deque<Type> open) {
        Shape shape = Shape.of(type);
        open.add(shape.inner());
        Class<?> raw = ModelTypes.raw(type);
        if (shape.kind() != Shape.Kind.MODEL || raw == null) {
            return;
        }
        Optional<Model> model = Model.of(type, names);
        models.put(type, model);
        if (raw.isSealed()) {
            for (Class<?> permitted : raw.getPermittedSubclasses()) {
                open.add(permitted);
            }
        }
        model.ifPresent(it -> it.members().forEach((name, member) -> {
            open.add(member.type());
            if (member.rule() != null) {
                sensitive.merge(name, member.rule(), FieldRule::and);
            }
        }));
    }

    private void demandFewEnough(Type from) {
        if (types.size() > MAX_TYPES) {
            throw new IllegalStateException("more than " + MAX_TYPES + " types can be reached from "
                    + from.getTypeName() + ": return a type with fewer generic parts, or Object");
        }
    }
}
