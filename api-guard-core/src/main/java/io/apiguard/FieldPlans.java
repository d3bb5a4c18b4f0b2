package io.apiguard;

import io.apiguard.field.Audience;
import io.apiguard.field.FieldPlan;
import io.apiguard.field.Mask;
import io.apiguard.field.PropertyNames;
import io.apiguard.redaction.FieldPlanRegistry;
import io.apiguard.redaction.PathRule;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compiles field plans from the types of all endpoints, the settings' names and rules, and the rules of single routes. */
final class FieldPlans {

    private final PropertyNames names;
    private final List<PathRule> everywhere;
    private final List<Type> types;
    private final FieldPlanRegistry registry;

    private FieldPlans(PropertyNames names, List<PathRule> everywhere, List<Type> types) {
        this.names = names;
        this.everywhere = everywhere;
        this.types = types;
        this.registry = registry(List.of());
    }

    static FieldPlans of(RedactionSettings settings, PropertyNames names, Collection<Endpoint> endpoints) {
        Stream<PathRule> byName = settings.names().stream().map(name -> PathRule.of("$.." + name, Mask.REPLACE));
        Stream<PathRule> byPath = settings.rules().stream().map(FieldPlans::rule);
        List<Type> types =
                endpoints.stream().map(Endpoint::responseType).distinct().toList();
        return new FieldPlans(names, Stream.concat(byName, byPath).toList(), types);
    }

    FieldPlan compile(Type responseType, List<RedactionRuleText> ofRoute) {
        return ofRoute.isEmpty()
                ? registry.compile(responseType)
                : registry(ofRoute).compile(responseType);
    }

    private FieldPlanRegistry registry(List<RedactionRuleText> ofRoute) {
        FieldPlanRegistry.Builder builder = FieldPlanRegistry.builder(names);
        types.forEach(builder::learn);
        everywhere.forEach(builder::rule);
        ofRoute.stream().map(FieldPlans::rule).forEach(builder::rule);
        return builder.build();
    }

    private static PathRule rule(RedactionRuleText rule) {
        Audience audience = new Audience(Set.copyOf(rule.visibleToScopes()), Set.copyOf(rule.visibleToRoles()));
        return PathRule.of(rule.path(), rule.mask(), audience);
    }
}
