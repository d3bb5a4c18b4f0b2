package io.apiguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.apiguard.GuardSettings;
import io.apiguard.internal.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetadataTest {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";

    /** By the shape of the records alone, so that it does not repeat what writes the file. */
    private static void collect(Class<?> section, String prefix, Set<String> keys) {
        for (RecordComponent component : section.getRecordComponents()) {
            String own = component.getAnnotation(Setting.class).key();
            String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            String key = prefix + "." + (own.isEmpty() ? name : own);
            if (component.getType().isRecord() && !hasText(component.getType())) {
                collect(component.getType(), key, keys);
            } else {
                keys.add(key);
            }
        }
    }

    private static boolean hasText(Class<?> type) {
        return Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals("parse"));
    }

    @Test
    void metadata_everySettingOfCore_isDescribed() throws IOException {
        try (InputStream in = ApiGuardAutoConfiguration.class.getClassLoader().getResourceAsStream(FILE)) {
            assumeTrue(in != null, "the build has written no " + FILE);
            Set<String> described = new HashSet<>();
            for (JsonNode property : new ObjectMapper().readTree(in).get("properties")) {
                described.add(property.get("name").asText());
            }
            Set<String> keys = new HashSet<>();
            collect(GuardSettings.class, GuardSettings.PREFIX_OF_KEYS, keys);
            assertThat(keys).hasSizeGreaterThan(60);
            assertThat(described).containsAll(keys);
        }
    }
}
