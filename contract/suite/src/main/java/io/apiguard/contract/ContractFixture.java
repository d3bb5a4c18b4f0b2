package io.apiguard.contract;

import io.apiguard.GuardBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What all servers of the contract have in common: clock, issuer, API keys, audit, and the settings of the guard,
 * identical for all.
 *
 * <p>One fixture is current at a time; {@link ContractCustomizer} puts it into every guard that an adapter builds.
 */
public final class ContractFixture implements AutoCloseable {

    /** The host that requests name. */
    public static final String HOST = "api.example.com";

    /** The origin whose browsers may call. */
    public static final String ORIGIN = "https://app.example.com";

    /** The realm of challenges. */
    public static final String REALM = "contract";

    /** The host that clients behind the proxy ask for. */
    static final String GATEWAY = "gateway.example.com";

    static final String CALLER = "127.0.0.1";
    static final String PROXY = "127.0.0.9";

    private static final AtomicReference<ContractFixture> CURRENT = new AtomicReference<>();

    private final ContractClock clock = new ContractClock();
    private final IdentityProvider identityProvider = new IdentityProvider(clock);
    private final ApiKeyFixture apiKeys = new ApiKeyFixture(clock);
    private final CertificateFixture certificates = new CertificateFixture(clock);
    private final SignerFixture signers = new SignerFixture();
    private final AuditCapture audit = new AuditCapture();
    private final @Nullable Revocations revocations;
    private final Map<String, String> settings;

    private ContractFixture(ContractServer server, boolean credentials) {
        Map<String, String> all = settings(server);
        if (credentials) {
            all.putAll(credentialSettings());
        }
        this.revocations = credentials ? new Revocations(clock) : null;
        this.settings = Map.copyOf(all);
    }

    /**
     * Makes a fixture, which is current from now on.
     *
     * @param server what it is for; it is not started here
     * @return the fixture
     */
    public static ContractFixture open(ContractServer server) {
        return current(new ContractFixture(server, false));
    }

    /**
     * Makes a fixture whose guard asks about opaque tokens, looks for revocations, demands nonces in proofs, and remembers few of these.
     *
     * @param server what it is for; it is not started here
     * @return the fixture, which is current from now on
     */
    static ContractFixture openForCredentials(ContractServer server) {
        return current(new ContractFixture(server, true));
    }

    private static ContractFixture current(ContractFixture fixture) {
        CURRENT.set(fixture);
        return fixture;
    }

    /**
     * Returns the fixture that was opened last.
     *
     * @return the current fixture
     * @throws IllegalStateException if none is open
     */
    public static ContractFixture current() {
        ContractFixture fixture = CURRENT.get();
        if (fixture == null) {
            throw new IllegalStateException("no contract fixture is open");
        }
        return fixture;
    }

    /** Adds to a guard what settings cannot say. */
    static void customize(GuardBuilder builder) {
        ContractFixture fixture = current();
        builder.clock(fixture.clock)
                .secretSource(fixture.apiKeys.secrets())
                .auditSink(fixture.audit)
                .objectCheck(
                        ContractApplication.OWNER_CHECK,
                        (identity, object) -> ContractApplication.owns(
                                identity, object.pathParameter("id").orElse("")))
                .objectCheck(ContractApplication.FAILING_CHECK, (identity, object) -> {
                    throw new IllegalStateException(ContractHandlers.SECRET);
                });
        if (fixture.revocations != null) {
            builder.revocations(fixture.revocations.list());
        }
    }

    private Map<String, String> credentialSettings() {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("introspection.issuer", identityProvider.issuer());
        more.put("introspection.endpoint", identityProvider.introspectionEndpoint());
        more.put("introspection.allow-loopback-http", "true");
        more.put("introspection.client-id", "contract");
        more.put("introspection.audiences", IdentityProvider.AUDIENCE);
        more.put("introspection.role-claims", "realm.roles");
        more.put("introspection.tenant-claim", "tenant");
        more.put("dpop.nonces", "required");
        more.put("dpop.max-proofs", "6");
        return more;
    }

    private Map<String, String> settings(ContractServer server) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("transport.allow-loopback-http", "true");
        all.put("transport.allowed-hosts", HOST + ", " + GATEWAY);
        all.put("cors.allowed-origins", ORIGIN);
        all.put("proxies.trusted", PROXY);
        all.put("proxies.forwarded", "x-forwarded");
        all.put("probes.paths", "/healthz");
        all.put("probes.peers", CALLER);
        all.put("size.max-url", "1024");
        all.put("size.max-header-count", "50");
        all.put("size.max-headers", "4KB");
        all.put("size.max-body", "64KB");
        all.put("json.max-depth", "32");
        all.put("json.max-string-length", "20000");
        all.put("json.max-elements", "5000");
        all.put("limits.pre", "20000/1m");
        all.put("limits.named.by-identity", "3/1m by identity");
        all.put("limits.named.by-tenant", "2/1m by tenant");
        all.put("limits.named.by-key", "2/1m by api-key");
        all.put("limits.named.by-address", "2/1m by client-address");
        all.put("limits.named.heavy", "5/1m by identity");
        all.put("jwt.issuer", identityProvider.issuer());
        all.put("jwt.jwks-uri", identityProvider.jwksUri());
        all.put("jwt.allow-loopback-http", "true");
        all.put("jwt.audiences", IdentityProvider.AUDIENCE);
        all.put("jwt.tenant-claim", "tenant");
        all.put("jwt.max-lifetime", "1h");
        all.put("dpop.enabled", "true");
        all.put("dpop.max-proofs-per-token", "5");
        all.put("headers.realm", REALM);
        all.putAll(certificates.settings());
        all.putAll(apiKeys.settings());
        all.putAll(signers.settings());
        all.putAll(ContractApplication.routes(server::annotates));
        if (!server.typed()) {
            all.putAll(ContractApplication.redactionRules());
        }
        return all;
    }

    /** {@return the settings by key, without prefix; unmodifiable} */
    public Map<String, String> settings() {
        return settings;
    }

    /** {@return the guard's clock} */
    public ContractClock clock() {
        return clock;
    }

    /** {@return who issues tokens} */
    public IdentityProvider identityProvider() {
        return identityProvider;
    }

    ApiKeyFixture apiKeys() {
        return apiKeys;
    }

    Revocations revocations() {
        return Objects.requireNonNull(revocations, "a guard that looks for revocations");
    }

    SignerFixture signers() {
        return signers;
    }

    CertificateFixture certificates() {
        return certificates;
    }

    AuditCapture audit() {
        return audit;
    }

    @Override
    public void close() {
        certificates.close();
        identityProvider.close();
        if (revocations != null) {
            revocations.close();
        }
        CURRENT.compareAndSet(this, null);
    }
}
