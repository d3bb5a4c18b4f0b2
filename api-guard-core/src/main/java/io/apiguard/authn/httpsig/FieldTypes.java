package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.FieldParser;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of which type the structured fields are: without knowing that, none can be written in its canonical form (RFC 9421 section 2.1.1). That
 * form has each key of a Dictionary once, so that a field with one twice is refused: what came first would not be signed.
 */
final class FieldTypes {

    private static final Map<String, StructuredFieldType> REGISTERED = Map.ofEntries(
            Map.entry("accept-signature", StructuredFieldType.DICTIONARY),
            Map.entry("cache-status", StructuredFieldType.LIST),
            Map.entry("client-cert", StructuredFieldType.ITEM),
            Map.entry("client-cert-chain", StructuredFieldType.LIST),
            Map.entry("content-digest", StructuredFieldType.DICTIONARY),
            Map.entry("priority", StructuredFieldType.DICTIONARY),
            Map.entry("proxy-status", StructuredFieldType.LIST),
            Map.entry("repr-digest", StructuredFieldType.DICTIONARY),
            Map.entry("signature", StructuredFieldType.DICTIONARY),
            Map.entry("signature-input", StructuredFieldType.DICTIONARY),
            Map.entry("want-content-digest", StructuredFieldType.DICTIONARY),
            Map.entry("want-repr-digest", StructuredFieldType.DICTIONARY));

    private final Map<String, StructuredFieldType> types = new HashMap<>(REGISTERED);

    FieldTypes(Map<String, StructuredFieldType> more) {
        types.putAll(more);
    }

    String canonical(String name, List<String> lines) {
        StructuredFieldType type = types.get(name);
        if (type == null) {
            throw new MalformedField("a component with 'sf' whose field's type is not known");
        }
        return switch (type) {
            case ITEM -> FieldWriter.member(FieldParser.item(lines));
            case LIST -> FieldWriter.list(FieldParser.list(lines));
            case DICTIONARY -> FieldWriter.dictionary(FieldParser.distinctDictionary(lines));
        };
    }

    /** RFC 9421 section 2.1.2. */
    String member(String name, List<String> lines, String key) {
        if (types.getOrDefault(name, StructuredFieldType.DICTIONARY) != StructuredFieldType.DICTIONARY) {
            throw new MalformedField("a component with 'key' whose field is no Dictionary");
        }
        Member member = FieldParser.distinctDictionary(lines).get(key);
        if (member == null) {
            throw new MalformedField("a component with a 'key' that its field does not have");
        }
        return FieldWriter.member(member);
    }
}
