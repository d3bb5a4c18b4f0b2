package io.apiguard.http;

import java.util.List;
import java.util.Optional;

/**
 * How large a request may be, and what its header section must be like for two readers to agree where it ends.
 *
 * <p>Checked before anything else is read from the request: a URL that is too long is 414, a header section that is too
 * large 431, a declared body that is too large 413. Field names that are no tokens, control characters or anything but
 * ASCII in a field value, a second Host, Authorization or Origin field, a Connection field that names another field,
 * and a malformed or contradictory body length (RFC 9112 section 6.3) are 400. Immutable and thread-safe.
 *
 * @param maxUrlBytes the most bytes of path and query together, at least 1
 * @param maxHeaderCount the most field lines, at least 1
 * @param maxHeaderBytes the most bytes of all field lines, names and values with four more each, at least 1
 * @param maxBodyBytes the most bytes of the body, at least 0
 */
public record SizeRules(int maxUrlBytes, int maxHeaderCount, int maxHeaderBytes, long maxBodyBytes) {

    private static final int LINE_OVERHEAD = 4;
    private static final Violation URL = new Violation(414, "url-too-long", "Shorten the request target.");
    private static final Violation HEADERS =
            new Violation(431, "headers-too-large", "Send fewer or shorter header fields.");
    private static final Violation BODY = new Violation(413, "body-too-large", "Send a smaller body.");
    private static final Violation FRAMING =
            new Violation(400, "body-length-malformed", "Declare the length of the body once and in one way.");
    private static final Violation QUERY =
            new Violation(400, "query-invalid-character", "Percent-encode what a query must not have.");

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public SizeRules {
        if (maxUrlBytes < 1 || maxHeaderCount < 1 || maxHeaderBytes < 1 || maxBodyBytes < 0) {
            throw new IllegalArgumentException(
                    "the bounds on URL, header count and header bytes must be at least 1, that on"
                            + " the body at least 0");
        }
    }

    /** {@return the default bounds: a URL of 8,192 bytes, 100 field lines of 16,384 bytes together, a body of 1 MiB} */
    public static SizeRules standard() {
        return new SizeRules(8192, 100, 16_384, 1 << 20);
    }

    /**
     * Checks a request.
     *
     * @param request the request
     * @return what is wrong with it, or nothing
     */
    public Optional<Violation> check(ApiRequest request) {
        return check(request, maxBodyBytes);
    }

    /**
     * Checks a request against another bound on its body.
     *
     * @param request the request
     * @param mostBodyBytes the most bytes of the body
     * @return what is wrong with it, or nothing
     */
    public Optional<Violation> check(ApiRequest request, long mostBodyBytes) {
        Optional<Violation> url = checkUrl(request);
        Optional<Violation> headers = url.isPresent() ? url : checkHeaders(request);
        return headers.isPresent() ? headers : checkDeclaredBody(request, mostBodyBytes);
    }

    private Optional<Violation> checkUrl(ApiRequest request) {
        String query = request.rawQuery();
        long length = (long) request.rawPath().length() + (query == null ? 0 : query.length() + 1);
        if (length > maxUrlBytes) {
            return Optional.of(URL);
        }
        return query == null || isQuery(query) ? Optional.empty() : Optional.of(QUERY);
    }

    /** Visible ASCII, and no number sign: a fragment is never sent (RFC 9110 section 7.1). */
    private static boolean isQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c > '~' || c == '#') {
                return false;
            }
        }
        return true;
    }

    private Optional<Violation> checkHeaders(ApiRequest request) {
        String[] names = request.headerNames().toArray(new String[0]);
        if (names.length > maxHeaderCount) {
            return Optional.of(HEADERS);
        }
        int count = 0;
        long bytes = 0;
        for (int i = 0; i < names.length; i++) {
            if (isSpeltBefore(names, i)) {
                continue;
            }
            for (String value : request.headers(names[i])) {
                count++;
                bytes += (long) names[i].length() + value.length() + LINE_OVERHEAD;
                if (count > maxHeaderCount || bytes > maxHeaderBytes) {
                    return Optional.of(HEADERS);
                }
                if (!HeaderRules.isWellFormed(names[i], value)) {
                    return Optional.of(HeaderRules.invalidCharacter());
                }
            }
        }
        return HeaderRules.check(request);
    }

    /** A name in two spellings is one field; there are few names, so that comparing them costs less than a set. */
    private static boolean isSpeltBefore(String[] names, int index) {
        for (int i = 0; i < index; i++) {
            if (names[i].equalsIgnoreCase(names[index])) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Violation> checkDeclaredBody(ApiRequest request, long mostBodyBytes) {
        List<String> lengths = request.headers("Content-Length");
        List<String> codings = request.headers("Transfer-Encoding");
        if (lengths.isEmpty() && codings.isEmpty()) {
            return Optional.empty();
        }
        if (lengths.size() + codings.size() > 1
                || (!codings.isEmpty() && !codings.get(0).equalsIgnoreCase("chunked"))) {
            return Optional.of(FRAMING);
        }
        return codings.isEmpty() ? checkLength(lengths.get(0), mostBodyBytes) : Optional.empty();
    }

    private static Optional<Violation> checkLength(String text, long mostBodyBytes) {
        if (!Syntax.isDigits(text, Integer.MAX_VALUE)) {
            return Optional.of(FRAMING);
        }
        return text.length() > 18 || Long.parseLong(text) > mostBodyBytes ? Optional.of(BODY) : Optional.empty();
    }

    /**
     * Returns whether a request says that it has a body: by a length above zero or by a transfer coding. Over HTTP/2
     * and later a body may come without either.
     *
     * @param request a request that {@link #check} found nothing wrong with
     * @return whether it says so
     */
    public static boolean declaresBody(ApiRequest request) {
        if (!request.headers("Transfer-Encoding").isEmpty()) {
            return true;
        }
        String length = request.header("Content-Length");
        return length != null && !length.chars().allMatch(c -> c == '0');
    }
}
