package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the types of sets and records, each part once. The result is the very type that was given if it can be, so that the next join, most likely
 * with the same one, costs nothing.
 */
@SuppressWarnings("ReferenceEquality") // the very type, not an equal one
final class Joins {

    private Joins() {}

    static @Nullable SetOf sets(SetOf one, SetOf other) {
        CedarType element = CedarType.join(one.element(), other.element());
        if (element == null) {
            return null;
        }
        return element == one.element() ? one : element == other.element() ? other : new SetOf(element);
    }

    static @Nullable RecordOf records(RecordOf one, RecordOf other) {
        if (one.attributes().size() != other.attributes().size()) {
            return null;
        }
        boolean isOne = true;
        boolean isOther = true;
        Map<String, Attribute> joined = new HashMap<>();
        for (Map.Entry<String, Attribute> entry : one.attributes().entrySet()) {
            Attribute a = entry.getValue();
            Attribute b = other.attributes().get(entry.getKey());
            CedarType type = b == null || a.required() != b.required() ? null : CedarType.join(a.type(), b.type());
            if (b == null || type == null) {
                return null;
            }
            isOne &= type == a.type();
            isOther &= type == b.type();
            joined.put(entry.getKey(), new Attribute(type, a.required()));
        }
        return isOne ? one : isOther ? other : new RecordOf(joined);
    }
}
