package io.apiguard.authn.jose;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jose4j.jwe.ContentEncryptionParts;
import org.jspecify.annotations.Nullable;

/**
 * A JWE in compact form, taken apart and not yet believed (RFC 7516 section 3.1). Immutable, but for the arrays, which
 * are for those who decrypt.
 */
public final class CompactJwe {

    private static final int PARTS = 5;
    private static final int MAXIMUM_LENGTH = 64 * 1024;
    private static final int MAXIMUM_HEADER_LENGTH = 4 * 1024;
    private static final int MAXIMUM_KEY_ID_LENGTH = 256;

    private final Map<String, @Nullable Object> header;
    private final ContentEncryption encryption;
    private final byte[] encryptedKey;
    private final ContentEncryptionParts parts;
    private final byte[] additionalData;

    private CompactJwe(String[] texts) {
        this.header = StrictJson.object(Base64Url.decode(texts[0]));
        this.encryption = encryption(header);
        this.encryptedKey = Base64Url.decode(texts[1]);
        byte[] iv = Base64Url.decode(texts[2]);
        byte[] ciphertext = Base64Url.decode(texts[3]);
        byte[] tag = Base64Url.decode(texts[4]);
        if (!encryption.fits(iv, ciphertext, tag)) {
            throw new Malformed("an initialisation vector, a ciphertext or a tag of the wrong length");
        }
        this.parts = new ContentEncryptionParts(iv, ciphertext, tag);
        this.additionalData = texts[0].getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns whether a token has the five parts of a JWE; one of three parts is a JWS. */
    public static boolean hasFormOf(String token) {
        return token.chars().filter(c -> c == '.').count() == PARTS - 1;
    }

    /**
     * Takes an encrypted token of at most 64 KB apart.
     *
     * @throws Malformed if it has not exactly five parts of strict base64url, one of them has the wrong length, or its
     *     header is refused: no JSON object, no {@code alg} or unknown {@code enc}, critical extensions (section
     *     4.1.13), compression (section 4.1.3) or a member of the wrong type
     */
    public static CompactJwe parse(String token) {
        if (token.length() > MAXIMUM_LENGTH) {
            throw new Malformed("an encrypted token of more than " + MAXIMUM_LENGTH + " characters");
        }
        String[] texts = token.split("\\.", PARTS + 1);
        if (texts.length != PARTS || texts[0].length() > MAXIMUM_HEADER_LENGTH) {
            throw new Malformed("not five parts, or a header of more than " + MAXIMUM_HEADER_LENGTH + " characters");
        }
        return new CompactJwe(texts);
    }

    private static ContentEncryption encryption(Map<String, @Nullable Object> header) {
        checkHeader(header);
        ContentEncryption encryption = ContentEncryption.of(Members.demanded(header, "enc"));
        if (encryption == null) {
            throw new Malformed("a header with an unknown 'enc'");
        }
        return encryption;
    }

    private static void checkHeader(Map<String, @Nullable Object> header) {
        Members.demanded(header, "alg");
        Members.string(header, "cty");
        if (header.containsKey("crit")) {
            throw new Malformed("a header with critical extensions, of which none is understood");
        }
        if (header.containsKey("zip") || header.containsKey("b64")) {
            throw new Malformed("a header of a compressed or unencoded token");
        }
        String keyId = Members.string(header, "kid");
        if (keyId != null && keyId.length() > MAXIMUM_KEY_ID_LENGTH) {
            throw new Malformed("a 'kid' of more than " + MAXIMUM_KEY_ID_LENGTH + " characters");
        }
    }

    /** Returns the members of the protected header. */
    public Map<String, @Nullable Object> header() {
        return header;
    }

    /** Returns the {@code alg} of the header. */
    public String algorithm() {
        return Members.demanded(header, "alg");
    }

    /** Returns the {@code kid} of the header, or {@code null}. */
    public @Nullable String keyId() {
        return Members.string(header, "kid");
    }

    /** Returns whether the header says that a token is inside (RFC 7519 section 5.2). */
    public boolean isNested() {
        String type = Members.string(header, "cty");
        return type != null && type.equalsIgnoreCase("JWT");
    }

    ContentEncryption encryption() {
        return encryption;
    }

    byte[] encryptedKey() {
        return encryptedKey;
    }

    ContentEncryptionParts parts() {
        return parts;
    }

    /** The first part as received, which the tag is over too. */
    byte[] additionalData() {
        return additionalData;
    }

    @Override
    public String toString() {
        return "CompactJwe[" + encryption.id() + "]";
    }
}
