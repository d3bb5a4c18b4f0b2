package io.apiguard.extension.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cedar}, which does nothing without a command. */
@Command(name = "cedar", mixinStandardHelpOptions = true, description = "Checks, formats and tries out Cedar policies.")
final class CedarCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    static CommandLine line() {
        return new CommandLine(new CedarCommand())
                .addSubcommand(new CedarCheckCommand())
                .addSubcommand(new CedarFormatCommand())
                .addSubcommand(new CedarDecideCommand())
                .addSubcommand(new CedarExplainCommand())
                .addSubcommand(new CedarTestCommand());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: api-guard cedar check|format|decide|explain|test");
    }
}
