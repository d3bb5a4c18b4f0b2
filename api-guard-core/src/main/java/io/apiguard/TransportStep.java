package io.apiguard;

import io.apiguard.http.AddressBlock;
import io.apiguard.http.Answer;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.CanonicalPath;
import io.apiguard.http.ClientResult;
import io.apiguard.http.CorsRules;
import io.apiguard.http.HostResult;
import io.apiguard.http.HostRules;
import io.apiguard.http.PathResult;
import io.apiguard.http.PreflightResult;
import io.apiguard.http.ResolvedClient;
import io.apiguard.http.TrustedProxies;
import io.apiguard.http.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gate 1, first: client address, path, TLS, host, cross-origin rules, method. */
final class TransportStep implements GateStep {

    private final Refusals refusals;
    private final TrustedProxies proxies;
    private final HostRules hosts;
    private final CorsRules cors;
    private final Set<String> methods;
    private final String allow;
    private final boolean requireTls;
    private final boolean allowLoopbackHttp;
    private final boolean believesProxies;
    private final Set<String> probePaths;
    private final List<AddressBlock> probePeers;

    TransportStep(GuardSettings settings, Refusals refusals, TrustedProxies proxies, CorsRules cors) {
        this.refusals = refusals;
        this.proxies = proxies;
        this.cors = cors;
        TransportSettings transport = settings.transport();
        this.hosts = HostRules.of(transport.allowedHosts());
        this.methods = Set.copyOf(transport.methods());
        this.allow = String.join(", ", transport.methods());
        this.requireTls = transport.requireTls();
        this.allowLoopbackHttp = transport.allowLoopbackHttp();
        this.believesProxies = settings.proxies().forwarded() != GuardSettings.Forwarded.NONE;
        this.probePaths = Set.copyOf(settings.probes().paths());
        this.probePeers =
                settings.probes().peers().stream().map(AddressBlock::parse).toList();
    }

    @Override
    public @Nullable Answer answer(Exchange exchange) {
        ApiRequest request = exchange.request();
        exchange.fields().addAll(cors.headers(request));
        ClientResult client = proxies.resolve(request);
        if (client instanceof Violation violation) {
            return refuseMalformed(exchange, violation);
        }
        PathResult path = CanonicalPath.parse(request.rawPath());
        if (path instanceof Violation violation) {
            return refuseMalformed(exchange, violation);
        }
        ResolvedClient resolved = (ResolvedClient) client;
        exchange.client(resolved.client(), resolved.secure());
        exchange.path((CanonicalPath) path);
        if (isProbe(request, resolved)) {
            exchange.markProbe();
        } else if (lacksTls(resolved)) {
            Answer answer = refusals.refuse(exchange, tlsRequired());
            if (answer != null) {
                return answer;
            }
        }
        return judge(exchange, resolved);
    }

    private @Nullable Answer judge(Exchange exchange, ResolvedClient client) {
        HostResult host = hosts.judge(exchange.request(), client.host());
        if (host instanceof Violation violation) {
            Answer answer = violation.status() == 400
                    ? refuseMalformed(exchange, violation)
                    : refusals.refuse(exchange, Violations.denial(Stage.TRANSPORT, violation));
            if (answer != null) {
                return answer;
            }
        } else {
            exchange.arrived(new Arrival(client.client(), client.secure(), (Authority) host, client.trustedPeer()));
        }
        Optional<PreflightResult> preflight = cors.preflight(exchange.request());
        if (preflight.isEmpty() || (cors.isNone() && refusals.isReportMode())) {
            return method(exchange);
        }
        return preflight(exchange, preflight.get());
    }

    /** A preflight is a question to the guard; in report mode one that would be refused is left to the application. */
    private @Nullable Answer preflight(Exchange exchange, PreflightResult result) {
        if (result instanceof PreflightResult.Allowed allowed) {
            return Answer.empty(204, allowed.headers());
        }
        return refusals.refuse(exchange, Violations.denial(Stage.TRANSPORT, (Violation) result));
    }

    private @Nullable Answer method(Exchange exchange) {
        if (methods.contains(exchange.request().method())) {
            return null;
        }
        Denial denial = Denial.of(
                        Stage.TRANSPORT,
                        "method-refused",
                        "transport.methods does not list the method",
                        Problems.methodRefused())
                .withHeader("Allow", allow);
        return refusals.refuse(exchange, denial);
    }

    /** Judged by the client that was resolved: behind a proxy on this machine everybody's peer is loopback. */
    private boolean lacksTls(ResolvedClient client) {
        return requireTls
                && !client.secure()
                && !(allowLoopbackHttp && client.client().address().isLoopback());
    }

    private static Denial tlsRequired() {
        return Denial.of(
                Stage.TRANSPORT,
                "tls-required",
                "the client's connection is not protected by TLS as far as the guard can tell; behind a proxy set proxies.trusted"
                        + " and proxies.forwarded",
                Problems.tlsRequired());
    }

    private boolean isProbe(ApiRequest request, ResolvedClient client) {
        return probePaths.contains(request.rawPath())
                && (request.method().equals("GET") || request.method().equals("HEAD"))
                && !isForwardedUnawares(request)
                && probePeers.stream()
                        .anyMatch(block -> block.contains(client.client().address()));
    }

    /** A proxy that nobody told the guard of makes every caller look like its neighbour. */
    private boolean isForwardedUnawares(ApiRequest request) {
        return !believesProxies
                && !(request.headers("Forwarded").isEmpty()
                        && request.headers("X-Forwarded-For").isEmpty());
    }

    /** What cannot be parsed in one way only is refused in report mode too. */
    private Answer refuseMalformed(Exchange exchange, Violation violation) {
        return refusals.refuseAlways(exchange, Violations.denial(Stage.TRANSPORT, violation));
    }
}
