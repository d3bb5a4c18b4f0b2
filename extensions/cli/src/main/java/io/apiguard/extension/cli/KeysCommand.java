package io.apiguard.extension.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}, which does nothing without a command. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "Manages API keys.")
final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: api-guard keys issue|list|rotate|revoke");
    }
}
