package io.apiguard.redaction;

import io.apiguard.field.FieldRule;
import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members that a type declares, with what is sensitive about them; unwrapped properties stand among them. */
final class Model {

    /** A member: its resolved type, and the rule about it or null. */
    record Member(@Nullable FieldRule rule, Type type) {}

    private final Map<String, Member> members = new LinkedHashMap<>();
    private @Nullable FieldRule others;

    private Model() {}

    /** Reads a resolved type; empty if the mapper does not know it. */
    static Optional<Model> of(Type type, PropertyNames names) {
        Optional<List<Property>> properties = names.properties(type);
        if (properties.isEmpty()) {
            return Optional.empty();
        }
        Model model = new Model();
        model.addAll(type, properties.get(), null, names, new HashSet<>(Set.of(type)));
        return Optional.of(model);
    }

    Map<String, Member> members() {
        return members;
    }

    /** The rule about members of other names, or null. */
    @Nullable FieldRule others() {
        return others;
    }

    private void addAll(
            Type owner,
            List<Property> properties,
            @Nullable FieldRule outer,
            PropertyNames names,
            Set<Type> unwrapping) {
        Map<TypeVariable<?>, Type> bindings = ModelTypes.bindings(owner);
        for (Property property : properties) {
            Type type = ModelTypes.resolve(property.type(), bindings);
            FieldRule rule = FieldRule.both(outer, SensitiveRules.of(property.places()));
            switch (property.kind()) {
                case MEMBER -> members.merge(property.name(), new Member(rule, type), Model::both);
                case UNWRAPPED -> unwrap(type, rule, names, unwrapping);
                case ANY -> others = FieldRule.both(others, rule);
            }
        }
    }

    private void unwrap(Type type, @Nullable FieldRule rule, PropertyNames names, Set<Type> unwrapping) {
        Optional<List<Property>> properties = unwrapping.add(type) ? names.properties(type) : Optional.empty();
        if (properties.isPresent()) {
            addAll(type, properties.get(), rule, names, unwrapping);
            unwrapping.remove(type);
        } else {
            others = FieldRule.both(others, rule);
        }
    }

    /** Two properties of one name: the rules of both hold, and of the inside nothing is known. */
    private static Member both(Member one, Member other) {
        Type type = one.type().equals(other.type()) ? one.type() : Object.class;
        return new Member(FieldRule.both(one.rule(), other.rule()), type);
    }
}
