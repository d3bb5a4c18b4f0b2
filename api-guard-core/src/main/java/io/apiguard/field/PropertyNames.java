package io.apiguard.field;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * What an application's own JSON mapper says of a type: the members it writes for it, and under which names.
 *
 * <p>Adapters implement it over the mapper in use, so that renamed properties, naming strategies and mix-ins are
 * honoured. An implementation must be thread-safe.
 */
@FunctionalInterface
public interface PropertyNames {

    /**
     * Lists the properties of a type that is written as a JSON object of known members.
     *
     * @param type a class or a parameterized type, never a collection, map, array or scalar of the JDK
     * @return the properties, or empty if the type is written in another way or nothing is known of it (a custom
     *     serializer, a value
     *     type): then every sensitive name is masked in whatever it is written as
     */
    Optional<List<Property>> properties(Type type);

    /**
     * {@return the names by Java's own conventions, for applications without a mapper} A record's components; else the
     * getters ({@code getX}, {@code isX}) and the public fields of the class and its superclasses. A type without any
     * is unknown.
     */
    static PropertyNames reflective() {
        return ReflectiveNames.INSTANCE;
    }
}
