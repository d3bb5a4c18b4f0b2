package io.apiguard.authn.jose;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact form, taken apart and not yet believed (RFC 7515 section 3.1).
 * Immutable, but for the arrays, which are for those who verify.
 */
public final class CompactJws {

    private static final int MAXIMUM_KEY_ID_LENGTH = 256;
    private static final HeaderMemory HEADERS = new HeaderMemory();

    private final String headerText;
    private final Map<String, @Nullable Object> header;
    private final byte[] payload;
    private final byte[] signature;
    private final byte[] signingInput;

    private CompactJws(String token, int first, int second) {
        this.headerText = token.substring(0, first);
        this.header = HEADERS.header(headerText, CompactJws::checkedHeader);
        this.payload = Base64Url.decode(token, first + 1, second);
        this.signature = Base64Url.decode(token, second + 1, token.length());
        this.signingInput = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes a token apart.
     *
     * @throws Malformed if it has not exactly three parts of strict base64url, or its header is refused: no JSON
     *     object, no {@code alg}, critical extensions (section 4.1.11), an unencoded payload (RFC 7797) or a member of
     *     the wrong type
     */
    public static CompactJws parse(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new Malformed("not three parts");
        }
        return new CompactJws(token, first, second);
    }

    private static Map<String, @Nullable Object> checkedHeader(String text) {
        Map<String, @Nullable Object> header = StrictJson.object(Base64Url.decode(text));
        checkHeader(header);
        return header;
    }

    /**
     * Keys and addresses of keys in a header ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are nobody's word:
     * not even read.
     */
    private static void checkHeader(Map<String, @Nullable Object> header) {
        Members.demanded(header, "alg");
        if (header.containsKey("crit")) {
            throw new Malformed("a header with critical extensions, of which none is understood");
        }
        if (header.containsKey("b64") || header.containsKey("zip") || header.containsKey("enc")) {
            throw new Malformed("a header of an unencoded, compressed or encrypted token");
        }
        String keyId = Members.string(header, "kid");
        if (keyId != null && keyId.length() > MAXIMUM_KEY_ID_LENGTH) {
            throw new Malformed("a 'kid' of more than " + MAXIMUM_KEY_ID_LENGTH + " characters");
        }
    }

    /** Returns the first part as received, which the header is read from. */
    public String headerText() {
        return headerText;
    }

    /** Returns the members of the protected header. */
    public Map<String, @Nullable Object> header() {
        return header;
    }

    /** Returns the bytes signed for; not a copy. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the signature; not a copy. */
    public byte[] signature() {
        return signature;
    }

    /** Returns what the signature is over, the first two parts as received; not a copy. */
    public byte[] signingInput() {
        return signingInput;
    }

    /** Returns the {@code alg} of the header. */
    public String algorithm() {
        return Members.demanded(header, "alg");
    }

    /** Returns the {@code kid} of the header, or {@code null}. */
    public @Nullable String keyId() {
        return Members.string(header, "kid");
    }

    @Override
    public String toString() {
        return "CompactJws[" + signingInput.length + " bytes]";
    }
}
