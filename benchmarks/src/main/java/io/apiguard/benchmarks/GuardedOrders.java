package io.apiguard.benchmarks;

import io.apiguard.GuardSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings under which every benchmark guards {@code GET /orders/{id}}: two limits, a scope, audit. */
final class GuardedOrders {

    /** More than any machine asks for, so that every request is counted and none refused. */
    private static final String NEVER_REACHED = "1000000000/1m";

    private GuardedOrders() {}

    static GuardSettings settings(Map<String, String> further) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("transport.allow-loopback-http", "true");
        values.put("transport.allowed-hosts", "127.0.0.1, localhost");
        values.put("jwt.issuer", SignedToken.ISSUER);
        values.put("jwt.audiences", SignedToken.AUDIENCE);
        values.put("jwt.tenant-claim", "tenant");
        values.put("limits.pre", NEVER_REACHED);
        values.put("routes[0].endpoint", "GET /orders/{id}");
        values.put("routes[0].scopes", SignedToken.SCOPE);
        values.put("routes[0].limits", NEVER_REACHED + " by identity, " + NEVER_REACHED + " by tenant");
        values.putAll(further);
        return GuardSettings.of(values);
    }
}
