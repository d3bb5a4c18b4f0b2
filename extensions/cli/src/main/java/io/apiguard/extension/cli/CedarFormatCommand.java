package io.apiguard.extension.cli;

import io.apiguard.cedar.format.CedarFormatter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cedar format}. */
@Command(
        name = "format",
        mixinStandardHelpOptions = true,
        description = "Prints policies laid out anew; what they say and all comments stay.")
final class CedarFormatCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @ArgGroup
    private @Nullable Mode mode;

    @Option(names = "--width", defaultValue = "80", description = "How wide lines are (default: ${DEFAULT-VALUE}).")
    private int width;

    @Parameters(arity = "1..*", paramLabel = "<file>", description = "Policies in Cedar's notation.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private List<Path> files;

    /** One of the two, or none. */
    static final class Mode {

        @Option(
                names = "--check",
                description =
                        "Print the names of files that are laid out otherwise, and nothing else. Exit code 3 if there are.")
        private boolean check;

        @Option(names = "--write", description = "Change the files, and print the names of those changed.")
        private boolean write;
    }

    @Override
    public Integer call() {
        if (width < 1) {
            throw new ParameterException(spec.commandLine(), "--width is 1 at least, not " + width);
        }
        boolean right = true;
        for (Path file : files) {
            right &= format(file);
        }
        return right ? Main.DONE : Main.FOUND;
    }

    /** Returns whether nothing is amiss. */
    private boolean format(Path file) {
        String text = CedarFiles.text(file);
        String formatted = CedarFiles.read(file, read -> CedarFormatter.format(read, width));
        PrintWriter out = spec.commandLine().getOut();
        if (mode == null) {
            out.print(formatted);
            out.flush();
            return true;
        }
        if (text.equals(formatted)) {
            return true;
        }
        out.println(file);
        if (mode.write) {
            write(file, formatted);
        }
        return !mode.check;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new InputException("cannot write " + file + ": " + e, e);
        }
    }
}
