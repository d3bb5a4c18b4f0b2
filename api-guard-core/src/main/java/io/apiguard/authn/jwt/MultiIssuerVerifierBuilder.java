package io.apiguard.authn.jwt;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link MultiIssuerVerifier} over an {@link IssuerResolver}; made by {@link
 * JwtVerifier#forIssuers(IssuerResolver)}. Not thread-safe.
 */
public final class MultiIssuerVerifierBuilder {

    private final IssuerResolver resolver;
    private int maximumIssuers = 100;
    private int maximumLength = JwtVerifierBuilder.DEFAULT_LENGTH;
    private Duration askAgainEvery = Duration.ofMinutes(1);
    private int cacheSize = 10_000;
    private int cacheBytes = 64 * 1024 * 1024;
    private InstantSource clock = InstantSource.system();
    private SecureRandom random = new SecureRandom();

    MultiIssuerVerifierBuilder(IssuerResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Sets how many issuers may be in use at once, each with its keys; 100 if not set. Beyond, those go first that had
     * no valid token, and then those whose last one is the longest ago.
     *
     * @param value 1 to 10,000; best more than there are tenants
     * @return this builder
     */
    public MultiIssuerVerifierBuilder maximumIssuers(int value) {
        this.maximumIssuers = value;
        return this;
    }

    /**
     * Sets the length of the longest token whose issuer is looked at; 16,384 characters if not set. Each issuer's own
     * bound holds beside it.
     *
     * @param characters 256 to 65,536
     * @return this builder
     */
    public MultiIssuerVerifierBuilder maximumLength(int characters) {
        this.maximumLength = characters;
        return this;
    }

    /**
     * Sets how often the resolver is asked whether an issuer in use is still to be taken; 1 minute if not set. Its
     * settings are kept until it is withdrawn.
     *
     * @param value more than zero
     * @return this builder
     */
    public MultiIssuerVerifierBuilder askAgainEvery(Duration value) {
        this.askAgainEvery = RemoteJwkSourceBuilder.positive(value, "askAgainEvery");
        return this;
    }

    /**
     * Sets how many verified tokens are remembered, of all issuers together; 10,000 if not set. What the resolver sets
     * for one issuer has no effect.
     *
     * @param tokens 0 (none) to 1,000,000
     * @return this builder
     */
    public MultiIssuerVerifierBuilder cacheSize(int tokens) {
        this.cacheSize = tokens;
        return this;
    }

    /**
     * Sets about how much memory verified tokens may take, of all issuers together; 64 MiB if not set.
     *
     * @param bytes 64 KiB to 1 GiB
     * @return this builder
     */
    public MultiIssuerVerifierBuilder cacheBytes(int bytes) {
        this.cacheBytes = bytes;
        return this;
    }

    /**
     * Sets the clock for what is in use; the system's if not set. Tokens are judged by the clock of their issuer's
     * settings.
     *
     * @param value any clock
     * @return this builder
     */
    public MultiIssuerVerifierBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets the source of the cache's random key; a new {@link SecureRandom} if not set.
     *
     * @param value any generator
     * @return this builder
     */
    public MultiIssuerVerifierBuilder random(SecureRandom value) {
        this.random = value;
        return this;
    }

    /**
     * Returns the verifier; nothing is resolved or fetched yet.
     *
     * @return a verifier to be closed when it is not needed any more
     * @throws IllegalArgumentException if a setting is out of its bounds; the message names setting and remedy
     */
    public MultiIssuerVerifier build() {
        JwtVerifierBuilder.check(maximumIssuers >= 1 && maximumIssuers <= 10_000, "maximumIssuers must be 1 to 10000");
        JwtVerifierBuilder.checkLength(maximumLength);
        return new MultiIssuerVerifier(new ResolvedIssuers(this));
    }

    IssuerResolver resolver() {
        return resolver;
    }

    int maximumIssuers() {
        return maximumIssuers;
    }

    int maximumLength() {
        return maximumLength;
    }

    Duration askAgainEvery() {
        return askAgainEvery;
    }

    InstantSource clock() {
        return clock;
    }

    @Nullable TokenCache cache() {
        return TokenCache.of(cacheSize, cacheBytes, random);
    }
}
