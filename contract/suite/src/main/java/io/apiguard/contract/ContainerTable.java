package io.apiguard.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The second table of a server: the cases that its container answers by itself, before the guard sees them, and with
 * which status.
 *
 * <p>It is a resource beside the server's test class: on each line a status (0: the connection is closed without an
 * answer), two spaces and the name of a case. What stands there must be so: a case that reaches the guard after all
 * fails, as does one that is answered with another status.
 */
public final class ContainerTable {

    private static final String FILE = "refused-by-container.txt";

    private final Map<String, Integer> statuses;

    private ContainerTable(Map<String, Integer> statuses) {
        this.statuses = statuses;
    }

    /** {@return the table of a server without a container: the guard sees everything} */
    public static ContainerTable empty() {
        return new ContainerTable(Map.of());
    }

    /**
     * Reads the table beside a class.
     *
     * @param test the server's test class
     * @return its table
     */
    public static ContainerTable beside(Class<?> test) {
        try (InputStream in = test.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + FILE + " beside " + test.getName());
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContainerTable read(BufferedReader in) throws IOException {
        Map<String, Integer> statuses = new TreeMap<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" {2}", 2);
                if (statuses.put(parts[1], Integer.valueOf(parts[0])) != null) {
                    throw new IllegalStateException("'" + parts[1] + "' stands in " + FILE + " twice");
                }
            }
        }
        return new ContainerTable(statuses);
    }

    /** {@return the names of the cases in the table} */
    Set<String> names() {
        return statuses.keySet();
    }

    /** {@return the status the container answers a case with; empty if the guard answers it} */
    OptionalInt statusOf(String name) {
        Integer status = statuses.get(name);
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
