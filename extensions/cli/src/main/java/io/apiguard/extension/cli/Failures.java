package io.apiguard.extension.cli;

import java.io.PrintWriter;
import java.sql.SQLException;

/** Turns failures into one line for the operator and an exit code. */
final class Failures {

    private Failures() {}

    static int report(Exception failure, PrintWriter err) {
        err.println("api-guard: " + failure.getMessage());
        if (failure instanceof CannotUseException || failure.getCause() instanceof SQLException) {
            return Main.UNAVAILABLE;
        }
        boolean refused = failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
        return refused ? Main.REFUSED : Main.FAILED;
    }
}
