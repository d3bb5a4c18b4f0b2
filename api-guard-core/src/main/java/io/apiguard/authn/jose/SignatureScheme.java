package io.apiguard.authn.jose;

import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be computed for an algorithm, in the words of the JCA: EdDSA is two schemes, the others are one each. */
enum SignatureScheme {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    ED25519,
    ED448;

    /** Returns the scheme, or {@code null} if the algorithm does not suit the key. */
    static @Nullable SignatureScheme of(JwsAlgorithm algorithm, PublicKey key) {
        if (!algorithm.suits(key)) {
            return null;
        }
        if (key instanceof EdECPublicKey ed) {
            return ed.getParams().getName().equals("Ed448") ? ED448 : ED25519;
        }
        return valueOf(algorithm.name());
    }

    /** Returns how it is called to an operator. */
    String id() {
        return switch (this) {
            case ED25519 -> "EdDSA (Ed25519)";
            case ED448 -> "EdDSA (Ed448)";
            default -> name();
        };
    }

    /** Returns the names that providers know the scheme by, the best first. */
    List<String> names() {
        String bits = name().substring(2);
        return switch (this) {
            case RS256, RS384, RS512 -> List.of("SHA" + bits + "withRSA");
            case PS256, PS384, PS512 -> List.of("RSASSA-PSS", "SHA" + bits + "withRSA/PSS");
            case ES256, ES384, ES512 -> List.of("SHA" + bits + "withECDSAinP1363Format", "SHA" + bits + "withECDSA");
            case ED25519 -> List.of("Ed25519");
            case ED448 -> List.of("Ed448");
        };
    }

    /** Returns the parameters of RSASSA-PSS (RFC 7518 section 3.5: a salt as long as the hash), or {@code null}. */
    @Nullable PSSParameterSpec parameters() {
        return switch (this) {
            case PS256 -> parameters(MGF1ParameterSpec.SHA256, 32);
            case PS384 -> parameters(MGF1ParameterSpec.SHA384, 48);
            case PS512 -> parameters(MGF1ParameterSpec.SHA512, 64);
            default -> null;
        };
    }

    private static PSSParameterSpec parameters(MGF1ParameterSpec mask, int saltLength) {
        return new PSSParameterSpec(
                mask.getDigestAlgorithm(), "MGF1", mask, saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }
}
