package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link JwtVerifier}; made by {@link JwtVerifier#forIssuer(URI)}. Not thread-safe. */
public final class JwtVerifierBuilder {

    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);
    private static final int MINIMUM_LENGTH = 256;
    private static final int MAXIMUM_LENGTH = 64 * 1024;

    private final String issuer;
    private Set<String> audiences = Set.of();
    private JwtProfile profile = JwtProfile.RFC9068;
    private Duration skew = Duration.ofSeconds(30);
    private Duration maximumLifetime = Duration.ofHours(24);
    private int cacheSize = 10_000;
    private @Nullable List<ClaimPath> roles;
    private @Nullable ClaimPath tenant;
    private @Nullable JwkSource keys;
    private @Nullable Fingerprint fingerprint;
    private SecureRandom random = new SecureRandom();
    private Set<JwsAlgorithm> algorithms = EnumSet.allOf(JwsAlgorithm.class);
    private int maximumLength = 8192;
    private InstantSource clock = InstantSource.system();
    private @Nullable String signatureProvider;

    JwtVerifierBuilder(URI issuer) {
        this.issuer = issuer.toString();
    }

    /**
     * Sets the names of this service, of which {@code aud} must contain one; demanded (RFC 8725 section 3.9).
     *
     * @param names at least one, none blank
     * @return this builder
     */
    public JwtVerifierBuilder audience(String... names) {
        this.audiences = Set.of(names);
        return this;
    }

    /**
     * Sets where the keys come from; if not set, discovery at the issuer with its defaults.
     *
     * @param value a source of this issuer's keys; stays the caller's to close
     * @return this builder
     */
    public JwtVerifierBuilder keys(JwkSource value) {
        this.keys = value;
        return this;
    }

    /**
     * Sets how the issuer marks its access tokens; {@link JwtProfile#RFC9068} if not set.
     *
     * @param value any profile
     * @return this builder
     */
    public JwtVerifierBuilder profile(JwtProfile value) {
        this.profile = value;
        return this;
    }

    /**
     * Sets the permitted signature algorithms; if not set, all of RS256, RS384, RS512, PS256, PS384, PS512, ES256,
     * ES384, ES512 and EdDSA.
     *
     * @param ids names out of that list, at least one
     * @return this builder
     * @throws IllegalArgumentException if a name is not in the list: {@code none} and HMAC cannot be permitted
     */
    public JwtVerifierBuilder algorithms(String... ids) {
        Set<JwsAlgorithm> chosen = EnumSet.noneOf(JwsAlgorithm.class);
        for (String id : ids) {
            JwsAlgorithm algorithm = JwsAlgorithm.of(id);
            if (algorithm == null) {
                throw new IllegalArgumentException("algorithm '" + id + "' cannot be permitted; choose from "
                        + Arrays.stream(JwsAlgorithm.values())
                                .map(JwsAlgorithm::id)
                                .toList());
            }
            chosen.add(algorithm);
        }
        this.algorithms = chosen;
        return this;
    }

    /**
     * Sets how far the issuer's clock and ours may be apart; 30 seconds if not set.
     *
     * @param value 0 to 10 minutes
     * @return this builder
     */
    public JwtVerifierBuilder clockSkew(Duration value) {
        this.skew = value;
        return this;
    }

    /**
     * Sets the longest time a token may be valid for, from {@code iat} (from now, without one) to {@code exp}; 24 hours
     * if not set. It bounds the harm of an issuer that hands out tokens without an end.
     *
     * @param value more than zero, at most 3,650 days
     * @return this builder
     */
    public JwtVerifierBuilder maximumLifetime(Duration value) {
        this.maximumLifetime = value;
        return this;
    }

    /**
     * Sets the length of the longest token that is looked at; 8,192 characters if not set.
     *
     * @param characters 256 to 65,536
     * @return this builder
     */
    public JwtVerifierBuilder maximumLength(int characters) {
        this.maximumLength = characters;
        return this;
    }

    /**
     * Sets how many verified tokens are remembered; 10,000 if not set.
     *
     * @param tokens 0 (none) to 1,000,000
     * @return this builder
     */
    public JwtVerifierBuilder cacheSize(int tokens) {
        this.cacheSize = tokens;
        return this;
    }

    /**
     * Sets where the roles stand; if not set, where the profile's issuer writes them. Every place is a string or an
     * array of strings.
     *
     * @param paths names of claims, nested ones joined by dots ({@code realm_access.roles}), or JSON pointers where a
     *     name has dots itself ({@code /resource_access/my.client/roles})
     * @return this builder
     * @throws IllegalArgumentException if a path is malformed
     */
    public JwtVerifierBuilder rolesFrom(String... paths) {
        this.roles = paths(List.of(paths));
        return this;
    }

    /**
     * Sets where the tenant's name stands, as a string; nowhere if not set.
     *
     * @param path a path as {@link #rolesFrom(String...)} takes it
     * @return this builder
     * @throws IllegalArgumentException if the path is malformed
     */
    public JwtVerifierBuilder tenantFrom(String path) {
        this.tenant = ClaimPath.parse(path);
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value any clock
     * @return this builder
     */
    public JwtVerifierBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets the source of the cache's random key; a new {@link SecureRandom} if not set.
     *
     * @param value any generator
     * @return this builder
     */
    public JwtVerifierBuilder random(SecureRandom value) {
        this.random = value;
        return this;
    }

    /**
     * Sets how fingerprints of tokens are made; under a secret of this process alone if not set.
     *
     * @param value any fingerprint
     * @return this builder
     */
    public JwtVerifierBuilder fingerprint(Fingerprint value) {
        this.fingerprint = value;
        return this;
    }

    /**
     * Sets the security provider that computes signatures, such as {@code AmazonCorrettoCryptoProvider}; the platform's
     * choice if not set.
     *
     * @param name the name of an installed provider
     * @return this builder
     */
    public JwtVerifierBuilder signatureProvider(String name) {
        this.signatureProvider = name;
        return this;
    }

    /**
     * Returns the verifier; nothing is fetched yet.
     *
     * @return a verifier to be closed when it is not needed any more
     * @throws IllegalArgumentException if there is no audience, or a setting is out of its bounds; the message names
     *     setting and remedy
     */
    public JwtVerifier build() {
        check(
                !audiences.isEmpty() && audiences.stream().noneMatch(String::isBlank),
                "audience is missing or blank: name this"
                        + " service as the issuer does in 'aud', or tokens for other services would be accepted");
        check(!algorithms.isEmpty(), "algorithms must name at least one");
        check(!skew.isNegative() && skew.compareTo(MAXIMUM_SKEW) <= 0, "clockSkew must be 0 to " + MAXIMUM_SKEW);
        check(
                !maximumLifetime.isNegative()
                        && !maximumLifetime.isZero()
                        && maximumLifetime.compareTo(LONGEST_LIFETIME) <= 0,
                "maximumLifetime must be more than zero and at most " + LONGEST_LIFETIME);
        check(
                maximumLength >= MINIMUM_LENGTH && maximumLength <= MAXIMUM_LENGTH,
                "maximumLength must be " + MINIMUM_LENGTH + " to " + MAXIMUM_LENGTH);
        check(cacheSize >= 0 && cacheSize <= 1_000_000, "cacheSize must be 0 to 1000000");
        return new JwtVerifier(this);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private static List<ClaimPath> paths(List<String> texts) {
        return texts.stream().map(ClaimPath::parse).toList();
    }

    ClaimRules rules() {
        List<ClaimPath> rolePaths = roles == null ? paths(profile.rolePaths()) : roles;
        Grants.Places places = new Grants.Places(rolePaths, tenant, profile.clientIdClaims());
        return new ClaimRules(issuer, audiences, profile, skew, maximumLifetime, places);
    }

    @Nullable JwkSource givenKeys() {
        return keys;
    }

    JwkSource discoveredKeys() {
        return JwkSource.discovery(URI.create(issuer)).clock(clock).build();
    }

    @Nullable TokenCache cache() {
        return cacheSize == 0 ? null : new TokenCache(cacheSize, random);
    }

    Fingerprint fingerprint() {
        return fingerprint == null ? Fingerprint.ephemeral(random) : fingerprint;
    }

    Set<JwsAlgorithm> permittedAlgorithms() {
        return algorithms;
    }

    int maximumLength() {
        return maximumLength;
    }

    InstantSource clock() {
        return clock;
    }

    @Nullable String signatureProvider() {
        return signatureProvider;
    }
}
