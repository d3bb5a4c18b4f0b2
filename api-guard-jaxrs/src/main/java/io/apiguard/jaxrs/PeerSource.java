package io.apiguard.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Tells of the connection that a request came over, where Jakarta REST runs outside a servlet container and
 * cannot tell by itself.
 *
 * <p>Settings that need to know the connection's other end (limits by client address and the pre-limit among
 * them, trusted proxies, probes,
 * plain HTTP from loopback) refuse to start outside a servlet container without it. Implementations are thread-safe.
 */
public interface PeerSource {

    /**
     * Returns the address of the connection's other end.
     *
     * @param request the request, before matching
     * @return an IPv4 or IPv6 literal, never a host name and never taken from a header field
     */
    String peerAddress(ContainerRequestContext request);

    /**
     * Returns whether the connection is protected by TLS.
     *
     * @param request the request, before matching
     * @return whether it is
     */
    boolean secure(ContainerRequestContext request);

    /**
     * Returns the certificates that the connection's other end presented in its TLS handshake, its own first.
     *
     * @param request the request, before matching
     * @return the chain; empty if there is none, or it cannot be told
     */
    default List<X509Certificate> peerCertificates(ContainerRequestContext request) {
        return List.of();
    }
}
