package io.apiguard.authn.dpop;

import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.secret.SecretSource;
import io.apiguard.store.ReplayStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link DpopVerifier}; made by {@link DpopVerifier#builder(ReplayStore)}. Not thread-safe. */
public final class DpopVerifierBuilder {

    private static final Duration LONGEST_AGE = Duration.ofMinutes(10);
    private static final Duration LONGEST_FUTURE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_SLOT = Duration.ofSeconds(10);
    private static final Duration LONGEST_SLOT = Duration.ofHours(1);
    private static final int MINIMUM_LENGTH = 512;
    private static final int MAXIMUM_LENGTH = 64 * 1024;

    private final ReplayStore store;
    private Set<JwsAlgorithm> algorithms = EnumSet.allOf(JwsAlgorithm.class);
    private int maximumLength = 8192;
    private Duration maximumAge = Duration.ofSeconds(60);
    private Duration futureSkew = Duration.ofSeconds(10);
    private NonceMode nonceMode = NonceMode.OFF;
    private @Nullable SecretSource secrets;
    private Duration nonceSlot = Duration.ofMinutes(5);
    private InstantSource clock = InstantSource.system();
    private @Nullable String signatureProvider;

    DpopVerifierBuilder(ReplayStore store) {
        this.store = store;
    }

    /**
     * Sets the permitted signature algorithms; if not set, all of RS256, RS384, RS512, PS256, PS384, PS512, ES256,
     * ES384, ES512 and EdDSA.
     *
     * @param ids names out of that list, at least one
     * @return this builder
     * @throws IllegalArgumentException if a name is not in the list: {@code none} and HMAC cannot be permitted
     */
    public DpopVerifierBuilder algorithms(String... ids) {
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
     * Sets the length of the longest proof that is looked at; 8,192 characters if not set.
     *
     * @param characters 512 to 65,536
     * @return this builder
     */
    public DpopVerifierBuilder maximumLength(int characters) {
        this.maximumLength = characters;
        return this;
    }

    /**
     * Sets the age from which on a proof is refused, the difference of the clocks included; 60 seconds if not set. A
     * proof is remembered for as long.
     *
     * @param value more than zero, at most 10 minutes
     * @return this builder
     */
    public DpopVerifierBuilder maximumAge(Duration value) {
        this.maximumAge = value;
        return this;
    }

    /**
     * Sets how far the sender's clock may be ahead of ours; 10 seconds if not set.
     *
     * @param value 0 to 1 minute
     * @return this builder
     */
    public DpopVerifierBuilder futureSkew(Duration value) {
        this.futureSkew = value;
        return this;
    }

    /**
     * Sets what is asked of nonces; {@link NonceMode#OFF} if not set.
     *
     * @param mode any mode
     * @param source where the secret {@code dpop-nonce} is; the same for all instances of a service
     * @return this builder
     */
    public DpopVerifierBuilder nonces(NonceMode mode, SecretSource source) {
        this.nonceMode = mode;
        this.secrets = source;
        return this;
    }

    /**
     * Sets after which time a new nonce is given out; 5 minutes if not set. The one before is taken for as long again.
     *
     * @param value 10 seconds to 1 hour
     * @return this builder
     */
    public DpopVerifierBuilder nonceSlot(Duration value) {
        this.nonceSlot = value;
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value any clock
     * @return this builder
     */
    public DpopVerifierBuilder clock(InstantSource value) {
        this.clock = value;
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
    public DpopVerifierBuilder signatureProvider(String name) {
        this.signatureProvider = name;
        return this;
    }

    /**
     * Returns the verifier.
     *
     * @throws IllegalArgumentException if a setting is out of its bounds, or nonces are to be given out without a
     *     secret; the message names setting and remedy
     */
    public DpopVerifier build() {
        check(!algorithms.isEmpty(), "algorithms must name at least one");
        check(
                maximumLength >= MINIMUM_LENGTH && maximumLength <= MAXIMUM_LENGTH,
                "maximumLength must be " + MINIMUM_LENGTH + " to " + MAXIMUM_LENGTH);
        check(
                !maximumAge.isNegative() && !maximumAge.isZero() && maximumAge.compareTo(LONGEST_AGE) <= 0,
                "maximumAge must be more than zero and at most " + LONGEST_AGE);
        check(
                !futureSkew.isNegative() && futureSkew.compareTo(LONGEST_FUTURE) <= 0,
                "futureSkew must be 0 to " + LONGEST_FUTURE);
        check(
                nonceSlot.compareTo(SHORTEST_SLOT) >= 0 && nonceSlot.compareTo(LONGEST_SLOT) <= 0,
                "nonceSlot must be " + SHORTEST_SLOT + " to " + LONGEST_SLOT);
        check(
                nonceMode == NonceMode.OFF || hasSecret(),
                "nonces need the secret '" + DpopNonces.SECRET_NAME
                        + "'; add it to the source of secrets, or leave nonces off");
        return new DpopVerifier(this);
    }

    private boolean hasSecret() {
        return secrets != null && secrets.current(DpopNonces.SECRET_NAME).isPresent();
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    ReplayStore store() {
        return store;
    }

    Set<JwsAlgorithm> permittedAlgorithms() {
        return algorithms;
    }

    int maximumLength() {
        return maximumLength;
    }

    Duration maximumAge() {
        return maximumAge;
    }

    Duration futureSkew() {
        return futureSkew;
    }

    NonceMode nonceMode() {
        return nonceMode;
    }

    @Nullable DpopNonces nonces() {
        return nonceMode == NonceMode.OFF || secrets == null ? null : new DpopNonces(secrets, nonceSlot);
    }

    InstantSource clock() {
        return clock;
    }

    @Nullable String signatureProvider() {
        return signatureProvider;
    }
}
