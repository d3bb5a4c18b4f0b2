package io.apiguard.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.GuardSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class SettingsMetadataTest {

    private static final String JSON = SettingsMetadata.json(GuardSettings.class, "api-guard");

    /** Returns the value of a member of every object in the document, in order. */
    private static List<String> values(String member) {
        List<String> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), JSON)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals(member)) {
                    parser.nextToken();
                    values.add(parser.getString());
                }
            }
        }
        return values;
    }

    @Test
    void json_everyKeyOutsideLists_isThere() {
        List<String> names = values("name");
        for (SettingsMetadata.Item item : SettingsMetadata.items(GuardSettings.class)) {
            assertThat(names.contains("api-guard." + item.key())).as(item.key()).isEqualTo(!item.inList());
        }
        assertThat(values("description")).noneMatch(String::isBlank);
    }

    @Test
    void json_types_areThoseOfBoot() {
        assertThat(JSON)
                .contains("\"type\" : \"org.springframework.util.unit.DataSize\"")
                .contains("\"type\" : \"java.util.Map<java.lang.String,java.lang.String>\"")
                .contains("\"type\" : \"io.apiguard.GuardSettings$Mode\"")
                .contains("\"value\" : \"x-forwarded\"")
                .contains("\"defaultValue\" : \"64MB\"")
                .contains("\"defaultValue\" : 8192")
                .doesNotContain("\r");
    }

    @Test
    void defaults_writtenOut_bindToTheDefaults() {
        Map<String, String> values = new LinkedHashMap<>();
        for (SettingsMetadata.Item item : SettingsMetadata.items(GuardSettings.class)) {
            if (!item.isSection()
                    && !item.inList()
                    && !item.setting().defaultValue().isEmpty()) {
                values.put("api-guard." + item.key(), item.setting().defaultValue());
            }
        }
        assertThat(GuardSettings.of(values)).isEqualTo(GuardSettings.defaults());
    }

    @Test
    void markdown_everySetting_hasARow() {
        String table = SettingsMetadata.markdown(GuardSettings.class);
        assertThat(table)
                .contains("| `limits.default` | `600/1m by identity` |")
                .contains("| `routes[].endpoint` | required |")
                .contains("`enforce`, `report`");
        assertThat(table.lines())
                .allMatch(line ->
                        line.replace("\\|", "").chars().filter(c -> c == '|').count() == 4);
    }

    @Test
    void main_files_areWritten(@TempDir Path dir) throws Exception {
        Path json = dir.resolve("META-INF/metadata.json");
        SettingsMetadata.main(new String[] {json.toString()});
        assertThat(json).hasContent(JSON);
        SettingsMetadata.main(new String[] {"--markdown", dir.resolve("t.md").toString()});
        assertThat(Files.readString(dir.resolve("t.md"))).isEqualTo(SettingsMetadata.page(GuardSettings.class));
    }
}
