package io.apiguard.http;

/**
 * What {@link TrustedProxies#resolve} finds: who really sent the request and how, or what is wrong with the forwarding
 * fields.
 */
public sealed interface ClientResult permits ResolvedClient, Violation {}
