package io.apiguard.extension.cli;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.validation.Finding;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.CedarException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cedar check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads policies and, given a schema, validates them strictly. Exit code 3 if there are errors.")
final class CedarCheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Option(
            names = "--schema",
            paramLabel = "<file>",
            description = "The schema, in Cedar's notation or in JSON (*.json).")
    private @Nullable Path schemaFile;

    @Parameters(
            arity = "1..*",
            paramLabel = "<file>",
            description = "Policies, in Cedar's notation or in JSON (*.json).")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private List<Path> files;

    @Override
    public Integer call() {
        Schema schema = schemaFile == null ? null : CedarFiles.schema(schemaFile);
        boolean right = true;
        for (Path file : files) {
            right &= isRight(file, schema);
        }
        return right ? Main.DONE : Main.FOUND;
    }

    private boolean isRight(Path file, @Nullable Schema schema) {
        String text = CedarFiles.text(file);
        try {
            PolicySet policies = CedarFiles.policies(file, text);
            return schema == null || isRight(file, Validator.of(schema).validate(policies));
        } catch (CedarException e) {
            out().println(CedarFiles.message(file, e));
            return false;
        }
    }

    private boolean isRight(Path file, List<Finding> findings) {
        for (Finding finding : findings) {
            out().println(CedarFiles.place(file, finding.position()) + ": "
                    + finding.severity().name().toLowerCase(Locale.ROOT) + " in " + finding.policyId() + ": "
                    + finding.message());
        }
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
