package io.apiguard.cedar.schema;

import io.apiguard.cedar.value.EntityType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type of an expression, an attribute or a tag. Immutable, equal by content; the text of a long one is cut. */
public sealed interface CedarType {

    /** A Boolean, of which it may be known which it always is: so the type checker knows what is never evaluated. */
    enum Bool implements CedarType {
        /** True or false. */
        ANY,
        /** Always true. */
        TRUE,
        /** Always false. */
        FALSE;

        @Override
        public String toString() {
            return this == ANY ? "Bool" : "Bool that is always " + (this == TRUE ? "true" : "false");
        }
    }

    /** Long and String. */
    enum Primitive implements CedarType {
        /** A whole number. */
        LONG("Long"),
        /** A text. */
        STRING("String");

        private final String text;

        Primitive(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The extension types. */
    enum Extension implements CedarType {
        /** Decimal numbers. */
        DECIMAL("decimal"),
        /** IP addresses. */
        IPADDR("ipaddr"),
        /** Instants. */
        DATETIME("datetime"),
        /** Durations. */
        DURATION("duration");

        private final String text;

        Extension(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * An entity.
     *
     * @param type its type
     */
    record EntityOf(EntityType type) implements CedarType {

        @Override
        public String toString() {
            return type.name();
        }
    }

    /**
     * A set.
     *
     * @param element the type of its elements
     */
    record SetOf(CedarType element) implements CedarType {

        @Override
        public String toString() {
            return TypeText.of(this);
        }
    }

    /**
     * A record, with these attributes and no others.
     *
     * @param attributes by name
     */
    record RecordOf(Map<String, Attribute> attributes) implements CedarType {

        /** The record without attributes. */
        public static final RecordOf EMPTY = new RecordOf(Map.of());

        /** Copies the map. */
        public RecordOf {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public String toString() {
            return TypeText.of(this);
        }
    }

    /**
     * An attribute of a record or an entity.
     *
     * @param type its type
     * @param required whether it is always there
     */
    record Attribute(CedarType type, boolean required) {}

    /**
     * Returns the type that holds the values of both, or {@code null} if there is none: they differ in more than what is known of Booleans.
     *
     * @param one a type
     * @param other a type
     */
    @SuppressWarnings("ReferenceEquality") // what is equal and not the same is gone through
    static @Nullable CedarType join(CedarType one, CedarType other) {
        if (one == other) {
            return one;
        }
        if (one instanceof Bool && other instanceof Bool) {
            return Bool.ANY;
        }
        if (one instanceof SetOf a && other instanceof SetOf b) {
            return Joins.sets(a, b);
        }
        if (one instanceof RecordOf a && other instanceof RecordOf b) {
            return Joins.records(a, b);
        }
        return one.equals(other) ? one : null;
    }
}
