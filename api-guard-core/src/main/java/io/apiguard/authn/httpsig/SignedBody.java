package io.apiguard.authn.httpsig;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a verified signature says of the body, which is read later: compared with the bytes that the application gets, it tells whether they
 * are the signer's (RFC 9421 section 7.2.8, RFC 9530).
 *
 * <p>Immutable and thread-safe; only {@link HttpSignatureVerifier} makes one.
 */
public final class SignedBody {

    private static final String DIGEST = "content-digest";

    private final List<String> digests;
    private final Set<String> covered;
    private final boolean demanded;

    private SignedBody(List<String> digests, Set<String> covered, boolean demanded) {
        this.digests = List.copyOf(digests);
        this.covered = covered;
        this.demanded = demanded;
    }

    /** Keeps the digests that the signature was verified over, whatever becomes of the message's fields. */
    static SignedBody of(HttpMessage message, Set<Component> components, SignedComponents policy) {
        return new SignedBody(message.fields(DIGEST), covered(components), policy.demandsBody());
    }

    /** Returns the algorithms of the digests that are covered; those of a trailer, or of the request that a response answers, are none. */
    private static Set<String> covered(Set<Component> components) {
        if (SignedComponents.coversBody(components)) {
            return ContentDigest.ALGORITHMS;
        }
        return components.stream()
                .filter(component -> component.name().equals(DIGEST) && !component.has("tr") && !component.has("req"))
                .map(component -> String.valueOf(component.text("key")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong with a body. */
    public enum Fault {
        /** There is a body, and the signature does not cover its digest. */
        BODY_UNSIGNED("the request has a body, and the signature does not cover its digest"),
        /** The body is not the one that the signature covers. */
        DIGEST_MISMATCH("the body is not the one whose digest the signature covers"),
        /** The covered field has no digest of an algorithm that counts. */
        DIGEST_MISSING("the Content-Digest that the signature covers has neither sha-256 nor sha-512"),
        /** The covered field is no Dictionary of digests. */
        DIGEST_MALFORMED("the Content-Digest that the signature covers is no Dictionary of Byte Sequences");

        private final String detail;

        Fault(String detail) {
            this.detail = detail;
        }

        /** Returns the stable code, such as {@code signature.digest_mismatch}. */
        public String code() {
            return "signature." + name().toLowerCase(Locale.ROOT);
        }

        /** Returns one sentence for the operator, which never holds a part of the message. */
        public String detail() {
            return detail;
        }
    }

    /** Returns whether the signature says anything of the body; if not, every body is as good as another. */
    public boolean isMeaningful() {
        return !covered.isEmpty() || demanded;
    }

    /**
     * Compares a body with what the signature says of it.
     *
     * @param body the whole content as received, before any content coding is undone; of length 0 if there is none
     * @return what is wrong with it, or nothing
     */
    public Optional<Fault> fault(byte[] body) {
        if (covered.isEmpty()) {
            return demanded && body.length > 0 ? Optional.of(Fault.BODY_UNSIGNED) : Optional.empty();
        }
        return switch (ContentDigest.verify(digests, covered, body)) {
            case MATCH -> Optional.empty();
            case MISMATCH -> Optional.of(Fault.DIGEST_MISMATCH);
            case MISSING -> Optional.of(Fault.DIGEST_MISSING);
            case MALFORMED -> Optional.of(Fault.DIGEST_MALFORMED);
        };
    }
}
