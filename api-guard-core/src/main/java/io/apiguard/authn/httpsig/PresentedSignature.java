package io.apiguard.authn.httpsig;

import io.apiguard.authn.httpsig.HttpSignatureResult.Reason;
import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldParser;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one signature of a message that is looked at, not yet believed (RFC 9421 section 4).
 *
 * @param label its name in both fields
 * @param parameters what it says of itself
 * @param value its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PresentedSignature(String label, SignatureParameters parameters, byte[] value) {

    private static final int LONGEST_FIELD = 16 * 1024;
    private static final int MOST_SIGNATURES = 8;

    static PresentedSignature of(HttpMessage message, @Nullable String label, @Nullable String tag) {
        Map<String, Member> inputs = field(message, "signature-input");
        Map<String, Member> values = field(message, "signature");
        String chosen = label == null ? only(inputs, tag) : label;
        Member input = inputs.get(chosen);
        Member value = values.get(chosen);
        if (input == null || value == null) {
            throw new RefusedSignature(Reason.MISSING, "is not there, or lacks one of its two fields");
        }
        SignatureParameters parameters = SignatureParameters.of(input);
        if (tag != null && !tag.equals(parameters.text("tag"))) {
            throw new RefusedSignature(Reason.MISSING, "has not the tag that is demanded");
        }
        return new PresentedSignature(chosen, parameters, bytes(value));
    }

    /** Whether a message presents a signature that is meant for a verifier of that label and tag; what cannot be read is. */
    static boolean isMeant(HttpMessage message, @Nullable String label, @Nullable String tag) {
        try {
            Map<String, Member> inputs = field(message, "signature-input");
            Map<String, Member> values = field(message, "signature");
            if (label != null) {
                return inputs.containsKey(label) || values.containsKey(label);
            }
            return tag == null || inputs.values().stream().anyMatch(input -> hasTag(input, tag));
        } catch (RuntimeException e) {
            return true;
        }
    }

    private static Map<String, Member> field(HttpMessage message, String name) {
        List<String> lines = message.fields(name);
        if (lines.stream().mapToLong(String::length).sum() > LONGEST_FIELD) {
            throw new RefusedSignature(Reason.TOO_LARGE, "has fields of more than " + LONGEST_FIELD + " characters");
        }
        Map<String, Member> members = FieldParser.distinctDictionary(lines);
        if (members.size() > MOST_SIGNATURES) {
            throw new RefusedSignature(Reason.TOO_LARGE, "is one of more than " + MOST_SIGNATURES);
        }
        return members;
    }

    private static String only(Map<String, Member> inputs, @Nullable String tag) {
        List<String> labels = new ArrayList<>(inputs.keySet());
        labels.removeIf(label -> tag != null && !hasTag(inputs.get(label), tag));
        if (labels.size() > 1) {
            throw new RefusedSignature(Reason.AMBIGUOUS, "is one of several, and nothing says which is meant");
        }
        if (labels.isEmpty()) {
            throw new RefusedSignature(Reason.MISSING, "is not there, or has not the tag that is demanded");
        }
        return labels.get(0);
    }

    private static boolean hasTag(@Nullable Member input, String tag) {
        return input != null && new BareItem.Text(tag).equals(input.parameters().get("tag"));
    }

    private static byte[] bytes(Member value) {
        if (value instanceof Member.Item item && item.value() instanceof BareItem.Bytes bytes) {
            return bytes.value();
        }
        throw new MalformedField("a signature that is no Byte Sequence");
    }
}
