package io.apiguard.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The header fields that every answer of an API carries, after the OWASP REST Security Cheat Sheet.
 *
 * <p>{@code X-Content-Type-Options: nosniff} always. A Content-Security-Policy under which nothing loads and nobody may
 * frame, {@code X-Frame-Options: DENY} for browsers that do not know it, and {@code Referrer-Policy: no-referrer},
 * unless the application has set its own (a page of API documentation needs one). Strict-Transport-Security over TLS
 * only (RFC 6797 section 7.2). {@code Cache-Control: no-store} on answers to authenticated callers and on errors,
 * instead of anything the application set that would let a cache keep them. Immutable and thread-safe.
 *
 * @param hstsMaxAge how long a browser must use TLS only, in whole seconds, zero or more
 * @param hstsSubdomains whether that holds for every name below, too
 */
public record SecurityHeaders(Duration hstsMaxAge, boolean hstsSubdomains) {

    /**
     * The names of fields that tell an attacker what serves the API; an adapter leaves them out wherever its server
     * lets it.
     */
    public static final List<String> REVEALING =
            List.of("Server", "X-Powered-By", "X-AspNet-Version", "X-Application-Context");

    private static final Header NOSNIFF = new Header("X-Content-Type-Options", "nosniff");
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");
    private static final List<Header> UNLESS_SET = List.of(
            new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new Header("X-Frame-Options", "DENY"),
            new Header("Referrer-Policy", "no-referrer"));

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the age is negative
     */
    public SecurityHeaders {
        if (hstsMaxAge.isNegative()) {
            throw new IllegalArgumentException("the HSTS maximum age must not be negative");
        }
    }

    /** {@return the default: HSTS for one year, for this host only} */
    public static SecurityHeaders standard() {
        return new SecurityHeaders(Duration.ofDays(365), false);
    }

    /**
     * Puts the fields on a response that is about to be sent; doing it twice changes nothing.
     *
     * @param response the response with its final status
     * @param secure whether the client's connection is protected by TLS
     * @param authenticated whether the caller presented a valid credential
     */
    public void apply(ApiResponse response, boolean secure, boolean authenticated) {
        set(response, NOSNIFF);
        for (Header header : UNLESS_SET) {
            if (!response.contains(header.name())) {
                response.addHeader(header.name(), header.value());
            }
        }
        if (secure && !response.contains("Strict-Transport-Security")) {
            set(response, strictTransport());
        }
        if ((authenticated || response.status() >= 400) && !isNotStored(response)) {
            set(response, NO_STORE);
        }
    }

    /**
     * Returns the fields of an answer that the guard writes itself.
     *
     * @param secure whether the client's connection is protected by TLS
     * @return the fields, {@code Cache-Control: no-store} among them; unmodifiable
     */
    public List<Header> forAnswer(boolean secure) {
        List<Header> headers = new ArrayList<>(UNLESS_SET);
        headers.add(NOSNIFF);
        headers.add(NO_STORE);
        if (secure) {
            headers.add(strictTransport());
        }
        return List.copyOf(headers);
    }

    private Header strictTransport() {
        String subdomains = hstsSubdomains ? "; includeSubDomains" : "";
        return new Header("Strict-Transport-Security", "max-age=" + hstsMaxAge.toSeconds() + subdomains);
    }

    private static void set(ApiResponse response, Header header) {
        response.setHeader(header.name(), header.value());
    }

    private static boolean isNotStored(ApiResponse response) {
        for (String directive : Syntax.listMembers(response.headers("Cache-Control"))) {
            if (directive.equalsIgnoreCase("no-store")) {
                return true;
            }
        }
        return false;
    }
}
