package io.apiguard;

import io.apiguard.http.AddressBlock;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.Texts;
import java.util.List;

/**
 * Requests of a platform's health checks that are exempt from TLS and authentication: path and peer must both
 * match.
 *
 * @param paths exact paths, such as /healthz; empty: no exemption
 * @param peers addresses and networks (CIDR) from which probes come
 */
public record ProbesSettings(
        @Setting(description = "Exact paths, such as /healthz; empty: no exemption.")
        List<String> paths,

        @Setting(
                description = "Addresses and networks (CIDR) from which probes come.",
                defaultValue = "127.0.0.0/8, ::1")
        List<String> peers) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public ProbesSettings {
        paths = List.copyOf(paths);
        peers = List.copyOf(peers);
        for (String path : paths) {
            Checks.that(
                    RouteEndpoint.isTemplate(path) && path.indexOf('{') < 0 && path.indexOf('*') < 0,
                    "paths",
                    "has " + Texts.quote(path) + ", which is no exact canonical path",
                    "Write it as /healthz");
        }
        SettingsRules.checkReadable("peers", peers, AddressBlock::parse);
    }
}
