package io.apiguard.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.GuardSettings;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {

    @TempDir
    Path dir;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private GuardSettings load() {
        SettingsLoader loader = new SettingsLoader(properties::get, environment::get, this::resources);
        return SettingsBinder.bind(GuardSettings.class, loader.load());
    }

    private List<URL> resources(String name) {
        try {
            Path file = dir.resolve(name);
            return Files.exists(file) ? List.of(file.toUri().toURL()) : List.of();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    private GuardSettings yaml(String text) throws IOException {
        write("api-guard.yaml", text);
        return load();
    }

    @Test
    void load_propertyVariableAndClassPath_propertyWins() throws IOException {
        write("api-guard.yaml", "headers: {realm: classpath}");
        assertThat(load().headers().realm()).isEqualTo("classpath");
        environment.put(
                "APIGUARD_CONFIG",
                write("env.yml", "headers.realm: environment").toString());
        assertThat(load().headers().realm()).isEqualTo("environment");
        properties.put(
                "apiguard.config",
                write("p.properties", "headers.realm=property").toString());
        assertThat(load().headers().realm()).isEqualTo("property");
    }

    @Test
    void load_twoFilesOnClassPath_isRefused() throws IOException {
        write("api-guard.yaml", "mode: report");
        write("api-guard.properties", "mode=report");
        assertThatThrownBy(this::load)
                .hasMessageContaining("two files of settings")
                .hasMessageContaining("api-guard.yaml")
                .hasMessageContaining("api-guard.properties");
    }

    @Test
    void load_nothing_printsSmallestFile_whichWorks() throws IOException {
        assertThatThrownBy(this::load).hasMessageContaining("jwt:\n  issuer: https://id.example.com");
        String message = SettingsLoader.noConfiguration().getMessage();
        GuardSettings settings = yaml(message.substring(message.indexOf("jwt:")));
        assertThat(settings.jwt().inUse()).isTrue();
        assertThat(settings.routes()).hasSize(1);
    }

    @Test
    void load_missingFile_namesProperty() {
        properties.put("apiguard.config", dir.resolve("none.yaml").toString());
        assertThatThrownBy(this::load)
                .hasMessageStartingWith("apiguard.config names a file that cannot be read, ")
                .hasMessageContaining("none.yaml");
    }

    @Test
    void load_directoryOrBadUtf8OrTooLong_isRefused() throws IOException {
        properties.put("apiguard.config", dir.toString());
        assertThatThrownBy(this::load).hasMessageContaining("cannot be read");
        Path file = Files.write(dir.resolve("x.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});
        properties.put("apiguard.config", file.toString());
        assertThatThrownBy(this::load).hasMessageContaining("not UTF-8");
        Files.write(file, new byte[SettingsLoader.LONGEST + 1]);
        assertThatThrownBy(this::load).hasMessageContaining("longer than 1 MB");
    }

    @Test
    void yaml_listsSectionsAndScalars_areFlattened() throws IOException {
        GuardSettings settings = yaml("""
                api-guard:
                  transport:
                    allowed-hosts: [a.example, "b.example:8443"]
                    methods:
                      - GET
                  cors:
                    allowed-headers: []
                  limits:
                    pre: off
                    named: {search: 10/1m}
                  routes:
                    - endpoint: GET /orders/{id}
                      scopes: read write
                    - endpoint: /admin/**
                      access: denied
                """.replace("read write", "read"));
        assertThat(settings.transport().allowedHosts()).containsExactly("a.example", "b.example:8443");
        assertThat(settings.transport().methods()).containsExactly("GET");
        assertThat(settings.cors().allowedHeaders()).isEmpty();
        assertThat(settings.limits().pre()).isNull();
        assertThat(settings.limits().named()).containsOnlyKeys("search");
        assertThat(settings.routes()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'mode: report\nmode: report' | mode is set twice. Remove one of the two. (api-guard.yaml line 2)",
                "'mode: report\nmode : report' | set twice",
                "'json: {max-depth: 5}\njson.max-depth: 6' | json.max-depth is set twice",
                "'a: &x [1]\nb: *x' | b is an alias",
                "'a: &a [x, x]\nb: &b [*a, *a]' | is an alias",
                "'mode: !!java.net.URL [http://x]' | mode has a YAML tag",
                "'mode: !!str report' | mode has a YAML tag",
                "'!!javax.script.ScriptEngineManager [x]' | has a YAML tag",
                "'mode: report\n---\nmode: enforce' | second document",
                "'- mode' | The file is a list",
                "'hello' | The file is a single text",
                "'mode: [\n' | The file is not YAML",
                "'mode: \"x' | The file is not YAML",
                "'[a]: b' | key that is no name",
                "'mode: ~' | mode is empty",
                "'mode:' | mode is empty",
                "'mode: null' | mode is empty",
                "'cors:' | cors is a section",
                "'mode: {x: report}' | mode is a single value",
                "'? x\n? y' | is no setting",
                "'<<: {mode: report}' | is no setting",
            })
    void yaml_whatIsNoPlainSettings_isRefused(String text, String message) {
        assertThatThrownBy(() -> yaml(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void yaml_deeplyNested_isRefusedAtOnce() {
        assertThatThrownBy(() -> yaml("mode: " + "[".repeat(100_000))).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> yaml("{a: ".repeat(50_000))).isInstanceOf(SettingsException.class);
    }

    @Test
    void yaml_emptyFile_givesDefaults() throws IOException {
        assertThat(yaml("# nothing\n")).isEqualTo(GuardSettings.defaults());
    }

    @Test
    void properties_linesAndContinuations_areRead() throws IOException {
        write(
                "api-guard.properties",
                "# c \\\nmode = report\ntransport.methods=GET,\\\n  POST\n! x\nheaders.realm: \\u0061b\n");
        GuardSettings settings = load();
        assertThat(settings.mode()).isEqualTo(GuardSettings.Mode.REPORT);
        assertThat(settings.transport().methods()).containsExactly("GET", "POST");
        assertThat(settings.headers().realm()).isEqualTo("ab");
    }

    @Test
    void properties_duplicateUnknownOrBroken_namesLine() throws IOException {
        write("api-guard.properties", "mode=report\n\nmode=enforce\n");
        assertThatThrownBy(this::load).hasMessageContaining("set twice").hasMessageContaining("line 3");
        write("api-guard.properties", "a=\\\n b\nmoed=report\n");
        assertThatThrownBy(this::load).hasMessageContaining("(api-guard.properties line");
        Files.write(dir.resolve("api-guard.properties"), "mode=\\u12\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::load).hasMessageContaining("escape").hasMessageContaining("line 1");
    }
}
