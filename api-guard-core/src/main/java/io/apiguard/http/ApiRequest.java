package io.apiguard.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The read-only view of one HTTP request that an adapter hands to the guard.
 *
 * <p>Every value is what the server received, before any rewriting by the application or by a
 * forwarding header: the guard itself decides which forwarded values it believes. The body is not part of this view,
 * since gate 1 never reads one.
 *
 * <p>Implementations belong to one request and need not be thread-safe. No method returns {@code null} unless it is
 * marked so.
 */
public interface ApiRequest {

    /** Returns the method token as received, case-sensitive (RFC 9110 section 9.1). */
    String method();

    /**
     * Returns the path component of the request target exactly as received: still percent-encoded, with path
     * parameters, including a context path, without the query (RFC 3986 section 3.3). It is {@code "*"} for the
     * asterisk form.
     */
    String rawPath();

    /** Returns the query component as received, without the question mark, or {@code null} if the target has none. */
    @Nullable String rawQuery();

    /** Returns whether the connection that reached this server is protected by TLS. */
    boolean secure();

    /** Returns the textual IP address of the connection's other end: an IPv4 or IPv6 literal, never a host name. */
    String peerAddress();

    /**
     * Returns the certificate chain that the connection's other end presented in its TLS handshake, its own certificate first; empty if it
     * presented none, or the server does not tell. The server has checked that the peer holds the key; whom it trusts is the guard's question.
     */
    default List<X509Certificate> peerCertificates() {
        return List.of();
    }

    /**
     * Returns all field lines with the given name in the order received; empty if there is none.
     *
     * @param name the field name, compared without regard to ASCII case
     */
    List<String> headers(String name);

    /** Returns the names of all header fields present; a name may occur in any case, and once per spelling. */
    Set<String> headerNames();

    /**
     * Returns the single field line with the given name, or {@code null} if there is none or more than one.
     *
     * @param name the field name, compared without regard to ASCII case
     */
    default @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.size() == 1 ? lines.get(0) : null;
    }
}
