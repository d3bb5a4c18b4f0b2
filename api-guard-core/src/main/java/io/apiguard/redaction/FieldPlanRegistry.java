package io.apiguard.redaction;

import io.apiguard.field.FieldPlan;
import io.apiguard.field.PropertyNames;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Knows what is sensitive in the models of an application, and compiles a {@link FieldPlan} for each type that its
 * endpoints return.
 *
 * <p>First it learns the types of all endpoints, then it compiles: a name that is sensitive in one model is masked
 * wherever another type leaves open what is written. In detail:
 *
 * <ul>
 *   <li>A property that carries {@link io.apiguard.annotation.Sensitive} is masked; what a declared type lists without
 *     it is shown.
 *   <li>A member that the declared type does not list (of a subtype, an any-getter, an envelope) is masked if its name
 *     is sensitive in
 *       any model, and so is whatever lies in it, at any depth. If a subtype that was learnt, or that a sealed type
 *     permits, makes a
 *       listed property sensitive, it is sensitive for the declared type as well.
 *   <li>Of open types ({@code Object}, wildcards, free type variables, tree nodes, types the mapper does not know,
 *     strings and bytes that
 *       hold JSON) every member is such a member. The keys of a map are, too; its values have their declared type.
 *   <li>{@linkplain PathRule Path rules} hold in addition, in every plan.
 *   <li>Where several rules meet the stricter mask holds, and only those see the value who do under all of them.
 * </ul>
 *
 * <p>Immutable, and thread-safe if its {@link PropertyNames} are.
 */
public final class FieldPlanRegistry {

    private final PropertyNames names;
    private final List<PathRule> rules;
    private final LearntTypes learnt;

    private FieldPlanRegistry(Builder builder) {
        this.names = builder.names;
        this.rules = List.copyOf(builder.rules);
        this.learnt = new LearntTypes(names);
        builder.types.forEach(learnt::learn);
    }

    /**
     * Begins a registry.
     *
     * @param names what the application's mapper says of its types; {@link PropertyNames#reflective()} if there is none
     * @return a builder
     */
    public static Builder builder(PropertyNames names) {
        return new Builder(names);
    }

    /**
     * Compiles the plan for what an endpoint returns.
     *
     * @param responseType the declared type, such as {@code Method.getGenericReturnType()} gives it; {@code Object} if
     *     it is not known.
     *     Optionals, collections, arrays, futures and the frameworks' response entities are looked through. A type
     *     that was not learnt is compiled right, but its names are not known to other plans.
     * @return the plan; {@linkplain FieldPlan#isEmpty() empty} if nothing is sensitive anywhere
     * @throws IllegalStateException if models and path rules make a plan of more than 100,000 states
     */
    public FieldPlan compile(Type responseType) {
        Type type = ModelTypes.resolve(
                Objects.requireNonNull(responseType, "responseType"), ModelTypes.bindings(responseType));
        LearntTypes known = learnt.knows(type) ? learnt : learnt.with(type);
        return new PlanCompiler(known, rules).compile(type);
    }

    /** Collects what a {@link FieldPlanRegistry} is to know; not thread-safe. */
    public static final class Builder {
        private final PropertyNames names;
        private final List<PathRule> rules = new ArrayList<>();
        private final List<Type> types = new ArrayList<>();

        private Builder(PropertyNames names) {
            this.names = Objects.requireNonNull(names, "names");
        }

        /**
         * Learns a type and all that can be reached from it.
         *
         * @param type what an endpoint returns, or a model that only appears at run time, such as a subtype
         * @return this builder
         */
        public Builder learn(Type type) {
            types.add(Objects.requireNonNull(type, "type"));
            return this;
        }

        /**
         * Adds a rule that holds in every plan. A name that is sensitive whatever the type is {@code $..name}.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder rule(PathRule rule) {
            rules.add(Objects.requireNonNull(rule, "rule"));
            return this;
        }

        /**
         * {@return the registry}
         *
         * @throws IllegalStateException if more than 20,000 types can be reached
         */
        public FieldPlanRegistry build() {
            return new FieldPlanRegistry(this);
        }
    }
}
