package io.apiguard;

import io.apiguard.GuardSettings.Forwarded;
import io.apiguard.http.AddressBlock;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.util.List;

/**
 * Which proxies stand in front, and how they tell the caller's address.
 *
 * @param trusted addresses and networks (CIDR) of the proxies that are believed; empty: none
 * @param forwarded the one family of header fields that they set; others are ignored
 */
public record ProxiesSettings(
        @Setting(description = "Addresses and networks (CIDR) of the proxies that are believed; empty: none.")
        List<String> trusted,

        @Setting(
                description = "The one family of header fields that they set; others are ignored.",
                defaultValue = "none")
        Forwarded forwarded) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public ProxiesSettings {
        trusted = List.copyOf(trusted);
        SettingsRules.checkReadable("trusted", trusted, AddressBlock::parse);
        Checks.that(
                forwarded == Forwarded.NONE || !trusted.isEmpty(),
                "forwarded",
                "is set while proxies.trusted is empty, so that it could never be believed",
                "List the proxies in proxies.trusted, or set forwarded: none");
        Checks.that(
                forwarded != Forwarded.NONE || trusted.isEmpty(),
                "trusted",
                "lists proxies while proxies.forwarded is none, so that every caller would share the proxy's address",
                "Set proxies.forwarded to forwarded or x-forwarded, whichever the proxies write");
    }
}
