package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.http.AddressBlock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys issue}. */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        description = "Issues a key and prints it to standard output, once.")
final class IssueCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Mixin
    private final KeyStoreOptions store = new KeyStoreOptions();

    @Option(names = "--subject", required = true, description = "Who the key stands for.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private String subject;

    @Option(names = "--tenant", description = "The tenant the caller belongs to.")
    private @Nullable String tenant;

    @Option(names = "--scope", split = ",", paramLabel = "<scope>", description = "A scope; may be given again.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--role", split = ",", paramLabel = "<role>", description = "A role; may be given again.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "<block>",
            converter = AddressBlockConverter.class,
            description =
                    "Addresses the key may be used from, such as 10.0.0.0/8; may be given again. None: from anywhere.")
    private List<AddressBlock> allowed = new ArrayList<>();

    @Option(names = "--expires", description = "When the key ends, such as 2030-01-31T00:00:00Z. Not given: never.")
    private @Nullable Instant expires;

    IssueCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiKeyGrant grant = new ApiKeyGrant(
                subject, tenant, new HashSet<>(scopes), new HashSet<>(roles), expires, new HashSet<>(allowed));
        IssuedApiKey issued = store.admin(environment, clock).issue(grant);
        spec.commandLine().getOut().println(issued.key());
        spec.commandLine().getErr().println("issued API key " + issued.stored().id() + "; it is not shown again");
        return Main.DONE;
    }
}
