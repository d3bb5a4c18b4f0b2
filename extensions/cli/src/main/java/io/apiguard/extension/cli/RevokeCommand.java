package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.ApiKeyAdmin;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys revoke}. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes keys, for good.")
final class RevokeCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Mixin
    private final KeyStoreOptions store = new KeyStoreOptions();

    @Parameters(arity = "1..*", paramLabel = "<id>", description = "The ids of the keys; one after the other.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private List<String> ids;

    RevokeCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiKeyAdmin admin = store.admin(environment, clock);
        for (String id : ids) {
            admin.revoke(id);
            spec.commandLine().getErr().println("revoked API key " + id);
        }
        return Main.DONE;
    }
}
