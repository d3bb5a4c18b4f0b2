package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.ratelimit.LimitKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests are let in. A limit is written as in "600/1m by identity cost 1".
 *
 * @param pre the limit of each client address, charged before any cryptography; off: none
 * @param standard limits that every endpoint without limits of its own has
 * @param named limits by name; endpoints that name one share its count
 * @param maxKeys the most callers that are counted at one time; beyond, the least recently seen are forgotten
 */
public record LimitsSettings(
        @Setting(
                description = "The limit of each client address, charged before any cryptography; off: none.",
                defaultValue = "1200/1m",
                canBeOff = true)
        @Nullable LimitText pre,

        @Setting(
                description = "Limits that every endpoint without limits of its own has.",
                defaultValue = "600/1m by identity",
                key = "default")
        List<LimitText> standard,

        @Setting(description = "Limits by name; endpoints that name one share its count.")
        Map<String, LimitText> named,

        @Setting(
                description = "The most callers that are counted at one time; beyond, the least recently seen "
                        + "are forgotten.",
                defaultValue = "100000")
        int maxKeys) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public LimitsSettings {
        standard = List.copyOf(standard);
        named = withNames(named);
        Checks.that(
                pre == null || pre.by() == null || pre.by() == LimitKey.CLIENT_ADDRESS,
                "pre",
                "counts by something that is not known before authentication",
                "Write it as 1200/1m, without by");
        Checks.range("max-keys", maxKeys, 100, 100_000_000);
    }

    private static Map<String, LimitText> withNames(Map<String, LimitText> limits) {
        Map<String, LimitText> named = new LinkedHashMap<>();
        limits.forEach((name, limit) -> named.put(name, limit.named(name)));
        return Collections.unmodifiableMap(named);
    }
}
