package io.apiguard.extension.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself, which does nothing without a command. */
@Command(name = "api-guard", mixinStandardHelpOptions = true, description = "Administers what API Guard protects with.")
final class RootCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: api-guard keys issue|list|rotate|revoke, or api-guard cedar check|format|decide|explain|test");
    }
}
