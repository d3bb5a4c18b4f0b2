package io.apiguard.redaction;

import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Audience;
import io.apiguard.field.FieldRule;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@link Sensitive}, where it stands by itself and where it stands on another annotation. */
final class SensitiveRules {

    private SensitiveRules() {}

    /** The rule that the annotations of all the places of one property make together, or null if there is none. */
    static @Nullable FieldRule of(List<AnnotatedElement> places) {
        FieldRule rule = null;
        for (AnnotatedElement place : places) {
            rule = FieldRule.both(rule, of(place, new HashSet<>()));
        }
        return rule;
    }

    private static @Nullable FieldRule of(AnnotatedElement place, Set<Class<?>> seen) {
        FieldRule rule = null;
        for (Annotation annotation : place.getAnnotations()) {
            if (annotation instanceof Sensitive sensitive) {
                rule = FieldRule.both(rule, rule(sensitive));
            } else if (seen.add(annotation.annotationType())) {
                rule = FieldRule.both(rule, of(annotation.annotationType(), seen));
            }
        }
        return rule;
    }

    private static FieldRule rule(Sensitive sensitive) {
        return FieldRule.of(
                sensitive.mask(),
                new Audience(
                        new HashSet<>(List.of(sensitive.visibleToScopes())),
                        new HashSet<>(List.of(sensitive.visibleToRoles()))));
    }
}
