package io.apiguard.authn.jose;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** Reads the vectors of others; a test that needs one is skipped, and says so, where the folder is not there. */
final class Vectors {

    private Vectors() {}

    static Path file(String name) {
        Path folder = Path.of(System.getProperty("apiguard.conformance", "../../shared/conformance"));
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: no conformance data at " + file.toAbsolutePath());
        return file;
    }

    /** Vector files are larger and deeper than anything our own reader takes. */
    static Map<String, Object> json(String name) throws IOException {
        try {
            return JsonUtil.parseJson(Files.readString(file(name)));
        } catch (JoseException e) {
            throw new IOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
