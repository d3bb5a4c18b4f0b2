package io.apiguard.contract.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.GuardSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no Keycloak: the settings of the guide load, in both spellings, and are the same. */
class GuideTest {

    @TempDir
    Path directory;

    @Test
    void settings_yamlAndProperties_areTheSame() throws Exception {
        Guide guide = Guide.load();

        GuardSettings yaml = guide.settings(directory, "yaml", "api-guard.yaml");

        assertThat(yaml.jwt().profile().name()).isEqualTo("KEYCLOAK");
        assertThat(yaml.routes()).hasSize(4);
        assertThat(guide.settings(directory, "properties", "api-guard.properties"))
                .isEqualTo(yaml);
    }
}
