package io.apiguard.http;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request and how, after the forwarding fields of trusted proxies, and of those only, were believed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param client the client's address; that of the nearest known hop if the client is hidden
 * @param secure whether the client's own connection is protected by TLS
 * @param trustedPeer whether the connection's other end is a trusted proxy
 * @param host the host the client asked for if a trusted proxy says so, or {@code null}: the Host field stands
 */
public record ResolvedClient(
        ClientAddress client,
        boolean secure,
        boolean trustedPeer,
        @Nullable Authority host) implements ClientResult {}
