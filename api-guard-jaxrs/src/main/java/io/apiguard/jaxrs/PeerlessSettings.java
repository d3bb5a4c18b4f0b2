package io.apiguard.jaxrs;

import io.apiguard.Guard;
import io.apiguard.GuardSettings;
import io.apiguard.GuardSettings.Forwarded;
import io.apiguard.ratelimit.LimitKey;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that need to know the connection's other end, where nothing tells of it. */
final class PeerlessSettings {

    /** Nobody's address: no network holds it, and loopback least of all. The scheme is the server's own. */
    static final PeerSource SOURCE = new PeerSource() {
        @Override
        public String peerAddress(ContainerRequestContext request) {
            return "0.0.0.0";
        }

        @Override
        public boolean secure(ContainerRequestContext request) {
            return "https".equals(request.getUriInfo().getRequestUri().getScheme());
        }
    };

    private static final String REMEDY =
            ", which needs to know the peer of a connection, and outside a servlet container"
                    + " nothing tells. Give the feature a PeerSource (ApiGuardFeature.withPeers), or ";

    private PeerlessSettings() {}

    static void check(GuardSettings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.proxies().forwarded() != Forwarded.NONE
                || !settings.proxies().trusted().isEmpty()) {
            problems.add("proxies.trusted is set" + REMEDY + "remove it and proxies.forwarded");
        }
        if (settings.limits().pre() != null) {
            problems.add("limits.pre is " + settings.limits().pre() + REMEDY + "set it to off");
        }
        if (!settings.probes().paths().isEmpty()) {
            problems.add("probes.paths is set" + REMEDY + "remove it");
        }
        if (settings.transport().allowLoopbackHttp()) {
            problems.add("transport.allow-loopback-http is true" + REMEDY + "set it to false");
        }
        if (settings.mtls().enabled()) {
            problems.add("mtls.enabled is true" + REMEDY + "remove it");
        }
        refuse(problems, null);
    }

    static void check(Guard guard) {
        List<String> problems = guard.policies().stream()
                .filter(policy ->
                        policy.limits().stream().anyMatch(limit -> limit.limit().by() == LimitKey.CLIENT_ADDRESS))
                .map(policy ->
                        policy.endpoint().name() + " has a limit by client address" + REMEDY + "limit by another key")
                .toList();
        refuse(problems, guard);
    }

    /** Fails the start if there is any problem. */
    static void refuse(List<String> problems, @Nullable Guard guard) {
        if (!problems.isEmpty()) {
            if (guard != null) {
                guard.close();
            }
            throw new IllegalStateException("API Guard does not start:\n  - " + String.join("\n  - ", problems));
        }
    }
}
