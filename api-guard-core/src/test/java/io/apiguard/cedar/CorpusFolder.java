package io.apiguard.cedar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the tests of others; a test that needs them is skipped, and says so, where they are not there. */
final class CorpusFolder {

    private CorpusFolder() {}

    static Path of(String name) {
        Path folder = Path.of(System.getProperty("apiguard.conformance", "../../shared/conformance"))
                .resolve("cedar");
        assumeTrue(
                Files.isDirectory(folder.resolve(name)),
                () -> "skipped: no conformance data at " + folder.resolve(name).toAbsolutePath());
        return folder.resolve(name);
    }
}
