package io.apiguard.internal.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of records from flat keys and values; the records' constructors check what they are given.
 *
 * <p>Keys match whatever their spelling ({@code max-body}, {@code maxBody}, {@code maxbody}); an unknown one is an error.
 */
public final class SettingsBinder {

    private SettingsBinder() {}

    /**
     * Binds a source.
     *
     * @param type the root record, every component of which carries {@link Setting}
     * @param source keys and values
     * @param <T> the root record
     * @return the bound record
     * @throws SettingsException if a key is unknown, a value cannot be read, or a record refuses it
     */
    public static <T extends Record> T bind(Class<T> type, SettingsSource source) {
        SettingsNode root = new SettingsNode();
        try {
            root = SettingsNode.tree(source);
            return type.cast(section(type, root, ""));
        } catch (SettingsException e) {
            throw located(e, root, source);
        }
    }

    private static SettingsException located(SettingsException e, SettingsNode root, SettingsSource source) {
        SettingsNode node = root.find(e.key());
        SettingsSource.Entry exact = node == null ? null : node.entry();
        SettingsSource.Entry near = node == null ? null : node.first();
        String written = exact == null ? source.written(e.key()) : exact.written();
        return e.at(written, near == null ? null : near.origin());
    }

    private static Record section(Class<?> type, SettingsNode node, String path) {
        if (node.entry() != null) {
            throw SettingsException.of(
                    path,
                    "is a section and has no value of its own",
                    "Put its settings beneath it, or remove the line");
        }
        List<RecordComponent> components = List.of(type.getRecordComponents());
        Map<String, SettingsNode> known = match(components, node, path);
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = components.get(i);
            String key = key(component);
            values[i] = value(component, known.get(key), Keys.join(path, key));
        }
        return construct(type, values, path);
    }

    private static Map<String, SettingsNode> match(List<RecordComponent> components, SettingsNode node, String path) {
        Map<String, String> byUniformName = new LinkedHashMap<>();
        components.forEach(component -> byUniformName.put(Keys.uniform(key(component)), key(component)));
        Map<String, SettingsNode> known = new LinkedHashMap<>();
        node.children().forEach((written, child) -> {
            String key = byUniformName.get(Keys.uniform(written));
            if (key == null) {
                throw unknown(written, byUniformName, path);
            }
            if (known.put(key, child) != null) {
                throw SettingsException.of(
                        Keys.join(path, key), "is set twice, in two spellings", "Remove one of them");
            }
        });
        return known;
    }

    private static SettingsException unknown(String written, Map<String, String> known, String path) {
        String near = Keys.nearest(written, known.values());
        return SettingsException.of(
                Keys.join(path, written),
                "is no setting",
                near == null
                        ? "Use one of " + String.join(", ", known.values())
                        : "Did you mean " + Keys.join(path, near) + "?");
    }

    private static @Nullable Object value(RecordComponent component, @Nullable SettingsNode node, String path) {
        Class<?> type = component.getType();
        if (type == List.class) {
            return list(component, node, path);
        }
        if (type == Map.class) {
            return map(component, node, path);
        }
        if (isSection(type)) {
            return section(type, node == null ? new SettingsNode() : node, path);
        }
        return scalar(component, node, path);
    }

    private static @Nullable Object scalar(RecordComponent component, @Nullable SettingsNode node, String path) {
        Setting setting = setting(component);
        if (node != null) {
            return convert(component.getType(), setting, text(node, path), path);
        }
        if (setting.required()) {
            throw SettingsException.of(path, "is missing", "Set it: " + lowerFirst(setting.description()));
        }
        String text = setting.defaultValue();
        return text.isEmpty() ? null : convert(component.getType(), setting, text, path);
    }

    private static String text(SettingsNode node, String path) {
        SettingsSource.Entry entry = node.entry();
        if (entry == null || !node.children().isEmpty()) {
            throw SettingsException.of(path, "is a single value and has no settings beneath it", "Write one value");
        }
        if (entry.value().isBlank()) {
            throw SettingsException.of(path, "is empty", "Give it a value, or remove the line");
        }
        return entry.value().strip();
    }

    private static List<Object> list(RecordComponent component, @Nullable SettingsNode node, String path) {
        Class<?> element = (Class<?>) argument(component, 0);
        Setting setting = setting(component);
        if (node == null) {
            return split(element, setting, setting.defaultValue(), path);
        }
        SettingsSource.Entry entry = node.entry();
        if (entry == null) {
            return indexed(element, setting, node, path);
        }
        boolean section = isSection(element) && !entry.value().isBlank();
        if (section || !node.children().isEmpty()) {
            throw SettingsException.of(
                    path, "is a list of sections, or a list in two forms", "Write one item per element");
        }
        return split(element, setting, entry.value(), path);
    }

    private static List<Object> split(Class<?> element, Setting setting, String text, String path) {
        List<Object> values = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                if (part.isBlank()) {
                    throw SettingsException.of(path, "has an empty element", "Remove the comma that is too many");
                }
                values.add(convert(element, setting, part.strip(), path));
            }
        }
        return values;
    }

    private static List<Object> indexed(Class<?> element, Setting setting, SettingsNode node, String path) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < node.children().size(); i++) {
            String index = "[" + i + "]";
            SettingsNode child = node.children().get(index);
            if (child == null) {
                throw SettingsException.of(
                        path, "is a list without an element " + index, "Number its elements from [0] on");
            }
            String at = path + index;
            values.add(
                    isSection(element) ? section(element, child, at) : convert(element, setting, text(child, at), at));
        }
        return values;
    }

    private static Map<String, Object> map(RecordComponent component, @Nullable SettingsNode node, String path) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (node == null) {
            return values;
        }
        SettingsSource.Entry entry = node.entry();
        if (entry != null && !entry.value().isBlank()) {
            throw SettingsException.of(
                    path, "is a list of names and values", "Write one name and value per line beneath it");
        }
        Class<?> element = (Class<?>) argument(component, 1);
        node.children().forEach((name, child) -> {
            String at = Keys.join(path, name);
            if (!name.matches("[A-Za-z0-9_-]{1,100}")) {
                throw SettingsException.of(at, "is no name", "Use letters, digits, hyphens and underscores");
            }
            values.put(name, convert(element, setting(component), text(child, at), at));
        });
        return values;
    }

    private static @Nullable Object convert(Class<?> type, Setting setting, String text, String path) {
        if (setting.canBeOff() && (text.equals("off") || text.equals("false"))) {
            return null;
        }
        try {
            return Converter.convert(type, setting.bytes(), text);
        } catch (IllegalArgumentException e) {
            throw SettingsException.of(
                    path, "is " + Texts.quote(text), Objects.requireNonNullElse(e.getMessage(), "Change it"));
        }
    }

    private static Record construct(Class<?> type, @Nullable Object[] values, String path) {
        try {
            return Records.construct(type, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SettingsException cause) {
                throw cause.within(path);
            }
            throw new IllegalStateException("cannot make " + type.getName(), e.getCause());
        }
    }

    static boolean isSection(Class<?> type) {
        return type.isRecord() && !Converter.reads(type);
    }

    static Type argument(RecordComponent component, int index) {
        return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
    }

    static String key(RecordComponent component) {
        String own = setting(component).key();
        return own.isEmpty() ? Keys.kebab(component.getName()) : own;
    }

    static Setting setting(RecordComponent component) {
        return Objects.requireNonNull(component.getAnnotation(Setting.class), () -> component + " carries no @Setting");
    }

    private static String lowerFirst(String description) {
        String phrase = description.endsWith(".") ? description.substring(0, description.length() - 1) : description;
        return Character.toLowerCase(phrase.charAt(0)) + phrase.substring(1);
    }
}
