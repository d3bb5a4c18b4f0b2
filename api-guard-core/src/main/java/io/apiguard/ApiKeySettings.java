package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.SettingsBinder;
import io.apiguard.internal.settings.SettingsLoader;
import io.apiguard.internal.settings.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How API keys are verified. None is accepted unless keys, a file of keys, or enabled is set.
 *
 * @param enabled accept API keys from a store that the application supplies; keys and file imply it
 * @param header the header field that carries the key
 * @param prefix what every key of this service starts with, so that scanners recognise a leaked one
 * @param file A YAML or properties file with further keys, under keys as here
 * @param keys the keys that are accepted
 * @param cacheFor how long an answer of the application's store is remembered, and so how late a revocation is seen; 0s: never
 * @param cacheSize how many answers are remembered
 * @param usageInterval how often the times of last use are written to a repository that the application supplies; 0s: never
 * @param usageMaximum for how many keys a time of use may wait to be written; beyond, it is lost
 */
public record ApiKeySettings(
        @Setting(
                description =
                        "Accept API keys from a store that the application supplies; keys and file imply " + "it.",
                defaultValue = "false")
        boolean enabled,

        @Setting(description = "The header field that carries the key.", defaultValue = "X-API-Key")
        String header,

        @Setting(
                description =
                        "What every key of this service starts with, so that scanners recognise a leaked " + "one.",
                defaultValue = "ag")
        String prefix,

        @Setting(description = "A YAML or properties file with further keys, under keys as here.") @Nullable Path file,

        @Setting(description = "The keys that are accepted.")
        List<StoredKey> keys,

        @Setting(
                description =
                        "How long an answer of the application's store is remembered, and so how late a revocation is seen;"
                                + " 0s: never.",
                defaultValue = "0s")
        Duration cacheFor,

        @Setting(description = "How many answers are remembered.", defaultValue = "10000")
        int cacheSize,

        @Setting(
                description =
                        "How often the times of last use are written to a repository that the application supplies; 0s: never.",
                defaultValue = "30s")
        Duration usageInterval,

        @Setting(
                description = "For how many keys a time of use may wait to be written; beyond, it is lost.",
                defaultValue = "10000")
        int usageMaximum) {

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]{1,15}");

    private record KeyFile(
            @Setting(description = "The keys that are accepted.")
            List<StoredKey> keys) {}

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public ApiKeySettings {
        keys = List.copyOf(keys);
        Checks.tokens("header", List.of(header));
        Checks.that(
                PREFIX.matcher(prefix).matches(),
                "prefix",
                "is " + Texts.quote(prefix),
                "Use 2 to 16 lower case letters and digits, starting with a letter");
        Checks.range("cache-for", cacheFor, Duration.ZERO, Duration.ofMinutes(5));
        Checks.range("cache-size", cacheSize, 1, 1_000_000);
        Checks.range("usage-interval", usageInterval, Duration.ZERO, Duration.ofHours(1));
        Checks.that(
                usageInterval.isZero() || usageInterval.compareTo(Duration.ofSeconds(1)) >= 0,
                "usage-interval",
                "is " + Texts.of(usageInterval),
                "Use 0s, or a duration of at least 1s");
        Checks.range("usage-maximum", usageMaximum, 1, 1_000_000);
        SettingsRules.checkUnique(keys, StoredKey::id, "keys", "id");
    }

    /** {@return whether API keys are accepted at all} */
    public boolean inUse() {
        return enabled || file != null || !keys.isEmpty();
    }

    /**
     * Reads the keys of {@link #file()} and puts them behind {@link #keys()}.
     *
     * @return all keys, unmodifiable
     * @throws IllegalArgumentException if the file cannot be read, holds anything but keys, or an id occurs twice
     */
    public List<StoredKey> allKeys() {
        if (file == null) {
            return keys;
        }
        List<StoredKey> all = new ArrayList<>(keys);
        all.addAll(SettingsBinder.bind(KeyFile.class, SettingsLoader.read(file)).keys());
        SettingsRules.checkUnique(all, StoredKey::id, "api-keys.keys", "id");
        return List.copyOf(all);
    }
}
