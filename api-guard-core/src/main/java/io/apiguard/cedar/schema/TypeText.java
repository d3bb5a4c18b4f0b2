package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import java.util.Map;
import java.util.TreeMap;

/** Puts a type into words, and cuts them: few lines of a schema can stand for a type that fills books. For one use. */
final class TypeText {

    private static final int LONGEST = 500;

    /** More attributes than these do not fit anyway. */
    private static final int MOST = 200;

    private final StringBuilder out = new StringBuilder();

    private TypeText() {}

    static String of(CedarType type) {
        TypeText text = new TypeText();
        text.append(type);
        return text.out.length() <= LONGEST ? text.out.toString() : text.out.substring(0, LONGEST) + "...";
    }

    private void append(CedarType type) {
        if (type instanceof SetOf set) {
            out.append("Set<");
            append(set.element());
            out.append('>');
        } else if (type instanceof RecordOf record) {
            record(record);
        } else {
            out.append(type);
        }
    }

    private void record(RecordOf record) {
        String separator = "{";
        for (Map.Entry<String, Attribute> entry : first(record).entrySet()) {
            out.append(separator).append(entry.getKey()).append(entry.getValue().required() ? ": " : "?: ");
            if (out.length() > LONGEST) {
                return;
            }
            append(entry.getValue().type());
            separator = ", ";
        }
        out.append(record.attributes().isEmpty() ? "{}" : "}");
    }

    /** Returns the first attributes in the order of their names. */
    private static Map<String, Attribute> first(RecordOf record) {
        TreeMap<String, Attribute> first = new TreeMap<>();
        record.attributes().forEach((name, attribute) -> {
            if (first.size() < MOST || name.compareTo(first.lastKey()) < 0) {
                first.put(name, attribute);
            }
            if (first.size() > MOST) {
                first.pollLastEntry();
            }
        });
        return first;
    }
}
