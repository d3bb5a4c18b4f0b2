package io.apiguard.extension.cli;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.Explanation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cedar explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Decides a request, and says of each policy which part of it decided."
                + " Exit code 0 if it is allowed, 2 if it is denied, 1 if it cannot be decided.")
final class CedarExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Mixin
    private final CedarRequestOptions options = new CedarRequestOptions();

    @Override
    public Integer call() {
        Explanation explanation = options.ask(Authorizer::explain);
        PrintWriter out = spec.commandLine().getOut();
        out.println(CedarDecideCommand.word(explanation.decision()));
        out.println(explanation);
        return CedarDecideCommand.exitCode(explanation.decision());
    }
}
