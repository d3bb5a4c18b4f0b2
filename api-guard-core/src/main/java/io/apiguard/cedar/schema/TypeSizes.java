package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.value.CedarException;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps types small: common types can name each other, so that few lines of a schema could stand for a type without end in width or depth, and
 * whatever goes through it later would not come back. Equal types become the same object.
 */
final class TypeSizes {

    private static final int MAXIMUM_HEIGHT = 200;
    private static final int MAXIMUM_COUNT = 10_000;
    private static final Size SIMPLE = new Size(1, 1);

    private final IdentityHashMap<CedarType, Size> sizes = new IdentityHashMap<>();
    private final Map<Object, CedarType> shared = new HashMap<>();

    /** How many types a type is made of, and how far they nest. */
    private record Size(int count, int height) {}

    /** A part of a type: the very one if it has parts itself, all of which are shared, else any that is equal. */
    private record Part(CedarType type) {

        private boolean isSimple() {
            return !(type instanceof SetOf || type instanceof RecordOf);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the very type, not an equal one
        public boolean equals(@Nullable Object other) {
            return other instanceof Part that && (type == that.type || (isSimple() && type.equals(that.type)));
        }

        @Override
        public int hashCode() {
            return isSimple() ? type.hashCode() : System.identityHashCode(type);
        }
    }

    /** Returns the one object that stands for all types equal to this one, whose parts are such objects: to compare two of them costs nothing. */
    CedarType shared(CedarType type) {
        CedarType known = shared.putIfAbsent(key(type), type);
        return known == null ? checked(type) : known;
    }

    private static Object key(CedarType type) {
        if (type instanceof RecordOf record) {
            Map<String, Map.Entry<Part, Boolean>> key = new HashMap<>();
            record.attributes()
                    .forEach((name, attribute) ->
                            key.put(name, Map.entry(new Part(attribute.type()), attribute.required())));
            return key;
        }
        return type instanceof SetOf set ? new Part(set.element()) : type;
    }

    /** Notes the size of a type, all parts of which were noted before; returns the type. */
    private CedarType checked(CedarType type) {
        int count = 1;
        int highest = 0;
        for (CedarType part : parts(type)) {
            Size size = sizes.getOrDefault(part, SIMPLE);
            count += size.count();
            highest = Math.max(highest, size.height());
            if (count > MAXIMUM_COUNT) {
                throw new CedarException("a type is made of more than " + MAXIMUM_COUNT + " types");
            }
        }
        if (highest >= MAXIMUM_HEIGHT) {
            throw tooDeep();
        }
        sizes.put(type, new Size(count, highest + 1));
        return type;
    }

    /** Refuses types that name each other further than they may nest. */
    void checkHeight(int height) {
        if (height > MAXIMUM_HEIGHT) {
            throw tooDeep();
        }
    }

    private static CedarException tooDeep() {
        return new CedarException("types nest more than " + MAXIMUM_HEIGHT + " levels");
    }

    private static Collection<CedarType> parts(CedarType type) {
        if (type instanceof SetOf set) {
            return List.of(set.element());
        }
        return type instanceof RecordOf record
                ? record.attributes().values().stream()
                        .map(CedarType.Attribute::type)
                        .toList()
                : List.of();
    }
}
