package io.apiguard.field;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;

/**
 * One property of a model type, as a mapper writes it.
 *
 * @param name the member's name in the JSON document; of no meaning unless the kind is {@link Kind#MEMBER}
 * @param type the declared type of the value; may hold type variables of the class that declares it
 * @param places where annotations of the property may stand: field, accessor, record component, constructor parameter
 * @param kind how the mapper writes it
 */
public record Property(String name, Type type, List<AnnotatedElement> places, Kind kind) {

    /** How a mapper writes a property. */
    public enum Kind {
        /** As a member of the object. */
        MEMBER,
        /**
         * As members of the object, one for each property of the value. Where the mapper adds a prefix to their names,
         * list them.
         */
        UNWRAPPED,
        /** As members of the object, one for each entry of a map; the names are not known. */
        ANY
    }

    /** Copies the places. */
    public Property {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(kind, "kind");
        places = List.copyOf(places);
    }

    /**
     * Makes an ordinary property.
     *
     * @param name the member's name in the JSON document
     * @param type the declared type of the value
     * @param places where annotations of the property may stand
     * @return the property
     */
    public static Property member(String name, Type type, List<? extends AnnotatedElement> places) {
        return new Property(name, type, List.copyOf(places), Kind.MEMBER);
    }
}
