package io.apiguard.spring;

import io.apiguard.GuardSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads the settings from all {@code api-guard.*} properties of an environment, whatever source and spelling they come in, or else from
 * the file core would read.
 *
 * <p>Precedence is Boot's own: a property of an earlier source hides the same one of a later source, and a list is taken whole from the
 * first source that has any of it. {@code apiguard.config} names a file and is no setting itself; {@code apiguard.conformance}, which
 * names a folder to API Guard's own tests, is none either where it is a system property or environment variable.
 */
final class EnvironmentSettings {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(GuardSettings.PREFIX_OF_KEYS);
    private static final String FILE = "config";
    private static final String TEST_FOLDER = "conformance";
    private static final Set<String> SYSTEM = Set.of(
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    private final PropertySourcesPlaceholdersResolver placeholders;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private @Nullable String file;

    private EnvironmentSettings(Environment environment) {
        this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
        Set<String> taken = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                taken.addAll(read(iterable, taken));
            }
        }
    }

    /**
     * Reads the settings.
     *
     * @throws StartRefusedException if there are none, two contradict, or one cannot be used
     */
    static GuardSettings of(Environment environment) {
        try {
            return new EnvironmentSettings(environment).bind();
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException("API Guard does not start:\n  - " + e.getMessage(), e);
        }
    }

    private GuardSettings bind() {
        if (values.isEmpty()) {
            return file == null ? ofCore() : GuardSettings.load(Path.of(file));
        }
        if (file != null) {
            throw new StartRefusedException("API Guard does not start:\n  - apiguard.config names the file " + file
                    + ", and there are api-guard properties too, such as "
                    + values.keySet().iterator().next()
                    + ". Keep the file or the properties");
        }
        return GuardSettings.of(values, origins::get);
    }

    private static GuardSettings ofCore() {
        try {
            return GuardSettings.load();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).stripTrailing()
                            + "\n\nThe same may stand in application.yaml, beneath api-guard.",
                    e);
        }
    }

    /** Takes what no earlier source has, and returns what this source has: names of properties, or of lists. */
    private Set<String> read(IterableConfigurationPropertySource source, Set<String> taken) {
        Set<String> present = new HashSet<>();
        for (ConfigurationPropertyName name : source) {
            if (ROOT.isAncestorOf(name) && !isTestFolder(source, name)) {
                String whole = whole(name);
                present.add(whole);
                ConfigurationProperty property = taken.contains(whole) ? null : source.getConfigurationProperty(name);
                if (property != null) {
                    put(name, property);
                }
            }
        }
        return present;
    }

    /** Whether a name is not the application's to set: relaxed, it would be an unknown setting. */
    private static boolean isTestFolder(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        return whole(name).equals(TEST_FOLDER)
                && name.getElement(0, Form.ORIGINAL).equals("apiguard")
                && source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && SYSTEM.contains(underlying.getName());
    }

    private void put(ConfigurationPropertyName name, ConfigurationProperty property) {
        String value = String.valueOf(placeholders.resolvePlaceholders(property.getValue()));
        if (whole(name).equals(FILE)) {
            file = value;
            return;
        }
        String key = key(name);
        values.put(key, value);
        Origin origin = property.getOrigin();
        if (origin != null) {
            origins.put(key, origin.toString());
        }
    }

    private static String key(ConfigurationPropertyName name) {
        StringBuilder key = new StringBuilder(GuardSettings.PREFIX_OF_KEYS);
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            String element = name.getElement(i, Form.ORIGINAL);
            key.append(name.isNumericIndex(i) ? "[" + element + "]" : "." + element);
        }
        return key.toString();
    }

    /** The name up to the first index, in the form in which all spellings are equal. */
    private static String whole(ConfigurationPropertyName name) {
        StringBuilder whole = new StringBuilder();
        for (int i = 1; i < name.getNumberOfElements() && !name.isNumericIndex(i); i++) {
            whole.append(i == 1 ? "" : ".")
                    .append(name.getElement(i, Form.UNIFORM).toLowerCase(Locale.ROOT));
        }
        return whole.toString();
    }
}
