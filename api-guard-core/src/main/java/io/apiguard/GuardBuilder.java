package io.apiguard;

import io.apiguard.Authentications.Given;
import io.apiguard.audit.AuditSink;
import io.apiguard.authn.Authenticator;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.IssuerResolver;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.authz.AccessRule;
import io.apiguard.authz.ObjectCheck;
import io.apiguard.event.GuardListener;
import io.apiguard.field.PropertyNames;
import io.apiguard.http.AddressBlock;
import io.apiguard.http.ContentTypeRules;
import io.apiguard.http.CorsRules;
import io.apiguard.http.ForwardedFamily;
import io.apiguard.http.Header;
import io.apiguard.http.SecurityHeaders;
import io.apiguard.http.SizeRules;
import io.apiguard.http.TrustedProxies;
import io.apiguard.ratelimit.Limit;
import io.apiguard.ratelimit.LimitKey;
import io.apiguard.ratelimit.RateLimiter;
import io.apiguard.secret.SecretSource;
import io.apiguard.store.ReplayStore;
import io.apiguard.store.RevocationStore;
import io.apiguard.validation.JsonLimits;
import io.apiguard.validation.JsonValidator;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what a {@link Guard} is built from: settings, and what settings cannot say.
 *
 * <p>Made by {@link Guard#builder}. Not thread-safe.
 */
public final class GuardBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final GuardSettings settings;
    private final Map<String, ObjectCheck> checks = new LinkedHashMap<>();
    private final List<GuardListener> listeners = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private @Nullable LongSupplier nanos;
    private @Nullable SecretSource secrets;
    private @Nullable ApiKeyStore apiKeys;
    private @Nullable HttpClient httpClient;
    private @Nullable JwkSource keys;
    private @Nullable IssuerResolver issuers;
    private @Nullable AccessTokenVerifier accessTokens;
    private @Nullable IntrospectionVerifier opaqueTokens;
    private @Nullable ClientCertificates certificates;
    private @Nullable RevocationList revocations;
    private @Nullable RevocationStore revocationStore;
    private @Nullable ReplayStore replays;
    private @Nullable HttpSignatureVerifier signatures;
    private @Nullable AuditSink audit;
    private PropertyNames names = PropertyNames.reflective();
    private SecureRandom random = new SecureRandom();

    GuardBuilder(GuardSettings settings) {
        this.settings = settings;
    }

    /** {@return the settings the guard will be built from} */
    public GuardSettings settings() {
        return settings;
    }

    /**
     * Sets the clock of everything that looks at the time, limits included; by default the system's, and for limits and durations its
     * monotonic one.
     *
     * @param value the clock
     * @return this builder
     */
    public GuardBuilder clock(InstantSource value) {
        this.clock = value;
        this.nanos = () -> Duration.between(Instant.EPOCH, value.instant()).toNanos();
        return this;
    }

    /**
     * Sets where secrets come from, in place of what {@code secrets.source} says.
     *
     * @param value the source
     * @return this builder
     */
    public GuardBuilder secretSource(SecretSource value) {
        this.secrets = value;
        return this;
    }

    /**
     * Sets where API keys are looked up, in place of {@code api-keys.keys} and {@code api-keys.file}; API keys are then accepted.
     *
     * @param value the store
     * @return this builder
     */
    public GuardBuilder apiKeyStore(ApiKeyStore value) {
        this.apiKeys = value;
        return this;
    }

    /**
     * Sets the client that fetches key sets and discovery documents; it must not follow redirects.
     *
     * @param value the client
     * @return this builder
     */
    public GuardBuilder httpClient(HttpClient value) {
        this.httpClient = value;
        return this;
    }

    /**
     * Sets where the keys of {@code jwt.issuer} come from, in place of discovery and {@code jwt.jwks-uri}. It stays the caller's to close.
     *
     * @param value the source
     * @return this builder
     */
    public GuardBuilder keys(JwkSource value) {
        this.keys = value;
        return this;
    }

    /**
     * Accepts the tokens of issuers that are not all known beforehand, such as one for each tenant, in place of {@code jwt.issuer} and
     * {@code issuers}. Clock, fingerprints and the check of a token's binding are the guard's, whatever the resolver sets; {@code
     * jwt.max-length}, {@code jwt.cache-size} and {@code jwt.cache-bytes} hold for all issuers together.
     *
     * @param value says which issuers are taken, and how
     * @return this builder
     */
    public GuardBuilder issuers(IssuerResolver value) {
        this.issuers = value;
        return this;
    }

    /**
     * Sets what verifies signed tokens, in place of {@code jwt.issuer} and {@code issuers}: for what settings cannot say, such as
     * {@link io.apiguard.authn.jwt.JwtVerifierBuilder#insecureSharedSecrets}. For tokens that are bound to a key of the caller it must be
     * told to {@link io.apiguard.authn.jwt.JwtVerifierBuilder#acceptSenderConstrained}; the guard checks the binding.
     *
     * @param value the verifier; stays the caller's to close
     * @return this builder
     */
    public GuardBuilder accessTokens(AccessTokenVerifier value) {
        this.accessTokens = value;
        return this;
    }

    /**
     * Accepts tokens that only their issuer can read (RFC 7662), beside those of {@code jwt.issuer} or alone.
     *
     * @param value what asks the issuer; stays the caller's to close
     * @return this builder
     */
    public GuardBuilder opaqueTokens(IntrospectionVerifier value) {
        this.opaqueTokens = value;
        return this;
    }

    /**
     * Takes client certificates, in place of what {@code mtls.*} says of how they are found and checked. What becomes of a token
     * beside one that names its holder, {@code mtls.with-tokens} says all the same.
     *
     * @param value what finds and checks them
     * @return this builder
     */
    public GuardBuilder clientCertificates(ClientCertificates value) {
        this.certificates = value;
        return this;
    }

    /**
     * Refuses credentials that were revoked before they expired; asked on every request.
     *
     * @param value the list; stays the caller's to close
     * @return this builder
     */
    public GuardBuilder revocations(RevocationList value) {
        this.revocations = value;
        return this;
    }

    /**
     * Refuses credentials that were revoked before they expired, by what stands in a store: {@link
     * io.apiguard.store.InMemoryRevocationStore} for one instance, a shared one for several. The guard asks it every {@code
     * revocation.poll-interval} from a thread of its own.
     *
     * @param value the store, to which the application adds; stays the caller's to close
     * @return this builder
     */
    public GuardBuilder revocationStore(RevocationStore value) {
        this.revocationStore = value;
        return this;
    }

    /**
     * Accepts requests that are signed (RFC 9421), in place of what the settings under {@code signatures} say.
     *
     * @param value what verifies the signatures
     * @return this builder
     */
    public GuardBuilder signatures(HttpSignatureVerifier value) {
        this.signatures = value;
        return this;
    }

    /**
     * Sets what remembers proofs and nonces of signatures that were used (RFC 9449 section 11.1, RFC 9421 section 7.2.2),
     * in place of this process's memory; for several instances a shared one.
     *
     * @param value the store
     * @return this builder
     */
    public GuardBuilder replayStore(ReplayStore value) {
        this.replays = value;
        return this;
    }

    /**
     * Registers an object check under the name that {@link io.apiguard.annotation.RequiresObjectAccess} and routes use.
     *
     * @param name the name
     * @param check the application's function
     * @return this builder
     * @throws IllegalArgumentException if another check has that name
     */
    public GuardBuilder objectCheck(String name, ObjectCheck check) {
        if (checks.putIfAbsent(name, check) != null) {
            throw new IllegalArgumentException("two object checks are named '" + name + "'");
        }
        return this;
    }

    /**
     * Sets where audit events go, in place of what {@code audit.sink} says; the guard closes it.
     *
     * @param value the sink
     * @return this builder
     */
    public GuardBuilder auditSink(AuditSink value) {
        this.audit = value;
        return this;
    }

    /**
     * Adds a listener for what operators should know of; every event is logged besides.
     *
     * @param value the listener
     * @return this builder
     */
    public GuardBuilder listener(GuardListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * Sets what the application's JSON mapper says of its models; by default what reflection finds.
     *
     * @param value the names
     * @return this builder
     */
    public GuardBuilder propertyNames(PropertyNames value) {
        this.names = value;
        return this;
    }

    /**
     * Sets the source of randomness; by default a new {@link SecureRandom}.
     *
     * @param value the source
     * @return this builder
     */
    public GuardBuilder random(SecureRandom value) {
        this.random = value;
        return this;
    }

    /**
     * Adds endpoints that the framework can dispatch to: all of them must be known before the guard is built.
     *
     * @param found the endpoints
     * @return this builder
     */
    public GuardBuilder endpoints(Collection<Endpoint> found) {
        endpoints.addAll(found);
        return this;
    }

    /**
     * Builds the guard, and logs its start-up report.
     *
     * @return the guard, to be closed at the end of the application
     * @throws GuardConfigurationException if anything is wrong with settings, secrets, key sources or endpoints; the message lists what,
     *     where, and the remedy
     */
    public Guard build() {
        LoggingListener listener = new LoggingListener(listeners);
        FieldPlans plans = FieldPlans.of(settings.redaction(), names, endpoints);
        List<EndpointPolicy> policies = new PolicyCompiler(settings, checks, plans).compile(endpoints);
        try (Opened opened = new Opened()) {
            Guard guard = assemble(policies, listener, opened);
            opened.keep();
            announce(guard);
            return guard;
        }
    }

    private Guard assemble(List<EndpointPolicy> policies, GuardListener listener, Opened opened) {
        Refusals refusals = new Refusals(settings.mode() == GuardSettings.Mode.REPORT);
        HttpSignatureVerifier verifier = Signatures.verifier(settings.signatures(), signatures, replays, clock);
        Given given = new Given(
                secrets,
                apiKeys,
                httpClient,
                keys,
                issuers,
                accessTokens,
                opaqueTokens,
                revocations,
                revocationStore,
                replays,
                certificates,
                verifier);
        Authenticator authenticator =
                new Authentications(settings, given, clock, random, listener, opened).authenticator();
        checkAuthenticable(policies, authenticator);
        List<Header> challenges = authenticator == null
                ? List.of()
                : AuthenticateStep.challenges(authenticator.challenges().credentialRequired());
        RateLimiter limiter = nanos == null
                ? RateLimiter.of(settings.limits().maxKeys(), listener)
                : RateLimiter.on(settings.limits().maxKeys(), clock, listener);
        LongSupplier time = nanos == null ? System::nanoTime : nanos;
        AuditSink sink = audit != null ? audit : AuditSinks.of(settings.audit(), listener, clock);
        opened.add(sink::close);
        boolean reporting = settings.mode() == GuardSettings.Mode.REPORT;
        return new Guard(new GuardParts(
                settings,
                policies,
                new ExchangeFactory(clock, time, random),
                new TransportStep(settings, refusals, proxies(listener), cors()),
                new SizeStep(refusals, sizes(policies), contentTypes()),
                new PreLimitStep(refusals, limiter, preLimit()),
                new MetadataStep(
                        authenticator == null ? null : authenticator.resource().orElse(null)),
                new AuthenticateStep(refusals, authenticator),
                new LimitStep(refusals, limiter),
                new AuthorizeStep(refusals, authenticator == null ? null : authenticator.challenges(), clock),
                new ValidateStep(
                        refusals,
                        bodies(),
                        JsonValidator.of(jsonLimits(), random),
                        new BodySignatureCheck(refusals, challenges)),
                new WayOut(
                        refusals,
                        securityHeaders(),
                        challenges,
                        verifier == null ? null : new SignatureOffer(verifier, random),
                        new AuditTrail(sink, reporting),
                        listener,
                        time),
                opened::closeAll));
    }

    private static void checkAuthenticable(List<EndpointPolicy> policies, @Nullable Authenticator authenticator) {
        if (authenticator != null) {
            return;
        }
        policies.stream()
                .filter(policy -> policy.access().access() == AccessRule.Access.AUTHENTICATED)
                .findFirst()
                .ifPresent(policy -> {
                    throw new GuardConfigurationException(
                            List.of(policy.endpoint().name()
                                    + " demands an authenticated caller, and nobody could authenticate. Set jwt.issuer and jwt.audiences,"
                                    + " issuers, introspection, api-keys.keys, mtls.identity or signatures.enabled"));
                });
    }

    private void announce(Guard guard) {
        LOG.info(
                "API Guard covers {} endpoints:\n{}",
                endpoints.size(),
                guard.coverage().toTable());
        if (settings.mode() == GuardSettings.Mode.REPORT) {
            LOG.warn(
                    "API Guard is in report mode: everything is judged and audited, and nothing is refused but what cannot be parsed");
        }
        guard.policies().stream()
                .filter(EndpointPolicy::reportOnly)
                .forEach(policy -> LOG.warn(
                        "{} is in report mode: it refuses nobody",
                        policy.endpoint().name()));
    }

    private TrustedProxies proxies(GuardListener listener) {
        ProxiesSettings proxies = settings.proxies();
        if (proxies.forwarded() == GuardSettings.Forwarded.NONE) {
            return TrustedProxies.none(listener);
        }
        List<AddressBlock> trusted =
                proxies.trusted().stream().map(AddressBlock::parse).toList();
        return TrustedProxies.of(ForwardedFamily.valueOf(proxies.forwarded().name()), trusted, listener);
    }

    private CorsRules cors() {
        CorsSettings cors = settings.cors();
        if (cors.allowedOrigins().isEmpty()) {
            return CorsRules.none();
        }
        return new CorsRules(
                new LinkedHashSet<>(cors.allowedOrigins()),
                new LinkedHashSet<>(cors.allowedMethods()),
                new LinkedHashSet<>(cors.allowedHeaders()),
                new LinkedHashSet<>(cors.exposedHeaders()),
                cors.allowCredentials(),
                cors.maxAge());
    }

    /** Gate 1 knows no endpoint yet, so it holds requests to the greatest bound of any. */
    private SizeRules sizes(List<EndpointPolicy> policies) {
        SizeSettings size = settings.size();
        long longest = policies.stream()
                .mapToLong(policy -> policy.body().maxBytes())
                .max()
                .orElse(size.maxBody());
        return new SizeRules(size.maxUrl(), size.maxHeaderCount(), size.maxHeaders(), longest);
    }

    private ContentTypeRules contentTypes() {
        Set<String> types = new LinkedHashSet<>(settings.size().contentTypes());
        settings.routes().forEach(route -> types.addAll(route.contentTypes()));
        return ContentTypeRules.of(types);
    }

    private @Nullable Limit preLimit() {
        LimitText pre = settings.limits().pre();
        return pre == null
                ? null
                : Limit.of(pre.requests(), pre.period())
                        .by(LimitKey.CLIENT_ADDRESS)
                        .named("client-address");
    }

    private BodyReader bodies() {
        return new BodyReader(
                clock, settings.size().readTimeout(), settings.size().maxBuffered());
    }

    private JsonLimits jsonLimits() {
        JsonSettings json = settings.json();
        return new JsonLimits(
                json.maxDepth(),
                json.maxStringLength(),
                json.maxNumberLength(),
                json.maxNameLength(),
                json.maxMembers(),
                json.maxElements(),
                json.maxTokens());
    }

    private SecurityHeaders securityHeaders() {
        return new SecurityHeaders(settings.transport().hstsMaxAge(), false);
    }
}
