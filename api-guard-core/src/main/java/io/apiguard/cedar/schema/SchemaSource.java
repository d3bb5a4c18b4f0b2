package io.apiguard.cedar.schema;

import io.apiguard.cedar.value.CedarException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema as it was written, in either notation, with names that are not resolved yet.
 *
 * @param namespaces what is declared, by namespace; the empty text is that without a name
 */
public record SchemaSource(Map<String, Namespace> namespaces) {

    /** Copies the map. */
    public SchemaSource {
        namespaces = Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
    }

    /**
     * What a namespace declares.
     *
     * @param annotations of the namespace itself, by key
     * @param entities by name
     * @param actions by id
     * @param types common types by name
     */
    public record Namespace(
            Map<String, String> annotations,
            Map<String, EntityDeclaration> entities,
            Map<String, ActionDeclaration> actions,
            Map<String, TypeDeclaration> types) {}

    /**
     * A type of entities.
     *
     * @param annotations by key
     * @param memberOf the types whose entities they can be in, as written
     * @param shape their attributes
     * @param tags the type of their tags; {@code null} if they have none
     * @param ids the only ids there are; {@code null} if any
     */
    public record EntityDeclaration(
            Map<String, String> annotations,
            List<String> memberOf,
            TypeSource shape,
            @Nullable TypeSource tags,
            @Nullable List<String> ids) {}

    /**
     * An action.
     *
     * @param annotations by key
     * @param memberOf the actions that it is in
     * @param appliesTo what it applies to; {@code null} if to nothing, as a mere group
     */
    public record ActionDeclaration(
            Map<String, String> annotations,
            List<ActionReference> memberOf,
            @Nullable AppliesTo appliesTo) {}

    /**
     * What an action applies to.
     *
     * @param principals the types of principals, as written
     * @param resources the types of resources, as written
     * @param context a record
     */
    public record AppliesTo(List<String> principals, List<String> resources, TypeSource context) {}

    /**
     * Names an action.
     *
     * @param type its type as written, such as {@code Shop::Action}; {@code null} if only the id was written
     * @param id its id
     */
    public record ActionReference(@Nullable String type, String id) {}

    /**
     * A common type.
     *
     * @param annotations by key
     * @param type what it stands for
     */
    public record TypeDeclaration(Map<String, String> annotations, TypeSource type) {}

    /** A type as it was written. */
    public sealed interface TypeSource {

        /** The record without attributes. */
        TypeSource EMPTY = new OfRecord(Map.of());

        /**
         * A name.
         *
         * @param name as written
         * @param kind what it can name
         */
        record Named(String name, NameKind kind) implements TypeSource {}

        /**
         * A set.
         *
         * @param element the type of its elements
         */
        record OfSet(TypeSource element) implements TypeSource {}

        /**
         * A record.
         *
         * @param attributes by name
         */
        record OfRecord(Map<String, AttributeSource> attributes) implements TypeSource {

            /** Copies the map. */
            public OfRecord {
                attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            }
        }
    }

    /**
     * An attribute as it was written.
     *
     * @param annotations by key
     * @param type its type
     * @param required whether it is always there
     */
    public record AttributeSource(Map<String, String> annotations, TypeSource type, boolean required) {}

    /** What a name in the place of a type can name. */
    public enum NameKind {
        /** A common type, an entity type, or a type of the language, in this order. */
        ANY,
        /** A common type, or a type of the language. */
        COMMON,
        /** An entity type. */
        ENTITY,
        /** A type of the language. */
        BUILT_IN
    }

    /**
     * Returns this schema and others as one.
     *
     * @param others each may declare what no other does
     * @throws CedarException if something is declared twice
     */
    public SchemaSource with(List<SchemaSource> others) {
        Map<String, Namespace> all = new LinkedHashMap<>(namespaces);
        for (SchemaSource other : others) {
            other.namespaces.forEach((name, namespace) -> all.merge(name, namespace, (a, b) -> joined(name, a, b)));
        }
        return new SchemaSource(all);
    }

    private static Namespace joined(String name, Namespace one, Namespace other) {
        Map<String, String> annotations = new LinkedHashMap<>(one.annotations());
        annotations.putAll(other.annotations());
        return new Namespace(
                annotations,
                joined(name, "entity type", one.entities(), other.entities()),
                joined(name, "action", one.actions(), other.actions()),
                joined(name, "common type", one.types(), other.types()));
    }

    private static <D> Map<String, D> joined(String namespace, String what, Map<String, D> one, Map<String, D> other) {
        Map<String, D> all = new LinkedHashMap<>(one);
        other.forEach((name, declaration) -> put(all, namespace, what, name, declaration));
        return all;
    }

    /**
     * Adds a declaration.
     *
     * @param all where to
     * @param namespace the namespace, for the refusal
     * @param what what is declared, for the refusal
     * @param name its name
     * @param declaration the declaration
     * @param <D> the kind of declaration
     * @throws CedarException if the name is taken
     */
    public static <D> void put(Map<String, D> all, String namespace, String what, String name, D declaration) {
        if (all.put(name, declaration) != null) {
            List<String> path = new ArrayList<>(namespace.isEmpty() ? List.of() : List.of(namespace));
            path.add(name);
            throw new CedarException("the " + what + " '" + String.join("::", path) + "' is declared twice");
        }
    }
}
