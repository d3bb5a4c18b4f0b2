package io.apiguard.internal.settings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Describes the settings, from their records, to Spring Boot's tooling and to readers of the documentation. The output depends on the
 * records alone.
 */
public final class SettingsMetadata {

    /** By name, because the records stand a floor above this package. */
    private static final String ROOT = "io.apiguard.GuardSettings";

    private static final String SIZE = "org.springframework.util.unit.DataSize";

    /**
     * One setting.
     *
     * @param key the full key, with {@code []} for the elements of a list of sections
     * @param owner the record it belongs to
     * @param component the component
     * @param inList whether it belongs to a section that stands in a list
     */
    record Item(String key, Class<?> owner, RecordComponent component, boolean inList) {

        Setting setting() {
            return SettingsBinder.setting(component);
        }

        boolean isSection() {
            return SettingsBinder.isSection(component.getType());
        }
    }

    private SettingsMetadata() {}

    /**
     * Writes the description of all settings to a file.
     *
     * @param args the file for Spring Boot's {@code spring-configuration-metadata.json}; or {@code --markdown} and the file for the table
     * @throws IOException if the file cannot be written
     * @throws ClassNotFoundException if the settings are not on the class path
     */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        boolean markdown = args.length == 2 && args[0].equals("--markdown");
        if (!markdown && args.length != 1) {
            throw new IllegalArgumentException("usage: SettingsMetadata [--markdown] <file>");
        }
        Class<?> root = Class.forName(ROOT);
        Path file = Path.of(args[args.length - 1]).toAbsolutePath();
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, markdown ? page(root) : json(root, SettingsLoader.PREFIX));
    }

    /**
     * Describes the settings to Spring Boot's tooling.
     *
     * @param root the root record
     * @param prefix what every key starts with, without the dot that follows it
     * @return a JSON document in the format of {@code spring-configuration-metadata.json}
     */
    public static String json(Class<?> root, String prefix) {
        List<Item> items = items(root).stream().filter(item -> !item.inList()).toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), bytes)) {
            json.writeStartObject();
            groups(json, root, prefix, items);
            properties(json, prefix, items);
            hints(json, prefix, items);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8) + "\n";
    }

    /**
     * Describes the settings to readers.
     *
     * @param root the root record
     * @return a table in Markdown, one row per setting
     */
    public static String markdown(Class<?> root) {
        StringBuilder table = new StringBuilder("| setting | default | what it is for |\n|---|---|---|\n");
        for (Item item : items(root)) {
            if (!item.isSection()) {
                table.append("| `").append(item.key()).append("` | ");
                table.append(cell(item)).append(" | ").append(description(item)).append(" |\n");
            }
        }
        return table.toString();
    }

    /**
     * Returns the page of the documentation that lists every setting.
     *
     * @param root the record of all settings
     * @return Markdown: a title, how to write settings, and the table of {@link #markdown}
     */
    public static String page(Class<?> root) {
        return "# Settings\n\nWritten under `api-guard:` in `api-guard.yaml` or `api-guard.properties` on the class path, in the file that"
                + " the system property\n`apiguard.config` names, or in any property source of Spring Boot. This page is generated from the"
                + " settings themselves.\n\n"
                + markdown(root);
    }

    /** Returns every setting and section below a record, in the order of the components. */
    static List<Item> items(Class<?> root) {
        List<Item> items = new ArrayList<>();
        collect(root, "", false, items);
        return items;
    }

    private static void collect(Class<?> owner, String path, boolean inList, List<Item> items) {
        for (RecordComponent component : owner.getRecordComponents()) {
            Item item = new Item(Keys.join(path, SettingsBinder.key(component)), owner, component, inList);
            items.add(item);
            if (item.isSection()) {
                collect(component.getType(), item.key(), inList, items);
            } else if (component.getType() == List.class) {
                Class<?> element = (Class<?>) SettingsBinder.argument(component, 0);
                if (SettingsBinder.isSection(element)) {
                    collect(element, item.key() + "[]", true, items);
                }
            }
        }
    }

    private static void groups(JsonGenerator json, Class<?> root, String prefix, List<Item> items) {
        json.writeArrayPropertyStart("groups");
        group(json, prefix, root.getName(), root, "");
        for (Item item : items) {
            if (item.isSection()) {
                String type = item.component().getType().getName();
                group(
                        json,
                        prefix + "." + item.key(),
                        type,
                        item.owner(),
                        item.setting().description());
            }
        }
        json.writeEndArray();
    }

    private static void group(JsonGenerator json, String name, String type, Class<?> source, String description) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("type", type);
        json.writeStringProperty("sourceType", source.getName());
        if (!description.isEmpty()) {
            json.writeStringProperty("description", description);
        }
        json.writeEndObject();
    }

    private static void properties(JsonGenerator json, String prefix, List<Item> items) {
        json.writeArrayPropertyStart("properties");
        for (Item item : sorted(items)) {
            if (!item.isSection()) {
                json.writeStartObject();
                json.writeStringProperty("name", prefix + "." + item.key());
                json.writeStringProperty("type", type(item));
                json.writeStringProperty("sourceType", item.owner().getName());
                json.writeStringProperty("description", item.setting().description());
                defaultValue(json, item);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void hints(JsonGenerator json, String prefix, List<Item> items) {
        json.writeArrayPropertyStart("hints");
        for (Item item : sorted(items)) {
            if (item.component().getType().isEnum()) {
                json.writeStartObject();
                json.writeStringProperty("name", prefix + "." + item.key());
                json.writeArrayPropertyStart("values");
                constants(item).forEach(constant -> {
                    json.writeStartObject();
                    json.writeStringProperty("value", constant);
                    json.writeEndObject();
                });
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void defaultValue(JsonGenerator json, Item item) {
        String text = item.setting().defaultValue();
        Class<?> type = item.component().getType();
        if (text.isEmpty()) {
            return;
        }
        json.writeName("defaultValue");
        if (type == boolean.class) {
            json.writeBoolean(Boolean.parseBoolean(text));
        } else if (type == List.class) {
            json.writeStartArray();
            for (String element : text.split(",")) {
                json.writeString(element.strip());
            }
            json.writeEndArray();
        } else if ((type == int.class || type == long.class) && !item.setting().bytes()) {
            json.writeNumber(Long.parseLong(text));
        } else {
            json.writeString(text);
        }
    }

    private static List<Item> sorted(List<Item> items) {
        return items.stream().sorted(Comparator.comparing(Item::key)).toList();
    }

    private static String type(Item item) {
        Class<?> type = item.component().getType();
        if (type == List.class) {
            return "java.util.List<" + type(SettingsBinder.argument(item.component(), 0)) + ">";
        }
        if (type == Map.class) {
            return "java.util.Map<java.lang.String," + type(SettingsBinder.argument(item.component(), 1)) + ">";
        }
        return item.setting().bytes() ? SIZE : type(type);
    }

    /** Types that read their own text are texts to a tool. */
    private static String type(Type type) {
        if (type == boolean.class) {
            return Boolean.class.getName();
        }
        if (type == int.class) {
            return Integer.class.getName();
        }
        if (type == long.class) {
            return Long.class.getName();
        }
        return type instanceof Class<?> plain && Converter.reads(plain) && plain.isRecord()
                ? String.class.getName()
                : type.getTypeName();
    }

    private static String cell(Item item) {
        String text = item.setting().defaultValue();
        if (item.setting().required()) {
            return "required";
        }
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String description(Item item) {
        String text = item.setting()
                .description()
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*");
        Class<?> type = item.component().getType();
        if (type.isEnum()) {
            return text + " " + constants(item).stream().collect(Collectors.joining("`, `", "One of `", "`."));
        }
        return text + form(type, item.setting());
    }

    private static String form(Class<?> type, Setting setting) {
        if (type == Duration.class) {
            return " A duration.";
        }
        if (type == Instant.class) {
            return " An instant.";
        }
        return setting.bytes() ? " A size." : "";
    }

    private static List<String> constants(Item item) {
        return List.of(item.component().getType().getEnumConstants()).stream()
                .map(Converter::text)
                .toList();
    }

    /** Two spaces per level and a line feed on every platform, so that the output is the same everywhere. */
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
