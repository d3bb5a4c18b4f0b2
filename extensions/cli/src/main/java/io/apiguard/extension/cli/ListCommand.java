package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.ApiKeyAdmin;
import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.authn.apikey.ListedApiKey;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists keys on standard output, one a line, columns separated by tabs, the names of columns first.")
final class ListCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Mixin
    private final KeyStoreOptions store = new KeyStoreOptions();

    ListCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiKeyAdmin admin = store.admin(environment, clock);
        PrintWriter out = spec.commandLine().getOut();
        List<ListedApiKey> page = admin.list("", ApiKeyRepository.LARGEST_PAGE);
        out.println(KeyLine.HEADING);
        while (!page.isEmpty()) {
            page.forEach(key -> out.println(KeyLine.of(key)));
            String last = page.get(page.size() - 1).stored().id();
            page = admin.list(last, ApiKeyRepository.LARGEST_PAGE);
        }
        return Main.DONE;
    }
}
