package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the types of records. */
final class Joins {

    private Joins() {}

    static @Nullable RecordOf records(RecordOf one, RecordOf other) {
        if (!one.attributes().keySet().equals(other.attributes().keySet())) {
            return null;
        }
        Map<String, Attribute> joined = new HashMap<>();
        for (Map.Entry<String, Attribute> entry : one.attributes().entrySet()) {
            Attribute a = entry.getValue();
            Attribute b = other.attributes().get(entry.getKey());
            CedarType type = b == null || a.required() != b.required() ? null : CedarType.join(a.type(), b.type());
            if (type == null) {
                return null;
            }
            joined.put(entry.getKey(), new Attribute(type, a.required()));
        }
        return new RecordOf(joined);
    }
}
