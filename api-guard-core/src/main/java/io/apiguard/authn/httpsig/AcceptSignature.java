package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.Member;
import io.apiguard.internal.structured.Parameters;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes which signature a service asks its clients for (RFC 9421 section 5.1). */
final class AcceptSignature {

    private static final String USUAL_LABEL = "sig";
    private static final int NONCE_BYTES = 16;

    private AcceptSignature() {}

    /**
     * Returns the value of the field.
     *
     * @param components what is to be covered
     * @param random what the nonce is made of, or {@code null} if none is demanded
     */
    static String value(
            List<Component> components, @Nullable String label, @Nullable String tag, @Nullable SecureRandom random) {
        Map<String, BareItem> parameters = new LinkedHashMap<>();
        parameters.put("created", new BareItem.Truth(true));
        if (random != null) {
            parameters.put("nonce", new BareItem.Text(nonce(random)));
        }
        if (tag != null) {
            parameters.put("tag", new BareItem.Text(tag));
        }
        Member.InnerList asked =
                new Member.InnerList(components.stream().map(Component::item).toList(), new Parameters(parameters));
        return FieldWriter.dictionary(Map.of(label == null ? USUAL_LABEL : label, asked));
    }

    /** Any nonce that was not used before will do: this one saves the client from making one up. */
    private static String nonce(SecureRandom random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
