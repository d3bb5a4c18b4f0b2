package io.apiguard.http;

/** What {@link CanonicalPath#parse} finds: a canonical path or what is wrong with it. */
public sealed interface PathResult permits CanonicalPath, Violation {}
