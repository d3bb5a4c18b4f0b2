package io.apiguard;

import io.apiguard.GuardSettings.SecretsFrom;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of keyed functions come from.
 *
 * @param source where secrets are read from
 * @param directory the directory with one file per secret version, for source: directory
 */
public record SecretsSettings(
        @Setting(description = "Where secrets are read from.", defaultValue = "none")
        SecretsFrom source,

        @Setting(description = "The directory with one file per secret version, for source: directory.") @Nullable Path directory) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public SecretsSettings {
        Checks.that(
                source != SecretsFrom.DIRECTORY || directory != null,
                "directory",
                "is missing while secrets.source is directory",
                "Set secrets.directory to the directory that holds the secret files");
        Checks.that(
                directory == null || source == SecretsFrom.DIRECTORY,
                "directory",
                "is set while secrets.source is not directory",
                "Set secrets.source: directory, or remove secrets.directory");
    }
}
