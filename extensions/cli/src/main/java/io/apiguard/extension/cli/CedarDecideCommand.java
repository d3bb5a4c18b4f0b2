package io.apiguard.extension.cli;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.Decision;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cedar decide}. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "Decides a request: prints ALLOW or DENY, the policies that decided and those that failed."
                + " Exit code 0 if it is allowed, 2 if it is denied, 1 if it cannot be decided.")
final class CedarDecideCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Mixin
    private final CedarRequestOptions options = new CedarRequestOptions();

    @Override
    public Integer call() {
        Decision decision = options.ask(Authorizer::decide);
        PrintWriter out = spec.commandLine().getOut();
        out.println(word(decision));
        decision.reasons().forEach(id -> out.println("reason: " + id));
        decision.errors()
                .forEach(error ->
                        out.println("error: " + error.policyId() + ": " + error.kind() + ": " + error.detail()));
        return exitCode(decision);
    }

    static String word(Decision decision) {
        return decision.isAllowed() ? "ALLOW" : "DENY";
    }

    static int exitCode(Decision decision) {
        return decision.isAllowed() ? Main.DONE : Main.DENIED;
    }
}
