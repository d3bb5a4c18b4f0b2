package io.apiguard.authn.mtls;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads Envoy's {@code X-Forwarded-Client-Cert}: elements separated by commas, one for each proxy on the way, each of
 * pairs separated by semicolons, whose values may be quoted.
 *
 * <p>Envoy writes a quote within a value as {@code \"} and leaves backslashes alone, so that two backslashes before a
 * quote can be read in two ways; such a field is refused, since the subject of a certificate is its holder's choice.
 */
final class XfccField {

    static final String NAME = "X-Forwarded-Client-Cert";

    private static final int MAXIMUM_LENGTH = 64 * 1024;
    private static final int MAXIMUM_ELEMENTS = 16;
    private static final Set<String> SINGLE = Set.of("hash", "cert", "chain", "subject");

    private final String text;
    private int at;

    private XfccField(String text) {
        this.text = text;
    }

    /** Returns the chain in an element counted from the last, 1 for the last; empty if there is no field. */
    static List<X509Certificate> read(List<String> lines, int fromLast) {
        if (lines.isEmpty()) {
            return List.of();
        }
        if (lines.stream().mapToLong(line -> line.length() + 1L).sum() > MAXIMUM_LENGTH) {
            throw new RefusedCertificate(Reason.TOO_LARGE, "is told by more than " + MAXIMUM_LENGTH + " characters");
        }
        List<Map<String, String>> elements = new XfccField(String.join(",", lines)).elements();
        if (elements.size() < fromLast) {
            throw malformed("is told by a field without the element " + fromLast + " from its end");
        }
        return chain(elements.get(elements.size() - fromLast));
    }

    private static List<X509Certificate> chain(Map<String, String> element) {
        String cert = element.get("cert");
        String chain = element.get("chain");
        String told = chain == null ? cert : chain;
        if (told == null) {
            throw malformed("is told by an element without 'Cert' and 'Chain'; set cert or chain in"
                    + " set_current_client_cert_details of the proxy");
        }
        List<X509Certificate> certificates = CertificateReader.pem(decoded(told));
        if (cert != null
                && chain != null
                && !CertificateReader.pem(decoded(cert)).equals(certificates.subList(0, 1))) {
            throw malformed("is told by an element whose 'Cert' is not the first of its 'Chain'");
        }
        checkHash(element.get("hash"), certificates.get(0));
        return certificates;
    }

    private static void checkHash(@Nullable String hash, X509Certificate leaf) {
        if (hash != null && !hash.toLowerCase(Locale.ROOT).equals(HexFormat.of().formatHex(ChainRules.sha256(leaf)))) {
            throw malformed("is told by an element whose 'Hash' is another certificate's");
        }
    }

    /** Percent-encoding alone: a plus is a plus. */
    private static String decoded(String value) {
        StringBuilder decoded = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                c = (char) octet(value, i + 1);
                i += 2;
            }
            decoded.append(c);
        }
        return decoded.toString();
    }

    private static int octet(String value, int from) {
        if (from + 2 > value.length()
                || !HexFormat.isHexDigit(value.charAt(from))
                || !HexFormat.isHexDigit(value.charAt(from + 1))) {
            throw malformed("is told by an element with a malformed escape");
        }
        return HexFormat.fromHexDigits(value, from, from + 2);
    }

    private List<Map<String, String>> elements() {
        List<Map<String, String>> elements = new ArrayList<>();
        do {
            if (elements.size() == MAXIMUM_ELEMENTS) {
                throw new RefusedCertificate(
                        Reason.TOO_LARGE, "is told by more than " + MAXIMUM_ELEMENTS + " elements");
            }
            skipBlanks();
            elements.add(element());
            skipBlanks();
        } while (take(','));
        if (at < text.length()) {
            throw malformed("is told by a field with a stray character after a value");
        }
        return elements;
    }

    private Map<String, String> element() {
        Map<String, String> pairs = new TreeMap<>();
        do {
            String key = key();
            String value = take('"') ? quoted() : plain();
            if (pairs.put(key, value) != null && SINGLE.contains(key)) {
                throw malformed("is told by an element with one key twice");
            }
        } while (take(';'));
        return pairs;
    }

    /** Keys are case-insensitive. */
    private String key() {
        int from = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        String key = text.substring(from, at).toLowerCase(Locale.ROOT);
        if (key.isEmpty() || !take('=')) {
            throw malformed("is told by a field with something other than a key and '='");
        }
        return key;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? backslash() : c);
        }
        throw malformed("is told by a field with a quoted value that does not end");
    }

    private char backslash() {
        if (text.startsWith("\\\"", at)) {
            throw malformed("is told by a field with two backslashes before a quote, which can be read in two ways");
        }
        return take('"') ? '"' : '\\';
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",;\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).stripTrailing();
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static RefusedCertificate malformed(String detail) {
        return new RefusedCertificate(Reason.MALFORMED, detail);
    }
}
