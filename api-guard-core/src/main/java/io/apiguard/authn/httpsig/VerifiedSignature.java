package io.apiguard.authn.httpsig;

import io.apiguard.identity.Identity;
import java.util.Set;

/**
 * A signature that was verified; only {@link HttpSignatureVerifier} makes one.
 *
 * <p>Immutable and thread-safe.
 */
public final class VerifiedSignature {

    private final Identity identity;
    private final String keyId;
    private final String label;
    private final Set<Component> covered;
    private final SignedBody body;

    VerifiedSignature(Identity identity, String keyId, String label, Set<Component> covered, SignedBody body) {
        this.identity = identity;
        this.keyId = keyId;
        this.label = label;
        this.covered = Set.copyOf(covered);
        this.body = body;
    }

    /** Returns who signed. */
    public Identity identity() {
        return identity;
    }

    /** Returns the id of the key that signed. */
    public String keyId() {
        return keyId;
    }

    /** Returns the name of the signature in its message. */
    public String label() {
        return label;
    }

    /**
     * Returns whether the signature covers {@code Content-Digest}. If so, the body is genuine once {@link ContentDigest#verify} has
     * compared the two; if not, nothing says that a body is the signer's.
     */
    public boolean coversBody() {
        return SignedComponents.coversBody(covered);
    }

    /** Returns what the body must be like, once it is read. */
    public SignedBody body() {
        return body;
    }

    /**
     * Returns whether the signature covers all of a component.
     *
     * @param identifier a name, such as {@code @authority}, or a whole identifier, such as {@code "@query-param";name="id"}
     * @throws IllegalArgumentException if it is none
     */
    public boolean covers(String identifier) {
        return SignedComponents.covers(
                covered, SignedComponents.components(identifier).get(0));
    }

    @Override
    public String toString() {
        return "VerifiedSignature[" + identity + "]";
    }
}
