package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.internal.settings.SettingsMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of settings in the documentation is what the settings themselves say. */
class SettingsPageTest {

    @Test
    void settingsPage_comparedWithTheSettings_isTheSame() throws IOException {
        Path page = Path.of("..", "docs", "settings.md");

        assertThat(Files.readString(page))
                .as(
                        "write it anew: java -cp <class path of api-guard-core> io.apiguard.internal.settings.SettingsMetadata"
                                + " --markdown docs/settings.md")
                .isEqualTo(SettingsMetadata.page(GuardSettings.class));
    }
}
