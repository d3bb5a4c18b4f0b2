package io.apiguard.http;

/** What {@link HostRules#judge} finds: the authority the request is for, or what is wrong with it. */
public sealed interface HostResult permits Authority, Violation {}
