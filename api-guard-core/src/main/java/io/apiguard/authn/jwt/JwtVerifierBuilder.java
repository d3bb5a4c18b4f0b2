package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.ClaimPath;
import io.apiguard.authn.jose.HmacKeys;
import io.apiguard.authn.jose.JweDecrypter;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.SignatureVerifier;
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

/**
 * Collects the settings of a {@link JwtVerifier}; made by {@link JwtVerifier#forIssuer(URI)}. Every rule about a claim
 * is either expected or ignored by name, and options that contradict each other fail in {@link #build()}. Not
 * thread-safe.
 */
public final class JwtVerifierBuilder {

    private static final Duration MAXIMUM_SKEW = Duration.ofMinutes(10);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);
    private static final int MINIMUM_LENGTH = 256;
    static final int DEFAULT_LENGTH = 16 * 1024;
    static final int MAXIMUM_LENGTH = 64 * 1024;

    private final String issuer;
    private final ClaimOptions claims = new ClaimOptions();
    private Set<String> audiences = Set.of();
    private boolean anyAudience;
    private boolean bound;
    private JwtProfile profile = JwtProfile.RFC9068;
    private Duration skew = Duration.ofSeconds(30);
    private Duration maximumLifetime = Duration.ofHours(24);
    private @Nullable Duration maximumAge;
    private int cacheSize = 10_000;
    private int cacheBytes = 64 * 1024 * 1024;
    private @Nullable List<ClaimPath> roles;
    private @Nullable ClaimPath tenant;
    private @Nullable String fixedTenant;
    private @Nullable JwkSource keys;
    private @Nullable RemoteJwkSourceBuilder fetchedKeys;
    private @Nullable HmacKeys sharedSecrets;
    private @Nullable JweDecrypter decrypter;
    private boolean encryptedOnly;
    private @Nullable Fingerprint fingerprint;
    private SecureRandom random = new SecureRandom();
    private Set<JwsAlgorithm> algorithms = EnumSet.allOf(JwsAlgorithm.class);
    private boolean algorithmsChosen;
    private int maximumLength = DEFAULT_LENGTH;
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
     * Takes tokens for any audience, or for none: tokens that callers gave to other services are then taken here too,
     * and those services can act as the callers (RFC 8725 section 3.9). For issuers that cannot name audiences, and
     * serve this service alone.
     *
     * @return this builder
     */
    public JwtVerifierBuilder insecureIgnoreAudience() {
        this.anyAudience = true;
        return this;
    }

    /**
     * Sets what the header's {@code typ} must be, in place of what the profile says.
     *
     * @param types at least one media type, with or without {@code application/}
     * @return this builder
     * @throws IllegalArgumentException if there is none, or a blank one
     */
    public JwtVerifierBuilder expectType(String... types) {
        claims.expectType(types);
        return this;
    }

    /**
     * Takes tokens with any {@code typ} in the header, or none. The other marks of the profile must then tell access
     * tokens from others.
     *
     * @return this builder
     */
    public JwtVerifierBuilder ignoreType() {
        claims.ignoreType();
        return this;
    }

    /**
     * Demands a claim: to be there, if no value is given; else to be a string, and equal to one of the values.
     *
     * @param name the name of a claim, other than those with an option of their own ({@code iss}, {@code aud}, {@code
     *     exp}, {@code cnf})
     * @param values all that are right
     * @return this builder
     */
    public JwtVerifierBuilder expectClaim(String name, String... values) {
        claims.expect(name, values);
        return this;
    }

    /**
     * Takes tokens without a claim that the profile demands. A claim that alone tells access tokens from ID tokens
     * cannot be ignored.
     *
     * @param name a claim that the profile demands, such as {@code jti}
     * @return this builder
     */
    public JwtVerifierBuilder ignoreClaim(String name) {
        claims.ignore(name);
        return this;
    }

    /**
     * Takes tokens that are bound to a key: to that of a DPoP proof ({@code jkt}, RFC 9449 section 6.1) or of a client
     * certificate ({@code x5t#S256}, RFC 8705 section 3.1). <b>The caller must then check {@link
     * io.apiguard.identity.Identity#confirmation()}</b> against what came with every request: without it a stolen token
     * is as good as any. If not set, tokens with {@code cnf} are refused.
     *
     * @return this builder
     */
    public JwtVerifierBuilder acceptSenderConstrained() {
        this.bound = true;
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
     * Sets where the keys are fetched from, by a source that the verifier makes for itself and closes; instead of
     * {@link #keys(JwkSource)}.
     *
     * @param value settings of a source of this issuer's keys
     * @return this builder
     */
    public JwtVerifierBuilder keysFrom(RemoteJwkSourceBuilder value) {
        this.fetchedKeys = value;
        return this;
    }

    /**
     * Takes tokens that are made with a secret shared with the issuer (HS256, HS384, HS512), and no others: whoever can
     * verify such a token can also forge it, so every service that has the secret can act as any caller. Prefer an
     * issuer with public keys.
     *
     * @param jwkSet a JWK set of at most 16 keys of type {@code oct}, each with its {@code alg} and as many random bytes
     *     as its hash has; a secret
     * @return this builder
     * @throws IllegalArgumentException if one of the keys cannot be used; the message holds no part of it
     */
    public JwtVerifierBuilder insecureSharedSecrets(String jwkSet) {
        this.sharedSecrets = SecretJwkSets.shared(jwkSet);
        return this;
    }

    /**
     * Takes encrypted tokens too (RFC 7516): what is inside must be a signed token, which is judged as any other (RFC
     * 7519 section 5.2). If not set, encrypted tokens are refused.
     *
     * @param privateJwkSet a JWK set of at most 8 private keys, for RSA-OAEP-256 or ECDH-ES; a secret
     * @return this builder
     * @throws IllegalArgumentException if one of the keys cannot be used; the message holds no part of it
     */
    public JwtVerifierBuilder decryptWith(String privateJwkSet) {
        this.decrypter = SecretJwkSets.decrypting(privateJwkSet);
        return this;
    }

    /**
     * Takes encrypted tokens alone, for issuers that never send a token unencrypted; needs {@link #decryptWith}.
     *
     * @return this builder
     */
    public JwtVerifierBuilder encryptedOnly() {
        this.encryptedOnly = true;
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
        this.algorithmsChosen = true;
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
     * Sets the age from which on a token is refused, counted from {@code iat}, even if it has not expired; no bound if
     * not set. Tokens without {@code iat} are then refused.
     *
     * @param value more than zero, at most 3,650 days
     * @return this builder
     */
    public JwtVerifierBuilder maximumAge(Duration value) {
        this.maximumAge = value;
        return this;
    }

    /**
     * Sets the length of the longest token that is looked at; 16,384 characters if not set.
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
     * Sets about how much memory verified tokens may take; 64 MiB if not set.
     *
     * @param bytes 64 KiB to 1 GiB
     * @return this builder
     */
    public JwtVerifierBuilder cacheBytes(int bytes) {
        this.cacheBytes = bytes;
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
     * Sets the tenant that all of the issuer's callers belong to; instead of {@link #tenantFrom(String)}.
     *
     * @param name a name, not blank
     * @return this builder
     */
    public JwtVerifierBuilder tenant(String name) {
        this.fixedTenant = name;
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
     * Sets the security provider that computes signatures. If not set, the fastest on the class path is taken for each
     * algorithm: Amazon Corretto Crypto Provider, Conscrypt, the platform's.
     *
     * @param name {@code platform}, or the name of a provider that must then compute all, such as {@code
     *     AmazonCorrettoCryptoProvider}
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
     * @throws IllegalArgumentException if there is no audience, options contradict each other, or a setting is out of
     *     its bounds; the message names setting and remedy
     */
    public JwtVerifier build() {
        return build(TokenCache.of(cacheSize, cacheBytes, random));
    }

    /** Returns a verifier that remembers its tokens in a cache that may be others' too. */
    JwtVerifier build(@Nullable TokenCache cache) {
        checkAudience();
        check(keys == null || fetchedKeys == null, "keys and keysFrom contradict each other; keep one");
        check(
                sharedSecrets == null || (keys == null && fetchedKeys == null && !algorithmsChosen),
                "insecureSharedSecrets contradicts keys, keysFrom and algorithms; keep the keys");
        check(tenant == null || fixedTenant == null, "tenant and tenantFrom contradict each other; keep one");
        check(fixedTenant == null || !fixedTenant.isBlank(), "tenant must not be blank");
        check(!algorithms.isEmpty(), "algorithms must name at least one");
        check(!skew.isNegative() && skew.compareTo(MAXIMUM_SKEW) <= 0, "clockSkew must be 0 to " + MAXIMUM_SKEW);
        check(
                isWithinBounds(maximumLifetime),
                "maximumLifetime must be more than zero and at most " + LONGEST_LIFETIME);
        check(
                maximumAge == null || isWithinBounds(maximumAge),
                "maximumAge must be more than zero and at most " + LONGEST_LIFETIME);
        check(decrypter != null || !encryptedOnly, "encryptedOnly needs keys to decrypt with; set decryptWith too");
        checkLength(maximumLength);
        return new JwtVerifier(this, cache);
    }

    private static boolean isWithinBounds(Duration value) {
        return !value.isNegative() && !value.isZero() && value.compareTo(LONGEST_LIFETIME) <= 0;
    }

    private void checkAudience() {
        check(
                audiences.isEmpty() || !anyAudience,
                "audience and insecureIgnoreAudience contradict each other; keep the audience");
        check(
                anyAudience || (!audiences.isEmpty() && audiences.stream().noneMatch(String::isBlank)),
                "audience is missing or blank: name this"
                        + " service as the issuer does in 'aud', or tokens for other services would be accepted");
    }

    static void checkLength(int characters) {
        check(
                characters >= MINIMUM_LENGTH && characters <= MAXIMUM_LENGTH,
                "maximumLength must be " + MINIMUM_LENGTH + " to " + MAXIMUM_LENGTH);
    }

    static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private static List<ClaimPath> paths(List<String> texts) {
        return texts.stream().map(ClaimPath::parse).toList();
    }

    ClaimRules rules() {
        List<ClaimPath> rolePaths = roles == null ? paths(profile.rolePaths()) : roles;
        Grants.Places places = new Grants.Places(rolePaths, tenant, fixedTenant, profile.clientIdClaims());
        AccessTokenMarks marks = claims.marks(profile);
        return new ClaimRules(issuer, audiences, anyAudience, bound, marks, skew, maximumLifetime, maximumAge, places);
    }

    IssuerKeys issuerKeys() {
        if (sharedSecrets != null) {
            return new SharedIssuerSecrets(sharedSecrets);
        }
        SignatureVerifier signatures = new SignatureVerifier(signatureProvider);
        return keys != null
                ? new PublicIssuerKeys(keys, false, algorithms, signatures)
                : new PublicIssuerKeys(ownKeys(), true, algorithms, signatures);
    }

    private JwkSource ownKeys() {
        return fetchedKeys != null
                ? fetchedKeys.build()
                : JwkSource.discovery(URI.create(issuer)).clock(clock).build();
    }

    @Nullable JweDecrypter decrypter() {
        return decrypter;
    }

    boolean isEncryptedOnly() {
        return encryptedOnly;
    }

    String issuer() {
        return issuer;
    }

    Fingerprint fingerprint() {
        return fingerprint == null ? Fingerprint.ephemeral(random) : fingerprint;
    }

    int maximumLength() {
        return maximumLength;
    }

    InstantSource clock() {
        return clock;
    }
}
