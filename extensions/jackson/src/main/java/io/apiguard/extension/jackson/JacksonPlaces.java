package io.apiguard.extension.jackson;

import io.apiguard.field.Property;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What both generations of Jackson have in common: where the annotations of a property may stand in Java.
 *
 * <p>Jackson forgets fields and constructor parameters that it does not need for writing, so places are looked up again by name, without
 * regard to case. One place too many can only mask more.
 */
final class JacksonPlaces {

    private JacksonPlaces() {}

    /**
     * Lists the places of a property.
     *
     * @param model the class that has the property
     * @param wireName the member's name in the document
     * @param accessor the field or method that Jackson reads
     * @param merged the annotations that Jackson knows of the property, those of mix-ins among them
     */
    static List<AnnotatedElement> of(Class<?> model, String wireName, Member accessor, Stream<Annotation> merged) {
        List<AnnotatedElement> places = new ArrayList<>();
        places.add(new Merged(merged.toList()));
        if (accessor instanceof AnnotatedElement element) {
            places.add(element);
        }
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(model, types);
        for (Class<?> type : types) {
            addPlaces(type, List.of(beanName(accessor.getName()), wireName), places);
        }
        return places;
    }

    /** The declared type of a field or of what a method returns. */
    static Type typeOf(Member accessor, Type otherwise) {
        if (accessor instanceof Field field) {
            return field.getGenericType();
        }
        return accessor instanceof Method method ? method.getGenericReturnType() : otherwise;
    }

    /** The properties of an unwrapped value under the names they get in the object around it, or the value itself if nothing is known of it. */
    static List<Property> unwrap(Property outer, Optional<List<Property>> inside, UnaryOperator<String> rename) {
        if (inside.isEmpty()) {
            return List.of(new Property(outer.name(), outer.type(), outer.places(), Property.Kind.UNWRAPPED));
        }
        List<Property> renamed = new ArrayList<>();
        for (Property property : inside.get()) {
            List<AnnotatedElement> places = new ArrayList<>(property.places());
            places.addAll(outer.places());
            renamed.add(new Property(rename.apply(property.name()), property.type(), places, property.kind()));
        }
        return renamed;
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
        if (type == null || type.getName().startsWith("java.") || !into.add(type)) {
            return;
        }
        collect(type.getSuperclass(), into);
        for (Class<?> implemented : type.getInterfaces()) {
            collect(implemented, into);
        }
    }

    private static void addPlaces(Class<?> type, List<String> names, List<AnnotatedElement> places) {
        for (Field field : type.getDeclaredFields()) {
            addIfNamed(field.getName(), field, names, places);
        }
        for (Method method : type.getDeclaredMethods()) {
            if (method.getParameterCount() == 0) {
                addIfNamed(beanName(method.getName()), method, names, places);
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            for (Parameter parameter : constructor.getParameters()) {
                addIfNamed(parameter.getName(), parameter, names, places);
            }
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                addIfNamed(component.getName(), component, names, places);
            }
        }
    }

    private static void addIfNamed(
            String name, AnnotatedElement place, List<String> names, List<AnnotatedElement> places) {
        if (place.getAnnotations().length > 0 && names.stream().anyMatch(name::equalsIgnoreCase)) {
            places.add(place);
        }
    }

    private static String beanName(String name) {
        int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
        return prefix == name.length() || Character.isLowerCase(name.charAt(prefix)) ? name : name.substring(prefix);
    }

    /** Annotations that have no single place in Java. */
    private static final class Merged implements AnnotatedElement {
        private final List<Annotation> annotations;

        Merged(List<Annotation> annotations) {
            this.annotations = annotations;
        }

        @Override
        public <T extends Annotation> @Nullable T getAnnotation(Class<T> type) {
            return annotations.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Annotation[] getAnnotations() {
            return annotations.toArray(Annotation[]::new);
        }

        @Override
        public Annotation[] getDeclaredAnnotations() {
            return getAnnotations();
        }
    }
}
