package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.value.CedarException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Keeps types small: common types can name each other, so that few lines of a schema could stand for a type without end in width or depth, and
 * whatever goes through it later would not come back.
 */
final class TypeSizes {

    private static final int MAXIMUM_HEIGHT = 200;
    private static final int MAXIMUM_COUNT = 10_000;
    private static final Size SIMPLE = new Size(1, 1);

    private final IdentityHashMap<CedarType, Size> sizes = new IdentityHashMap<>();

    /** How many types a type is made of, and how far they nest. */
    private record Size(int count, int height) {}

    /** Notes the size of a type, all parts of which were noted before; returns the type. */
    CedarType checked(CedarType type) {
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
