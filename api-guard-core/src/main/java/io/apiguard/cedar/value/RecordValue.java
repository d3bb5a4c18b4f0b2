package io.apiguard.cedar.value;

import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A record: attributes by name, without order. */
public final class RecordValue implements Value {

    /** The record without attributes. */
    public static final RecordValue EMPTY = new RecordValue(Map.of());

    private final Map<String, Value> attributes;
    private final int hash;

    private RecordValue(Map<String, Value> attributes) {
        attributes.keySet().forEach(Texts::check);
        this.attributes = attributes;
        this.hash = attributes.entrySet().stream()
                .mapToInt(entry ->
                        Hashes.of(entry.getKey().hashCode(), entry.getValue().hashCode()))
                .sum();
    }

    /**
     * Returns a record.
     *
     * @param attributes its attributes by name; any text is a name
     * @throws CedarException if a name has a lone surrogate
     */
    public static RecordValue of(Map<String, ? extends Value> attributes) {
        return attributes.isEmpty() ? EMPTY : new RecordValue(Map.copyOf(attributes));
    }

    /** Returns the attributes, unmodifiable, in no order. */
    public Map<String, Value> attributes() {
        return attributes;
    }

    /**
     * Returns the value of an attribute, or {@code null} if the record does not have it.
     *
     * @param name any text
     */
    public @Nullable Value get(String name) {
        return attributes.get(name);
    }

    @Override
    public String typeName() {
        return "Record";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RecordValue that && hash == that.hash && attributes.equals(that.attributes));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Texts.BY_CODE_POINT))
                .forEach(entry -> text.add(Texts.quoted(entry.getKey()) + ": " + entry.getValue()));
        return text.toString();
    }
}
