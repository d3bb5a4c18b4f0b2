package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Lets Jazzer search with every {@code @FuzzTest}, each in a JVM of its own because Jazzer takes one. The profile {@code fuzz} runs it;
 * {@code -Dfuzz.target=regex} selects by class and method, {@code -Dfuzz.seconds} says for how long each. What was found, the corpus and the
 * logs are left in {@code target/fuzz}. A finding belongs under {@code src/test/resources}, as its log says, under a name that tells what it
 * shows: then every run of the tests replays it.
 */
class FuzzEachTarget {

    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final Path OUTPUT = Path.of("target", "fuzz");
    private static final Pattern WANTED = Pattern.compile(System.getProperty("fuzz.target", ""));
    private static final String SECONDS = System.getProperty("fuzz.seconds", "60");
    /** The parsers of others as well, or Jazzer would not see what it reaches in them. */
    private static final String INSTRUMENTED = "io.apiguard.**:tools.jackson.core.**:org.jose4j.**";

    @BeforeAll
    static void checkJdk() {
        assertThat(Runtime.version().feature())
                .as("the JDK: Jazzer 0.24 cannot instrument the classes of JDK 25; use JDK 17")
                .isLessThan(25);
    }

    @TestFactory
    Stream<DynamicTest> everyTarget() throws IOException {
        Files.createDirectories(OUTPUT);
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files
                    .map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith("FuzzTest.class"))
                    .map(name -> name.substring(0, name.length() - 6).replace(File.separatorChar, '.'))
                    .sorted()
                    .flatMap(FuzzEachTarget::targets)
                    .toList()
                    .stream();
        }
    }

    private static Stream<DynamicTest> targets(String className) {
        return Arrays.stream(load(className).getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .map(Method::getName)
                .sorted()
                .filter(method -> WANTED.matcher(className + "#" + method).find())
                .map(method -> DynamicTest.dynamicTest(className + "#" + method, () -> fuzz(className, method)));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, FuzzEachTarget.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void fuzz(String className, String method) throws IOException, InterruptedException {
        Path log = OUTPUT.resolve(className + "-" + method + ".log");
        Process process = new ProcessBuilder(command(className, method))
                .directory(OUTPUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        int status = process.waitFor();
        System.out.println(className + "#" + method + ": " + runs(log));
        assertThat(status).as("exit status of Jazzer, see " + log).isZero();
    }

    private static List<String> command(String className, String method) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                classPath,
                Jazzer.class.getName(),
                "--target_class=" + className,
                "--target_method=" + method,
                "--instrumentation_includes=" + INSTRUMENTED,
                "--custom_hook_includes=" + INSTRUMENTED,
                "-max_total_time=" + SECONDS);
    }

    private static String runs(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Done ") || line.startsWith("== Java Exception"))
                .findFirst()
                .orElse("did not end by itself");
    }
}
