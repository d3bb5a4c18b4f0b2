package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.IssuedApiKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description =
                "Issues a key with the same grant in place of another one, and prints it to standard output, once.")
final class RotateCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Mixin
    private final KeyStoreOptions store = new KeyStoreOptions();

    @Parameters(paramLabel = "<id>", description = "The id of the key to replace: what stands between its underscores.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private String id;

    @Option(
            names = "--overlap",
            required = true,
            description = "How long both keys are good, such as PT24H or P7D; PT0S ends the old one now.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Duration overlap;

    @Option(names = "--expires", description = "When the new key ends. Not given: when the old one would have.")
    private @Nullable Instant expires;

    RotateCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        IssuedApiKey issued = store.admin(environment, clock).rotate(id, overlap, expires);
        spec.commandLine().getOut().println(issued.key());
        String successor = issued.stored().id();
        spec.commandLine()
                .getErr()
                .println("issued API key " + successor + " in place of " + id + "; it is not shown again");
        return Main.DONE;
    }
}
