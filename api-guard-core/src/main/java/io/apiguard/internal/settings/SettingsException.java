package io.apiguard.internal.settings;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting that cannot be used: one message that names the key as the user wrote it, what is wrong, what to do, and where it stands.
 *
 * <p>No message holds the value of a setting that may be secret. Immutable.
 */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;
    private final String remedy;

    private SettingsException(
            String key, String problem, String remedy, @Nullable String origin, @Nullable Throwable cause) {
        super(sentence(key, problem, remedy, origin), cause);
        this.key = key;
        this.problem = problem;
        this.remedy = remedy;
    }

    /**
     * Makes an exception about one setting.
     *
     * @param key the setting, as far as the caller knows it: a component's key within its section, or a full key; empty for a whole section
     * @param problem what is wrong, a phrase that follows the key, without a full stop
     * @param remedy what to do, a sentence without its full stop
     * @return the exception, to be thrown
     */
    public static SettingsException of(String key, String problem, String remedy) {
        return new SettingsException(key, problem, remedy, null, null);
    }

    /**
     * Returns this exception for the key within an enclosing section.
     *
     * @param section the section's key, empty for the root
     * @return an exception with the longer key
     */
    public SettingsException within(String section) {
        return section.isEmpty() ? this : moved(Keys.join(section, key), null);
    }

    /**
     * Returns this exception for the key as the user wrote it.
     *
     * @param written the key in the source
     * @param origin where it stands, such as a file and a line, or {@code null} if that is not known
     * @return an exception with that key and place
     */
    public SettingsException at(String written, @Nullable String origin) {
        return moved(written, origin);
    }

    /**
     * Names the setting that cannot be used.
     *
     * @return its key
     */
    public String key() {
        return key;
    }

    /**
     * Says what is wrong with the setting.
     *
     * @return a phrase that follows the key
     */
    public String problem() {
        return problem;
    }

    /**
     * Says what to do about it.
     *
     * @return a sentence without its full stop
     */
    public String remedy() {
        return remedy;
    }

    private SettingsException moved(String newKey, @Nullable String origin) {
        SettingsException moved = new SettingsException(newKey, problem, remedy, origin, getCause());
        moved.setStackTrace(getStackTrace());
        return moved;
    }

    private static String sentence(String key, String problem, String remedy, @Nullable String origin) {
        Objects.requireNonNull(key, "key");
        return (key.isEmpty() ? "" : key + " ") + problem + ". " + remedy
                + (".?\n".indexOf(remedy.charAt(remedy.length() - 1)) < 0 ? "." : "")
                + (origin == null ? "" : " (" + origin + ")");
    }
}
