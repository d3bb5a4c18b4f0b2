package io.apiguard.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web origins may call this API from a browser (Fetch standard, section 3.3).
 *
 * <p>The guard answers preflights itself and adds the same fields to every other answer, refusals included, so that a
 * browser can show the problem document to the application. An origin that is not allowed gets no such fields; its
 * request is not refused for that, since the same fields come with requests from the API's own origin, and other
 * callers can send any. The origin {@code null} is allowed only where it is listed. Immutable and thread-safe.
 *
 * @param allowedOrigins origins such as {@code https://app.example.com}, compared exactly; {@code *} alone for any;
 *     empty for none
 * @param allowedMethods the methods a preflight may ask for, upper case
 * @param allowedHeaders the names of fields a preflight may ask for, compared without regard to ASCII case
 * @param exposedHeaders the names of fields a script may read; those of {@link #ALWAYS_EXPOSED} need not be listed
 * @param allowCredentials whether cookies and client certificates may come along; not with {@code *}
 * @param maxAge how long a browser may keep the answer to a preflight, zero to 24 hours
 */
public record CorsRules(
        Set<String> allowedOrigins,
        Set<String> allowedMethods,
        Set<String> allowedHeaders,
        Set<String> exposedHeaders,
        boolean allowCredentials,
        Duration maxAge) {

    /** The fields that a script may always read, since they say what to do about a refusal. */
    public static final List<String> ALWAYS_EXPOSED =
            List.of("RateLimit", "RateLimit-Policy", "Retry-After", "WWW-Authenticate", "DPoP-Nonce");

    private static final String ANY = "*";
    private static final Duration LONGEST_AGE = Duration.ofHours(24);
    private static final Set<String> USUAL_METHODS = ordered(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    private static final Set<String> USUAL_HEADERS = ordered(List.of("Authorization", "Content-Type"));
    private static final Violation ORIGIN =
            new Violation(403, "cors-origin-refused", "Scripts of this origin may not call this API.");
    private static final Violation METHOD =
            new Violation(403, "cors-method-refused", "Scripts may not use this method here.");
    private static final Violation HEADER =
            new Violation(403, "cors-header-refused", "Scripts may not send this header field here.");

    /**
     * Checks the rules.
     *
     * @throws IllegalArgumentException if an entry is malformed, {@code *} stands beside others or with credentials, or
     *     the age is out of its range; the message names the entry
     */
    public CorsRules {
        allowedOrigins = ordered(allowedOrigins);
        allowedMethods = ordered(allowedMethods);
        allowedHeaders = ordered(allowedHeaders);
        exposedHeaders = exposed(exposedHeaders);
        boolean any = allowedOrigins.contains(ANY);
        if (any && allowedOrigins.size() > 1) {
            throw new IllegalArgumentException("allowed origins: '*' allows any origin, so list it alone");
        }
        if (any && allowCredentials) {
            throw new IllegalArgumentException("allowed origins: '*' cannot go with credentials; list the origins");
        }
        if (maxAge.isNegative() || maxAge.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException(
                    "the maximum age of a preflight answer must be zero to 24 hours, not " + maxAge);
        }
        allowedOrigins.forEach(CorsRules::requireOrigin);
        requireTokens(allowedMethods, "method");
        requireTokens(allowedHeaders, "header");
        requireTokens(exposedHeaders, "header");
    }

    private static Set<String> ordered(Collection<String> entries) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(entries));
    }

    private static Set<String> exposed(Collection<String> entries) {
        Set<String> all = new LinkedHashSet<>(ALWAYS_EXPOSED);
        entries.stream()
                .filter(entry -> ALWAYS_EXPOSED.stream().noneMatch(entry::equalsIgnoreCase))
                .forEach(all::add);
        return ordered(all);
    }

    private static void requireOrigin(String origin) {
        int scheme = origin.indexOf("://");
        boolean web = scheme > 0 && Syntax.isToken(origin.substring(0, scheme));
        boolean wellFormed = web
                && origin.equals(origin.toLowerCase(Locale.ROOT))
                && Authority.parse(origin.substring(scheme + 3)).isPresent();
        if (!wellFormed && !origin.equals(ANY) && !origin.equals("null")) {
            throw new IllegalArgumentException("'" + origin + "' is not an origin: write https://app.example.com,"
                    + " lower case, with the port if it is not the scheme's own, and without a path");
        }
    }

    private static void requireTokens(Set<String> entries, String kind) {
        for (String entry : entries) {
            if (!Syntax.isToken(entry) || entry.equals(ANY)) {
                throw new IllegalArgumentException("'" + entry + "' is not the name of a " + kind);
            }
        }
    }

    /** {@return rules that allow no origin} */
    public static CorsRules none() {
        return new CorsRules(Set.of(), Set.of(), Set.of(), Set.of(), false, Duration.ZERO);
    }

    /**
     * Allows the given origins the usual methods, Authorization and Content-Type, without credentials, for ten minutes
     * a preflight.
     *
     * @param origins the origins, or {@code *} alone
     * @return the rules
     * @throws IllegalArgumentException if an origin is malformed
     */
    public static CorsRules allowing(Collection<String> origins) {
        return new CorsRules(ordered(origins), USUAL_METHODS, USUAL_HEADERS, Set.of(), false, Duration.ofMinutes(10));
    }

    /** {@return whether no origin is allowed} */
    public boolean isNone() {
        return allowedOrigins.isEmpty();
    }

    /**
     * Returns whether a request is a preflight: OPTIONS with one Origin and one Access-Control-Request-Method field.
     *
     * @param request the request
     * @return whether it is
     */
    public static boolean isPreflight(ApiRequest request) {
        return request.method().equals("OPTIONS")
                && request.header("Origin") != null
                && request.header("Access-Control-Request-Method") != null;
    }

    /**
     * Judges a request if it is a preflight.
     *
     * @param request the request
     * @return the fields of the answer, or a violation with status 403; nothing if the request {@linkplain #isPreflight
     *     is no preflight}
     */
    public Optional<PreflightResult> preflight(ApiRequest request) {
        return isPreflight(request) ? Optional.of(judge(request)) : Optional.empty();
    }

    private PreflightResult judge(ApiRequest request) {
        String origin = request.header("Origin");
        if (origin == null || !allowsOrigin(origin)) {
            return ORIGIN;
        }
        String method = request.header("Access-Control-Request-Method");
        if (method == null || !allowedMethods.contains(method)) {
            return METHOD;
        }
        for (String name : Syntax.listMembers(request.headers("Access-Control-Request-Headers"))) {
            if (!name.isEmpty() && !allowsHeader(name)) {
                return HEADER;
            }
        }
        return new PreflightResult.Allowed(preflightHeaders(origin));
    }

    private List<Header> preflightHeaders(String origin) {
        List<Header> headers = originHeaders(origin);
        headers.add(new Header("Access-Control-Allow-Methods", String.join(", ", allowedMethods)));
        if (!allowedHeaders.isEmpty()) {
            headers.add(new Header("Access-Control-Allow-Headers", String.join(", ", allowedHeaders)));
        }
        headers.add(new Header("Access-Control-Max-Age", Long.toString(maxAge.toSeconds())));
        headers.add(new Header("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers"));
        return headers;
    }

    /**
     * Returns the fields to add to the answer to a request that is no preflight, and to the refusal of one that is.
     *
     * @param request the request
     * @return the fields: Vary wherever the answer depends on the origin, the others if the origin is allowed; empty
     *     with no rules
     */
    public List<Header> headers(ApiRequest request) {
        if (isNone()) {
            return List.of();
        }
        String origin = request.header("Origin");
        if (origin == null || !allowsOrigin(origin)) {
            return allowedOrigins.contains(ANY) ? List.of() : List.of(new Header("Vary", "Origin"));
        }
        List<Header> headers = originHeaders(origin);
        headers.add(new Header("Access-Control-Expose-Headers", String.join(", ", exposedHeaders)));
        return List.copyOf(headers);
    }

    private List<Header> originHeaders(String origin) {
        List<Header> headers = new ArrayList<>(5);
        boolean any = allowedOrigins.contains(ANY);
        headers.add(new Header("Access-Control-Allow-Origin", any ? ANY : origin));
        if (allowCredentials) {
            headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        }
        if (!any) {
            headers.add(new Header("Vary", "Origin"));
        }
        return headers;
    }

    /** The origin {@code null} stands for every sandbox and file there is, so {@code *} does not include it. */
    private boolean allowsOrigin(@Nullable String origin) {
        return (allowedOrigins.contains(origin) && !ANY.equals(origin))
                || (allowedOrigins.contains(ANY) && !"null".equals(origin));
    }

    private boolean allowsHeader(String name) {
        for (String allowed : allowedHeaders) {
            if (allowed.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
