package io.apiguard.jaxrs;

import io.apiguard.field.Property;
import io.apiguard.field.Property.Kind;
import io.apiguard.field.PropertyNames;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every name a property can have in a document, whichever mapper writes it: Jackson of either generation, JSON-B,
 * or another.
 *
 * <p>Which mapper that is, and how it is set up, Jakarta REST tells nobody at start-up. So a property is listed
 * under its Java name, under what
 * annotations call it, and under what the usual naming strategies make of it; fields count however private they
 * are. A name too many can only
 * mask more. Annotations are known by their simple names, so that no mapper has to be there.
 */
final class WireNames implements PropertyNames {

    private static final Set<String> NAMING =
            Set.of("JsonProperty", "JsonGetter", "JsonbProperty", "SerializedName", "JsonAlias", "XmlElement");
    private static final Set<String> OPENING = Set.of(
            "JsonSerialize",
            "JsonRawValue",
            "JsonbTypeSerializer",
            "JsonbTypeAdapter",
            "JsonAdapter",
            "XmlJavaTypeAdapter");
    private static final int DEEPEST = 8;

    @Override
    public Optional<List<Property>> properties(Type type) {
        return properties(type, 0);
    }

    private Optional<List<Property>> properties(Type type, int depth) {
        Class<?> model = classOf(type);
        if (model == null || depth > DEEPEST || isWrittenOtherwise(model)) {
            return Optional.empty();
        }
        Map<String, Property> byName = new LinkedHashMap<>();
        PropertyNames.reflective().properties(type).ifPresent(known -> known.forEach(at -> byName.put(at.name(), at)));
        for (Class<?> at = model; at != null && at != Object.class; at = at.getSuperclass()) {
            addFields(at, byName);
        }
        List<Property> all = new ArrayList<>();
        byName.values().forEach(property -> addNamed(property, all, depth));
        subtypes(model).forEach(subtype -> properties(subtype, depth + 1).ifPresent(all::addAll));
        return all.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(all));
    }

    private static @Nullable Class<?> classOf(Type type) {
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return raw instanceof Class<?> model
                        && !model.isEnum()
                        && !model.isPrimitive()
                        && !model.getName().startsWith("java.")
                ? model
                : null;
    }

    private static boolean isWrittenOtherwise(Class<?> model) {
        return isAnnotated(model, OPENING)
                || Arrays.stream(model.getMethods()).anyMatch(method -> isAnnotated(method, Set.of("JsonValue")));
    }

    private static void addFields(Class<?> type, Map<String, Property> byName) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                byName.computeIfAbsent(
                        field.getName(), name -> Property.member(name, field.getGenericType(), List.of(field)));
            }
        }
    }

    private void addNamed(Property property, List<Property> all, int depth) {
        List<AnnotatedElement> places = property.places();
        if (places.stream().anyMatch(place -> isAnnotated(place, Set.of("JsonAnyGetter")))) {
            all.add(new Property(property.name(), Object.class, places, Kind.ANY));
            return;
        }
        Optional<Annotation> unwrapped = places.stream()
                .flatMap(place -> Arrays.stream(place.getAnnotations()))
                .filter(annotation ->
                        annotation.annotationType().getSimpleName().equals("JsonUnwrapped"))
                .findFirst();
        if (unwrapped.isPresent()) {
            unwrap(property, unwrapped.get(), all, depth);
        }
        boolean open = places.stream().anyMatch(place -> isAnnotated(place, OPENING));
        for (String name : names(property)) {
            all.add(Property.member(name, open ? Object.class : property.type(), places));
        }
    }

    private void unwrap(Property outer, Annotation unwrapped, List<Property> all, int depth) {
        List<String> prefix = texts(unwrapped, "prefix");
        List<String> suffix = texts(unwrapped, "suffix");
        Optional<List<Property>> inside = properties(outer.type(), depth + 1);
        if (inside.isEmpty()) {
            all.add(new Property(outer.name(), outer.type(), outer.places(), Kind.UNWRAPPED));
            return;
        }
        for (Property property : inside.get()) {
            List<AnnotatedElement> places = new ArrayList<>(property.places());
            places.addAll(outer.places());
            String name = String.join("", prefix) + property.name() + String.join("", suffix);
            all.add(new Property(name, property.type(), places, property.kind()));
        }
    }

    private static Set<String> names(Property property) {
        Set<String> names = new LinkedHashSet<>(strategies(property.name()));
        for (AnnotatedElement place : property.places()) {
            for (Annotation annotation : place.getAnnotations()) {
                if (NAMING.contains(annotation.annotationType().getSimpleName())) {
                    names.addAll(texts(annotation, "value"));
                    names.addAll(texts(annotation, "name"));
                }
            }
        }
        return names;
    }

    /** As it is, UpperCamelCase, snake_case in both cases, kebab-case, dot.case, words, and all lower case. */
    private static List<String> strategies(String name) {
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
        String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return List.of(
                name,
                name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                upper,
                upper.replaceAll("([a-z0-9])([A-Z])", "$1 $2"),
                snake,
                snake.toUpperCase(Locale.ROOT),
                snake.replace('_', '-'),
                snake.replace('_', '.'),
                name.toLowerCase(Locale.ROOT));
    }

    /** What a known subtype writes may stand in place of the type. */
    private static Set<Type> subtypes(Class<?> model) {
        Set<Type> subtypes = new LinkedHashSet<>();
        if (model.isSealed()) {
            subtypes.addAll(List.of(model.getPermittedSubclasses()));
        }
        for (Annotation annotation : model.getAnnotations()) {
            if (Set.of("JsonSubTypes", "JsonbTypeInfo")
                            .contains(annotation.annotationType().getSimpleName())
                    && value(annotation, "value") instanceof Annotation[] listed) {
                for (Annotation subtype : listed) {
                    for (String member : List.of("value", "type")) {
                        if (value(subtype, member) instanceof Class<?> found && found != model) {
                            subtypes.add(found);
                        }
                    }
                }
            }
        }
        return subtypes;
    }

    private static boolean isAnnotated(AnnotatedElement place, Set<String> simpleNames) {
        return Arrays.stream(place.getAnnotations())
                .anyMatch(annotation ->
                        simpleNames.contains(annotation.annotationType().getSimpleName()));
    }

    private static List<String> texts(Annotation annotation, String member) {
        Object value = value(annotation, member);
        List<String> texts = value instanceof String[] several
                ? List.of(several)
                : value instanceof String one ? List.of(one) : List.of();
        return texts.stream()
                .filter(text -> !text.isEmpty() && !text.startsWith("##"))
                .toList();
    }

    private static @Nullable Object value(Annotation annotation, String member) {
        try {
            return annotation.annotationType().getMethod(member).invoke(annotation);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
