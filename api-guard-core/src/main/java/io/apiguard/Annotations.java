package io.apiguard;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds annotations on one element, with those that its annotations carry themselves (meta-annotations). */
final class Annotations {

    private Annotations() {}

    /** Returns the annotations on the element and, depth first, those on their types; a type is looked into once. */
    static List<Annotation> of(AnnotatedElement element) {
        List<Annotation> found = new ArrayList<>();
        collect(element, found, new HashSet<>());
        return found;
    }

    private static void collect(AnnotatedElement element, List<Annotation> found, Set<Class<?>> seen) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            found.add(annotation);
            if (!type.getName().startsWith("java.lang.") && seen.add(type)) {
                collect(type, found, seen);
            }
        }
    }
}
