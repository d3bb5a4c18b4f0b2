package io.apiguard.field;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Property names by record components, Java bean getters and public fields. */
final class ReflectiveNames implements PropertyNames {

    static final ReflectiveNames INSTANCE = new ReflectiveNames();

    private ReflectiveNames() {}

    @Override
    public Optional<List<Property>> properties(Type type) {
        Class<?> model = classOf(type);
        if (model == null || model.isPrimitive() || model.isEnum() || model.isArray() || isOfJdk(model)) {
            return Optional.empty();
        }
        Map<String, Found> found = new LinkedHashMap<>();
        if (model.isRecord()) {
            components(model, found);
        }
        getters(model, found);
        fields(model, found);
        List<Property> properties = new ArrayList<>();
        found.forEach((name, it) -> {
            if (it.type != null) {
                properties.add(Property.member(name, it.type, it.places));
            }
        });
        return properties.isEmpty() ? Optional.empty() : Optional.of(properties);
    }

    private static void components(Class<?> model, Map<String, Found> found) {
        for (RecordComponent component : model.getRecordComponents()) {
            Found it = at(found, component.getName());
            it.type = component.getGenericType();
            it.places.add(component);
            it.places.add(component.getAccessor());
        }
    }

    /** All getters, inherited ones and those of interfaces too: an annotation on an overridden one counts. */
    private static void getters(Class<?> model, Map<String, Found> found) {
        for (Class<?> type : hierarchy(model)) {
            for (Method method : type.getDeclaredMethods()) {
                String name = isGetter(method) ? beanName(method) : null;
                if (name != null) {
                    add(at(found, name), method.getGenericReturnType(), method);
                }
            }
        }
    }

    private static void fields(Class<?> model, Map<String, Found> found) {
        for (Class<?> type : hierarchy(model)) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (Modifier.isPublic(field.getModifiers())) {
                    add(at(found, field.getName()), field.getGenericType(), field);
                } else if (found.containsKey(field.getName())) {
                    at(found, field.getName()).places.add(field);
                }
            }
        }
    }

    private static void add(Found it, Type type, AnnotatedElement place) {
        if (it.type == null) {
            it.type = type;
        }
        it.places.add(place);
    }

    private static Found at(Map<String, Found> found, String name) {
        return found.computeIfAbsent(name, any -> new Found());
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getModifiers())
                && !method.isBridge()
                && method.getReturnType() != void.class;
    }

    private static @Nullable String beanName(Method method) {
        String name = method.getName();
        boolean isBoolean = method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
        int prefix = name.startsWith("get") ? 3 : name.startsWith("is") && isBoolean ? 2 : name.length();
        if (prefix == name.length() || name.equals("getClass")) {
            return null;
        }
        String rest = name.substring(prefix);
        boolean acronym =
                rest.length() > 1 && Character.isUpperCase(rest.charAt(0)) && Character.isUpperCase(rest.charAt(1));
        return acronym ? rest : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
    }

    /** The class, its superclasses and all their interfaces, the class first; nothing of the JDK. */
    private static List<Class<?>> hierarchy(Class<?> model) {
        List<Class<?>> types = new ArrayList<>();
        collect(model, types);
        return types;
    }

    private static void collect(@Nullable Class<?> type, List<Class<?>> into) {
        if (type == null || isOfJdk(type) || into.contains(type)) {
            return;
        }
        into.add(type);
        collect(type.getSuperclass(), into);
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, into);
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private static @Nullable Class<?> classOf(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        return type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> c ? c : null;
    }

    /** What was found of one property. */
    private static final class Found {
        private @Nullable Type type;
        private final List<AnnotatedElement> places = new ArrayList<>();
    }
}
