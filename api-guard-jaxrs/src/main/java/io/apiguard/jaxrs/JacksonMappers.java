package io.apiguard.jaxrs;

import io.apiguard.extension.jackson.Jackson2Properties;
import io.apiguard.extension.jackson.Jackson3Properties;
import io.apiguard.field.PropertyNames;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ContextResolver;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Jackson mappers that write the application's answers, asked for as Jackson's own providers do: a {@link
 * ContextResolver} of a mapper, or the provider itself.
 *
 * <p>Guards are built before the framework has made its components, so what is registered as a class is made here once
 * more, without injection. Where no mapper is found that way, or not for every type, those that providers make by
 * themselves are taken in addition, and every name that {@link WireNames} knows.
 */
final class JacksonMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGuardFeature.class);
    private static final String OF_JACKSON_2 = "com.fasterxml.jackson.databind.ObjectMapper";
    private static final String OF_JACKSON_3 = "tools.jackson.databind.json.JsonMapper";
    private static final Set<String> BASES = Set.of(OF_JACKSON_2, "tools.jackson.databind.ObjectMapper");

    private final Set<Class<?>> answers;
    private final Set<Object> mappers = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean guessing;

    private JacksonMappers(Set<Class<?>> answers) {
        this.answers = answers;
    }

    /**
     * Finds what names the properties of an application's answers.
     *
     * @param framework what the application registers
     * @param answers the types that its endpoints return
     */
    static PropertyNames names(Framework framework, Collection<Type> answers) {
        boolean present = Framework.isPresent(OF_JACKSON_2) || Framework.isPresent(OF_JACKSON_3);
        return present ? find(framework, answers).names() : new WireNames();
    }

    private static JacksonMappers find(Framework framework, Collection<Type> answers) {
        JacksonMappers found = new JacksonMappers(rawTypes(answers));
        Set<Object> instances = framework.instances();
        instances.stream().filter(at -> isSource(at.getClass())).forEach(found::ask);
        Set<Class<?>> made = instances.stream().map(Object::getClass).collect(Collectors.toSet());
        framework.classes().stream()
                .filter(type -> !made.contains(type) && isSource(type))
                .forEach(found::makeAndAsk);
        return found;
    }

    private static Set<Class<?>> rawTypes(Collection<Type> answers) {
        Set<Class<?>> types = new LinkedHashSet<>(Set.of(Object.class));
        for (Type answer : answers) {
            Type raw = answer instanceof ParameterizedType generic ? generic.getRawType() : answer;
            if (raw instanceof Class<?> type && type != void.class) {
                types.add(type);
            }
        }
        return types;
    }

    // ---- who has a mapper

    private static boolean isSource(Class<?> type) {
        return isResolver(type) || locator(type) != null;
    }

    /** Its type argument says what it resolves; so does its method, where it is resolved through a generic base. */
    private static boolean isResolver(Class<?> type) {
        return ContextResolver.class.isAssignableFrom(type)
                && (mentionsMapper(type)
                        || Arrays.stream(type.getMethods())
                                .filter(method -> method.getName().equals("getContext"))
                                .anyMatch(method -> isMapper(method.getReturnType())));
    }

    private static boolean mentionsMapper(@Nullable Class<?> type) {
        return type != null
                && (Stream.concat(
                                        Stream.ofNullable(type.getGenericSuperclass()),
                                        Arrays.stream(type.getGenericInterfaces()))
                                .anyMatch(JacksonMappers::isOfMapper)
                        || mentionsMapper(type.getSuperclass()));
    }

    private static boolean isOfMapper(Type type) {
        return type instanceof ParameterizedType generic
                && Arrays.stream(generic.getActualTypeArguments())
                        .anyMatch(argument -> argument instanceof Class<?> raw && isMapper(raw));
    }

    private static boolean isMapper(Class<?> type) {
        Class<?> at = type;
        while (at != null && !BASES.contains(at.getName())) {
            at = at.getSuperclass();
        }
        return at != null;
    }

    /** The method by which Jackson's providers tell their mapper, in every package that they are repackaged into. */
    private static @Nullable Method locator(Class<?> type) {
        try {
            return type.getMethod("locateMapper", Class.class, MediaType.class);
        } catch (NoSuchMethodException | LinkageError e) {
            return null;
        }
    }

    // ---- asking

    private void makeAndAsk(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            ask(constructor.newInstance());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            cannotTell(type, e);
        }
    }

    private void ask(Object source) {
        for (Class<?> type : answers) {
            try {
                Object mapper = mapper(source, type);
                guessing |= mapper == null || !isMapper(mapper.getClass());
                if (mapper != null) {
                    mappers.add(mapper);
                }
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                cannotTell(source.getClass(), e);
            }
        }
    }

    private static @Nullable Object mapper(Object source, Class<?> type) throws ReflectiveOperationException {
        if (source instanceof ContextResolver<?> resolver) {
            return resolver.getContext(type);
        }
        Method locator = locator(source.getClass());
        return locator == null ? null : locator.invoke(source, type, MediaType.APPLICATION_JSON_TYPE);
    }

    private void cannotTell(Class<?> source, Throwable cause) {
        if (!guessing && !Framework.isPartOfOne(source)) {
            LOG.warn(
                    "{} does not tell its Jackson mapper at start-up, so that names of sensitive properties are taken by"
                            + " convention; register an object instead of the class ({})",
                    source.getName(),
                    cause.toString());
        }
        guessing = true;
    }

    // ---- what they say

    private PropertyNames names() {
        PropertyNames conventions = new WireNames();
        List<PropertyNames> all = new ArrayList<>();
        mappers.forEach(mapper -> addNames(mapper, all));
        if (guessing || all.isEmpty()) {
            addDefaults(all);
            all.add(conventions);
        }
        return new MapperNames(all, conventions);
    }

    private static void addNames(Object mapper, List<PropertyNames> all) {
        if (Framework.isPresent(OF_JACKSON_2)) {
            Jackson2.add(mapper, all);
        }
        if (Framework.isPresent(OF_JACKSON_3)) {
            Jackson3.add(mapper, all);
        }
    }

    private static void addDefaults(List<PropertyNames> all) {
        try {
            if (Framework.isPresent(OF_JACKSON_2)) {
                all.add(Jackson2.byDefault());
            }
            if (Framework.isPresent(OF_JACKSON_3)) {
                all.add(Jackson3.byDefault());
            }
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            LOG.debug("a Jackson mapper cannot be made", e);
        }
    }

    /** Touched only where that generation is. */
    private static final class Jackson2 {
        static void add(Object mapper, List<PropertyNames> all) {
            if (mapper instanceof com.fasterxml.jackson.databind.ObjectMapper known) {
                all.add(new Jackson2Properties(known));
            }
        }

        static PropertyNames byDefault() {
            return new Jackson2Properties(new com.fasterxml.jackson.databind.ObjectMapper().findAndRegisterModules());
        }
    }

    /** Touched only where that generation is. */
    private static final class Jackson3 {
        static void add(Object mapper, List<PropertyNames> all) {
            if (mapper instanceof tools.jackson.databind.ObjectMapper known) {
                all.add(new Jackson3Properties(known));
            }
        }

        static PropertyNames byDefault() {
            return new Jackson3Properties(tools.jackson.databind.json.JsonMapper.builder()
                    .findAndAddModules()
                    .build());
        }
    }
}
