package io.apiguard;

import io.apiguard.http.HostRules;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * What a request must look like on the wire before anything else is asked.
 *
 * @param requireTls refuse requests that did not arrive over TLS
 * @param allowLoopbackHttp let plain HTTP in from a loopback peer; for development
 * @param allowedHosts host names, with a port where it is not the default, that requests may name; empty: any
 *     well-formed one
 * @param methods the methods that are let in
 * @param hstsMaxAge how long browsers insist on TLS (Strict-Transport-Security); 0s: the field is not sent
 */
public record TransportSettings(
        @Setting(description = "Refuse requests that did not arrive over TLS.", defaultValue = "true")
        boolean requireTls,

        @Setting(description = "Let plain HTTP in from a loopback peer; for development.", defaultValue = "false")
        boolean allowLoopbackHttp,

        @Setting(
                description = "Host names, with a port where it is not the default, that requests may name; "
                        + "empty: any well-formed one.")
        List<String> allowedHosts,

        @Setting(description = "The methods that are let in.", defaultValue = "GET, HEAD, POST, PUT, PATCH, DELETE")
        List<String> methods,

        @Setting(
                description =
                        "How long browsers insist on TLS (Strict-Transport-Security); 0s: the field is " + "not sent.",
                defaultValue = "365d")
        Duration hstsMaxAge) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public TransportSettings {
        allowedHosts = List.copyOf(allowedHosts);
        methods = List.copyOf(methods);
        Checks.tokens("methods", methods);
        Checks.that(!methods.isEmpty(), "methods", "is empty, so that no request could be let in", "Name at least GET");
        Checks.that(
                !methods.contains("TRACE") && !methods.contains("CONNECT"),
                "methods",
                "has TRACE or CONNECT, which no API needs",
                "Leave them out");
        SettingsRules.checkReadable("allowed-hosts", allowedHosts, host -> HostRules.of(List.of(host)));
        Checks.range("hsts-max-age", hstsMaxAge, Duration.ZERO, Duration.ofDays(3650));
    }
}
