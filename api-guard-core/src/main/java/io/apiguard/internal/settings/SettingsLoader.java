package io.apiguard.internal.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds and reads the one file that settings come from. */
public final class SettingsLoader {

    /** The system property that names the file. */
    public static final String PROPERTY = "apiguard.config";

    /** The environment variable that names the file when the property does not. */
    public static final String VARIABLE = "APIGUARD_CONFIG";

    /** What all keys of a file may start with. */
    static final String PREFIX = "api-guard";

    /** The longest file in bytes. */
    static final int LONGEST = 1 << 20;

    private static final List<String> NAMES = List.of("api-guard.yaml", "api-guard.yml", "api-guard.properties");

    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;
    private final Function<String, List<URL>> resources;

    /**
     * Makes a loader.
     *
     * @param properties system properties by name
     * @param environment environment variables by name
     * @param resources all class path resources of a name
     */
    public SettingsLoader(
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment,
            Function<String, List<URL>> resources) {
        this.properties = properties;
        this.environment = environment;
        this.resources = resources;
    }

    /**
     * Makes a loader over this process and the class path of the thread's context class loader.
     *
     * @return the loader
     */
    public static SettingsLoader system() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? SettingsLoader.class.getClassLoader() : context;
        UnaryOperator<@Nullable String> variables = System::getenv;
        return new SettingsLoader(System::getProperty, variables, name -> urls(loader, name));
    }

    /**
     * Loads the file that the property or the variable names, or else the one on the class path.
     *
     * @return its keys and values
     * @throws SettingsException if there is no file, more than one, or it cannot be read
     */
    public SettingsSource load() {
        for (String name : List.of(PROPERTY, VARIABLE)) {
            String path = name.equals(PROPERTY) ? properties.apply(name) : environment.apply(name);
            if (path != null && !path.isBlank()) {
                return named(name, path);
            }
        }
        List<URL> found = NAMES.stream()
                .flatMap(name -> resources.apply(name).stream())
                .distinct()
                .toList();
        if (found.isEmpty()) {
            throw noConfiguration();
        }
        if (found.size() > 1) {
            throw SettingsException.of(
                    "",
                    "There are two files of settings, " + found.get(0) + " and " + found.get(1),
                    "Keep one of them");
        }
        return read(found.get(0));
    }

    /**
     * Reads a file.
     *
     * @param file a YAML file or, if its name ends so, a {@code .properties} file, in UTF-8, of at most 1 MB
     * @return its keys and values
     * @throws SettingsException if it cannot be read
     */
    public static SettingsSource read(Path file) {
        return named("", file.toString());
    }

    /**
     * Says that there is no configuration, and shows the smallest file that would do.
     *
     * @return the exception, to be thrown
     */
    public static SettingsException noConfiguration() {
        return SettingsException.of(
                "", "API Guard has no settings and lets nobody in without them", """
                Put a file api-guard.yaml on the class path, or name one in the system property %s; the smallest that will do is

                jwt:
                  issuer: https://id.example.com    # who issues the tokens
                  audiences: my-api                 # what this service is called in them
                routes:
                  - endpoint: /**
                    access: authenticated
                """.formatted(PROPERTY));
    }

    private static SettingsSource named(String key, String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return parse(path, in);
        } catch (IOException | IllegalArgumentException e) {
            throw e instanceof SettingsException own ? own : unreadable(key, path, e);
        }
    }

    private static SettingsSource read(URL url) {
        try (InputStream in = url.openStream()) {
            return parse(url.getPath().substring(url.getPath().lastIndexOf('/') + 1), in);
        } catch (IOException e) {
            throw unreadable("", url.toString(), e);
        }
    }

    private static SettingsException unreadable(String key, String path, Exception e) {
        String problem = e instanceof CharacterCodingException ? " is not UTF-8" : " cannot be read";
        return SettingsException.of(
                key,
                (key.isEmpty() ? "The file " : "names a file that ")
                        + (key.isEmpty() ? path : "")
                        + (key.isEmpty() ? problem : problem.substring(1) + ", " + path),
                "Check the path, that it is a file, and its permissions");
    }

    private static SettingsSource parse(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        Checks.that(bytes.length <= LONGEST, "", name + " is longer than 1 MB", "Settings are small: check the path");
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        FlatFile flat = name.endsWith(".properties") ? PropertiesFile.read(name, text) : YamlFile.read(name, text);
        return SettingsSource.of(flat.values(), key -> flat.origins().get(key), PREFIX);
    }

    private static List<URL> urls(ClassLoader loader, String name) {
        try {
            return new ArrayList<>(Collections.list(loader.getResources(name)));
        } catch (IOException e) {
            throw SettingsException.of(
                    "", "The class path cannot be searched for " + name, "Name the file in " + PROPERTY);
        }
    }
}
