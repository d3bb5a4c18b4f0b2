package io.apiguard.authn.httpsig;

import io.apiguard.http.Header;
import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldParser;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import io.apiguard.internal.structured.Parameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares a body with its {@code Content-Digest} (RFC 9530), which a signature covers in its stead. Only {@code sha-256} and {@code
 * sha-512} count.
 *
 * <p>Stateless and thread-safe.
 */
public final class ContentDigest {

    /** Those that count. */
    static final Set<String> ALGORITHMS = Set.of("sha-256", "sha-512");

    private ContentDigest() {}

    /** What the comparison found; the body may be used after {@link #MATCH} only. */
    public enum Result {
        /** At least one digest is there that counts, and all that count are right. */
        MATCH,
        /** A digest is wrong. */
        MISMATCH,
        /** No digest is there that counts. */
        MISSING,
        /** The field is no Dictionary of digests. */
        MALFORMED
    }

    /**
     * Compares a body with its digests.
     *
     * @param fieldLines the {@code Content-Digest} field lines as received
     * @param body the content as received, before any content coding is undone
     * @return what was found; never an exception for anything the field contains
     */
    public static Result verify(List<String> fieldLines, byte[] body) {
        return verify(fieldLines, ALGORITHMS, body);
    }

    /** Compares a body with those of its digests that are of the given algorithms. */
    static Result verify(List<String> fieldLines, Set<String> algorithms, byte[] body) {
        try {
            return compared(FieldParser.distinctDictionary(fieldLines), algorithms, body);
        } catch (MalformedField e) {
            return Result.MALFORMED;
        }
    }

    private static Result compared(Map<String, Member> digests, Set<String> algorithms, byte[] body) {
        Result result = Result.MISSING;
        for (String algorithm : ALGORITHMS) {
            Member digest = algorithms.contains(algorithm) ? digests.get(algorithm) : null;
            if (digest == null) {
                continue;
            }
            if (!MessageDigest.isEqual(bytes(digest), digest(algorithm, body))) {
                return Result.MISMATCH;
            }
            result = Result.MATCH;
        }
        return result;
    }

    private static byte[] bytes(Member digest) {
        if (digest instanceof Member.Item item && item.value() instanceof BareItem.Bytes bytes) {
            return bytes.value();
        }
        throw new MalformedField("a digest that is no Byte Sequence");
    }

    /**
     * Returns the field of a body, with {@code sha-256}.
     *
     * @param body the content to be sent
     */
    public static Header of(byte[] body) {
        Member digest = new Member.Item(new BareItem.Bytes(digest("sha-256", body)), Parameters.NONE);
        return new Header("Content-Digest", FieldWriter.dictionary(Map.of("sha-256", digest)));
    }

    private static byte[] digest(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}
