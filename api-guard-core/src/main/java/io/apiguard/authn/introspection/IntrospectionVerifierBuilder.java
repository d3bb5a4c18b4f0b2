package io.apiguard.authn.introspection;

import io.apiguard.authn.jose.ClaimPath;
import io.apiguard.authn.jose.TokenDigest;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.event.GuardListener;
import io.apiguard.internal.http.SecureAddress;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of an {@link IntrospectionVerifier}; made by {@link IntrospectionVerifier#forIssuer(URI)}. Not
 * thread-safe.
 */
public final class IntrospectionVerifierBuilder {

    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);
    private static final Duration LONGEST_TTL = Duration.ofHours(1);
    private static final Duration LONGEST_ASSUMED = Duration.ofHours(24);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAXIMUM_LENGTH = 64 * 1024;

    private final URI issuer;
    private @Nullable URI endpoint;
    private @Nullable ClientAuthentication client;
    private Set<String> audiences = Set.of();
    private boolean audienceIgnored;
    private @Nullable Duration assumedLifetime;
    private List<ClaimPath> roles = List.of();
    private @Nullable ClaimPath tenant;
    private @Nullable String fixedTenant;
    private boolean typeIgnored;
    private @Nullable JwkSource answerKeys;
    private boolean insecureLoopback;
    private Duration skew = Duration.ofSeconds(30);
    private Duration timeout = Duration.ofSeconds(3);
    private Duration positive = Duration.ofSeconds(60);
    private Duration negative = Duration.ofSeconds(5);
    private int cacheSize = 10_000;
    private int failuresToOpen = 5;
    private Duration openFor = Duration.ofSeconds(10);
    private int maximumWaiting = 64;
    private int maximumLength = 4096;
    private @Nullable HttpClient http;
    private @Nullable Fingerprint fingerprint;
    private SecureRandom random = new SecureRandom();
    private InstantSource clock = InstantSource.system();
    private GuardListener listener = GuardListener.none();

    IntrospectionVerifierBuilder(URI issuer) {
        this.issuer = issuer;
    }

    /**
     * Sets the introspection endpoint; demanded.
     *
     * @param value an https address
     * @return this builder
     */
    public IntrospectionVerifierBuilder endpoint(URI value) {
        this.endpoint = value;
        return this;
    }

    /**
     * Sets how this service authenticates itself at the endpoint; demanded (RFC 7662 section 2.1).
     *
     * @param value the client's credentials
     * @return this builder
     */
    public IntrospectionVerifierBuilder client(ClientAuthentication value) {
        this.client = value;
        return this;
    }

    /**
     * Sets the names of this service, of which {@code aud} must contain one; this or {@link #ignoreAudience()} is
     * demanded.
     *
     * @param names at least one, none blank
     * @return this builder
     */
    public IntrospectionVerifierBuilder audience(String... names) {
        this.audiences = Set.of(names);
        return this;
    }

    /**
     * Takes tokens for any audience, for issuers that answer {@code active} only to the service a token is for.
     * Otherwise a token that a caller gave to another service works here too.
     *
     * @return this builder
     */
    public IntrospectionVerifierBuilder ignoreAudience() {
        this.audienceIgnored = true;
        return this;
    }

    /**
     * Takes tokens of which the issuer does not say when they expire; if not set, they are refused. An {@code exp} that
     * is there is checked all the same.
     *
     * @param assumed how long after the answer such a token is said to expire, more than zero and at most 24 hours
     * @return this builder
     */
    public IntrospectionVerifierBuilder ignoreMissingExpiry(Duration assumed) {
        this.assumedLifetime = assumed;
        return this;
    }

    /**
     * Sets where the roles stand in answers, nowhere if not set. Every place is a string or an array of strings.
     *
     * @param paths names of members, nested ones joined by dots ({@code realm_access.roles}), or JSON pointers where a
     *     name has dots itself ({@code /resource_access/my.client/roles})
     * @return this builder
     * @throws IllegalArgumentException if a path is malformed
     */
    public IntrospectionVerifierBuilder rolesFrom(String... paths) {
        this.roles = Stream.of(paths).map(ClaimPath::parse).toList();
        return this;
    }

    /**
     * Sets where the tenant's name stands, as a string; nowhere if not set.
     *
     * @param path a path as {@link #rolesFrom(String...)} takes it
     * @return this builder
     * @throws IllegalArgumentException if the path is malformed
     */
    public IntrospectionVerifierBuilder tenantFrom(String path) {
        this.tenant = ClaimPath.parse(path);
        return this;
    }

    /**
     * Sets the tenant that all of the issuer's callers belong to; instead of {@link #tenantFrom(String)}.
     *
     * @param name a name, not blank
     * @return this builder
     */
    public IntrospectionVerifierBuilder tenant(String name) {
        this.fixedTenant = name;
        return this;
    }

    /**
     * Takes tokens of which the issuer does not say their {@code token_type}; if not set, they are refused, since many
     * issuers call ID and refresh tokens active too, and leave the type out for them. For issuers that never say it.
     *
     * @return this builder
     */
    public IntrospectionVerifierBuilder ignoreMissingType() {
        this.typeIgnored = true;
        return this;
    }

    /**
     * Demands signed answers (RFC 9701): by a key of the issuer, for this client, made now. Unsigned ones are then not
     * believed.
     *
     * @param keys the issuer's keys; stay the caller's to close
     * @return this builder
     */
    public IntrospectionVerifierBuilder signedAnswers(JwkSource keys) {
        this.answerKeys = keys;
        return this;
    }

    /**
     * Permits plain http to {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]}, for tests and demonstrations.
     *
     * @return this builder
     */
    public IntrospectionVerifierBuilder allowInsecureLoopback() {
        this.insecureLoopback = true;
        return this;
    }

    /**
     * Sets how far the clocks may differ; 30 seconds if not set.
     *
     * @param value 0 to 10 minutes
     * @return this builder
     */
    public IntrospectionVerifierBuilder clockSkew(Duration value) {
        this.skew = value;
        return this;
    }

    /**
     * Sets how long one call may take from its start to the last byte; 3 seconds if not set.
     *
     * @param value more than zero, at most 60 seconds
     * @return this builder
     */
    public IntrospectionVerifierBuilder requestTimeout(Duration value) {
        this.timeout = value;
        return this;
    }

    /**
     * Sets how long a token is taken for active without asking again; 60 seconds if not set, and never past its {@code
     * exp}. A token that the issuer revokes is refused after this time at the latest.
     *
     * @param value 0, to ask for every request, to 1 hour
     * @return this builder
     */
    public IntrospectionVerifierBuilder cacheActiveFor(Duration value) {
        this.positive = value;
        return this;
    }

    /**
     * Sets how long a token is taken for bad without asking again; 5 seconds if not set.
     *
     * @param value 0, to ask for every request, to 1 hour
     * @return this builder
     */
    public IntrospectionVerifierBuilder cacheInactiveFor(Duration value) {
        this.negative = value;
        return this;
    }

    /**
     * Sets how many answers are kept of good tokens, and as many of bad ones; 10,000 if not set.
     *
     * @param value 0, to keep none, to 1,000,000
     * @return this builder
     */
    public IntrospectionVerifierBuilder cacheSize(int value) {
        this.cacheSize = value;
        return this;
    }

    /**
     * Sets when an endpoint that fails is left alone, and for how long; after 5 failures in a row, for 10 seconds, if
     * not set. Then one call tries it.
     *
     * @param failures 1 to 1000
     * @param period more than zero, at most 1 hour
     * @return this builder
     */
    public IntrospectionVerifierBuilder breaker(int failures, Duration period) {
        this.failuresToOpen = failures;
        this.openFor = period;
        return this;
    }

    /**
     * Sets how many callers may wait for answers at a time; 64 if not set. Others are told to come back.
     *
     * @param value 1 to 10,000
     * @return this builder
     */
    public IntrospectionVerifierBuilder maximumWaiting(int value) {
        this.maximumWaiting = value;
        return this;
    }

    /**
     * Sets the longest token that the issuer is asked about; 4096 characters if not set.
     *
     * @param value 1 to 65,536
     * @return this builder
     */
    public IntrospectionVerifierBuilder maximumLength(int value) {
        this.maximumLength = value;
        return this;
    }

    /**
     * Sets the HTTP client, which {@link ClientAuthentication#mutualTls} demands; if not set, one with a connect
     * time-out of 2 seconds.
     *
     * @param value a client that does not follow redirects
     * @return this builder
     * @throws IllegalArgumentException if it follows redirects
     */
    public IntrospectionVerifierBuilder httpClient(HttpClient value) {
        check(
                value.followRedirects() == HttpClient.Redirect.NEVER,
                "the HTTP client for introspection must not follow redirects: they may lead tokens and our"
                        + " credentials to someone else; build it with followRedirects(NEVER)");
        this.http = value;
        return this;
    }

    /**
     * Sets how fingerprints of tokens are made; under a secret of this process alone if not set.
     *
     * @param value any fingerprint
     * @return this builder
     */
    public IntrospectionVerifierBuilder fingerprint(Fingerprint value) {
        this.fingerprint = value;
        return this;
    }

    /**
     * Sets the source of the cache's random key and of the ids of assertions; a new {@link SecureRandom} if not set.
     *
     * @param value any generator
     * @return this builder
     */
    public IntrospectionVerifierBuilder random(SecureRandom value) {
        this.random = value;
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value any clock
     * @return this builder
     */
    public IntrospectionVerifierBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets who is told when calls begin to fail and when they succeed again; nobody if not set.
     *
     * @param value any listener
     * @return this builder
     */
    public IntrospectionVerifierBuilder listener(GuardListener value) {
        this.listener = value;
        return this;
    }

    /**
     * Returns the verifier; nothing is called yet.
     *
     * @throws IllegalArgumentException if endpoint, client or audience are missing, or a setting is out of its bounds;
     *     the message names setting and remedy
     */
    public IntrospectionVerifier build() {
        checkEndpoint();
        checkAudience();
        check(
                !(client() instanceof ClientAuthentication.MutualTls) || http != null,
                "mutualTls needs an httpClient whose SSLContext has the client certificate's key; set httpClient");
        check(within(skew, MAXIMUM_SKEW), "clockSkew must be 0 to " + MAXIMUM_SKEW);
        check(moreThanZero(timeout, LONGEST_TIMEOUT), "requestTimeout must be more than zero and at most PT1M");
        check(within(positive, LONGEST_TTL), "cacheActiveFor must be 0 to " + LONGEST_TTL);
        check(within(negative, LONGEST_TTL), "cacheInactiveFor must be 0 to " + LONGEST_TTL);
        check(cacheSize >= 0 && cacheSize <= 1_000_000, "cacheSize must be 0 to 1000000");
        check(failuresToOpen >= 1 && failuresToOpen <= 1000, "breaker must open after 1 to 1000 failures");
        check(moreThanZero(openFor, LONGEST_TTL), "breaker must be open for more than zero and at most 1 hour");
        check(maximumWaiting >= 1 && maximumWaiting <= 10_000, "maximumWaiting must be 1 to 10000");
        check(maximumLength >= 1 && maximumLength <= MAXIMUM_LENGTH, "maximumLength must be 1 to " + MAXIMUM_LENGTH);
        check(
                assumedLifetime == null || moreThanZero(assumedLifetime, LONGEST_ASSUMED),
                "ignoreMissingExpiry must assume more than zero and at most " + LONGEST_ASSUMED);
        check(tenant == null || fixedTenant == null, "tenant and tenantFrom contradict each other; keep one");
        check(fixedTenant == null || !fixedTenant.isBlank(), "tenant must not be blank");
        return new IntrospectionVerifier(this);
    }

    private void checkEndpoint() {
        URI address = endpoint();
        String fault = SecureAddress.fault(address, insecureLoopback);
        check(fault == null, "the introspection endpoint " + address + " " + fault);
    }

    private void checkAudience() {
        check(
                audienceIgnored == audiences.isEmpty() && audiences.stream().noneMatch(String::isBlank),
                "set either audience, with the names of this service as the issuer writes them in 'aud' and none blank,"
                        + " or ignoreAudience, if the issuer answers 'active' only to the service a token is for");
    }

    private static boolean within(Duration value, Duration most) {
        return !value.isNegative() && value.compareTo(most) <= 0;
    }

    private static boolean moreThanZero(Duration value, Duration most) {
        return !value.isZero() && within(value, most);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private URI endpoint() {
        if (endpoint == null) {
            throw new IllegalArgumentException("endpoint is missing; set the issuer's introspection endpoint");
        }
        return endpoint;
    }

    private ClientAuthentication client() {
        if (client == null) {
            throw new IllegalArgumentException(
                    "client is missing; an endpoint that answers anybody would let tokens be guessed (RFC 7662 section"
                            + " 4), so set how this service authenticates itself");
        }
        return client;
    }

    IntrospectionCall call() {
        return new IntrospectionCall(
                http == null ? defaultClient() : http,
                endpoint(),
                timeout,
                client(),
                issuer,
                new Assertions(random, clock),
                answerKeys == null
                        ? null
                        : new SignedAnswers(answerKeys, issuer.toString(), client().clientId(), skew, clock));
    }

    private static HttpClient defaultClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    AnswerRules rules() {
        AnswerRules.Places places = new AnswerRules.Places(roles, tenant, fixedTenant);
        return new AnswerRules(issuer.toString(), audiences, skew, assumedLifetime, !typeIgnored, places);
    }

    AnswerCache.Bounds cacheBounds() {
        return new AnswerCache.Bounds(cacheSize, positive, negative);
    }

    Breaker breaker() {
        return new Breaker(failuresToOpen, openFor, clock);
    }

    Reporter reporter() {
        return new Reporter(listener, endpoint());
    }

    TokenDigest digest() {
        return new TokenDigest(random);
    }

    Fingerprint fingerprint() {
        return fingerprint == null ? Fingerprint.ephemeral(random) : fingerprint;
    }

    InstantSource clock() {
        return clock;
    }

    int maximumLength() {
        return maximumLength;
    }

    /** A little more than a call takes, for those who wait for another's. */
    Duration patience() {
        return timeout.plusSeconds(1);
    }

    int maximumWaiting() {
        return maximumWaiting;
    }
}
