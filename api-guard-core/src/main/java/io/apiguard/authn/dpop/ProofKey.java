package io.apiguard.authn.dpop;

import io.apiguard.authn.dpop.DpopResult.Reason;
import io.apiguard.authn.jose.Jwk;
import io.apiguard.authn.jose.Malformed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the key that a proof brings along in its header (RFC 9449 section 4.2). */
final class ProofKey {

    /** RFC 7518 sections 6.2.2, 6.3.2 and 6.4: whoever shows these has no secret any more. */
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private ProofKey() {}

    static Jwk of(Map<String, @Nullable Object> header) {
        Map<String, @Nullable Object> jwk = members(header.get("jwk"));
        if (PRIVATE.stream().anyMatch(jwk::containsKey)) {
            throw new RefusedProof(Reason.KEY, "its 'jwk' gives a private or symmetric key away");
        }
        try {
            return Jwk.of(jwk);
        } catch (Malformed e) {
            throw new RefusedProof(Reason.KEY, "its 'jwk' is refused: " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // StrictJson makes maps with strings as keys only
    private static Map<String, @Nullable Object> members(@Nullable Object jwk) {
        if (jwk instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new RefusedProof(Reason.KEY, "its header has no object 'jwk'");
    }
}
