package io.apiguard.extension.cli;

import java.sql.SQLException;
import picocli.CommandLine;

/** Turns failures into one line for the operator and an exit code. */
final class Failures {

    private Failures() {}

    static int report(Exception failure, CommandLine command) {
        command.getErr().println("api-guard: " + failure.getMessage());
        return isOfKeys(command) ? codeOfKeys(failure) : Main.FAILED;
    }

    private static boolean isOfKeys(CommandLine command) {
        return command.getParent() != null && command.getParent().getCommand() instanceof KeysCommand;
    }

    private static int codeOfKeys(Exception failure) {
        if (failure instanceof CannotUseException || failure.getCause() instanceof SQLException) {
            return Main.UNAVAILABLE;
        }
        boolean refused = failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
        return refused ? Main.REFUSED : Main.FAILED;
    }
}
