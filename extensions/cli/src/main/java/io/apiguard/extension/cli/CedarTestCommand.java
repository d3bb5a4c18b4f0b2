package io.apiguard.extension.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cedar test}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Runs tests as Cedar's own are written: JSON objects with policies, entities, schema (files, sought in the"
                        + " folder of the test and above) and requests with decision, reason, errors. Prints how many requests are decided"
                        + " as the tests say. Exit code 3 if one is not.")
final class CedarTestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "<file>", description = "Tests in JSON.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private List<Path> files;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int requests = 0;
        int right = 0;
        boolean different = false;
        for (Path file : files) {
            CedarTestFile test = CedarTestFile.run(file);
            test.differences().forEach(out::println);
            requests += test.requests();
            right += test.right();
            different |= !test.differences().isEmpty();
        }
        out.println(right + "/" + requests);
        return different ? Main.FOUND : Main.DONE;
    }
}
