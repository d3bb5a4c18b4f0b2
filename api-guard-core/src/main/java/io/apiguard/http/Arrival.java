package io.apiguard.http;

/**
 * What is known of how a request arrived, after the forwarding fields of trusted proxies, and of those only, were believed: what a proof
 * that names its request (RFC 9449, RFC 9421) is compared with.
 *
 * <p>Immutable and thread-safe.
 *
 * @param client the client's address
 * @param secure whether the client's own connection is protected by TLS
 * @param authority the host, and perhaps port, that the client asked for
 * @param trustedPeer whether the connection's other end is a trusted proxy, so that the fields it adds may be believed
 */
public record Arrival(ClientAddress client, boolean secure, Authority authority, boolean trustedPeer) {

    /** {@return the scheme the client used, {@code https} or {@code http}} */
    public String scheme() {
        return secure ? "https" : "http";
    }
}
