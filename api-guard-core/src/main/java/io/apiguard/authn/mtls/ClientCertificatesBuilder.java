package io.apiguard.authn.mtls;

import io.apiguard.event.GuardListener;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the settings of {@link ClientCertificates}; made by {@link ClientCertificates#builder()}. Not thread-safe. */
public final class ClientCertificatesBuilder {

    private static final int MAXIMUM_ELEMENT = 16;
    private static final int MAXIMUM_CACHE_SIZE = 1_000_000;
    private static final Duration MAXIMUM_CACHE_TTL = Duration.ofHours(1);

    private Set<X509Certificate> anchors = Set.of();
    private @Nullable CertificateNaming naming;
    private ForwardedCertificate forwarded = ForwardedCertificate.NONE;
    private int element = 1;
    private int cacheSize = 1000;
    private Duration cacheTtl = Duration.ofMinutes(1);
    private GuardListener listener = event -> {};
    private InstantSource clock = InstantSource.system();

    ClientCertificatesBuilder() {}

    /**
     * Sets the authorities that chains must lead to; none if not set. An intermediate authority can be one too, which
     * spares clients and proxies from sending its certificate along.
     *
     * @param certificates certificates of authorities
     * @return this builder
     */
    public ClientCertificatesBuilder anchors(Collection<X509Certificate> certificates) {
        this.anchors = Set.copyOf(certificates);
        return this;
    }

    /**
     * Sets where certificates name their holder; if not set, they are taken for tokens bound to them and for nothing
     * else.
     *
     * @param value any naming
     * @return this builder
     */
    public ClientCertificatesBuilder naming(CertificateNaming value) {
        this.naming = value;
        return this;
    }

    /**
     * Sets by which fields trusted proxies tell the client's certificate; {@link ForwardedCertificate#NONE} if not set.
     * The proxies must remove these fields from what clients send.
     *
     * @param value any kind
     * @return this builder
     */
    public ClientCertificatesBuilder forwardedBy(ForwardedCertificate value) {
        this.forwarded = value;
        return this;
    }

    /**
     * Sets which element of {@code X-Forwarded-Client-Cert} is the client's, counted from the last, which the proxy
     * nearest to this server added; 1, the last, if not set. Elements before those that your own proxies add are the
     * client's to choose.
     *
     * @param value 1 to 16
     * @return this builder
     */
    public ClientCertificatesBuilder elementFromLast(int value) {
        this.element = value;
        return this;
    }

    /**
     * Sets how many chains that were good are remembered, and for how long, never past the end of a certificate's time; 1000
     * for a minute if not set.
     *
     * @param size 0 to 1,000,000; 0 has every chain checked on every request
     * @param ttl more than zero, at most an hour
     * @return this builder
     */
    public ClientCertificatesBuilder cache(int size, Duration ttl) {
        this.cacheSize = size;
        this.cacheTtl = ttl;
        return this;
    }

    /**
     * Sets who is told, once, that a field was ignored; nobody if not set.
     *
     * @param value any listener
     * @return this builder
     */
    public ClientCertificatesBuilder listener(GuardListener value) {
        this.listener = value;
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value any clock
     * @return this builder
     */
    public ClientCertificatesBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Returns what finds and checks certificates.
     *
     * @throws IllegalArgumentException if settings contradict each other or are out of their bounds; the message names
     *     setting and remedy
     */
    public ClientCertificates build() {
        check(
                naming == null || !anchors.isEmpty(),
                "naming needs anchors: without them anybody could issue a certificate of any name");
        check(
                forwarded == ForwardedCertificate.NONE || !anchors.isEmpty(),
                "certificates told by a proxy need anchors: the proxy's word alone is not enough");
        check(element >= 1 && element <= MAXIMUM_ELEMENT, "elementFromLast must be 1 to " + MAXIMUM_ELEMENT);
        check(cacheSize >= 0 && cacheSize <= MAXIMUM_CACHE_SIZE, "cache size must be 0 to " + MAXIMUM_CACHE_SIZE);
        check(
                cacheTtl.compareTo(Duration.ZERO) > 0 && cacheTtl.compareTo(MAXIMUM_CACHE_TTL) <= 0,
                "cache ttl must be more than zero and at most " + MAXIMUM_CACHE_TTL);
        check(
                anchors.stream().allMatch(anchor -> anchor.getBasicConstraints() >= 0),
                "anchors must be certificates of authorities, with basic constraints that say so");
        check(
                anchors.stream().allMatch(ChainRules::canBeAnchor),
                "an anchor with name constraints must be self-signed; take the root authority above it");
        return new ClientCertificates(this);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    Set<X509Certificate> anchors() {
        return anchors;
    }

    @Nullable CertificateNaming naming() {
        return naming;
    }

    ForwardedCertificate forwarded() {
        return forwarded;
    }

    int element() {
        return element;
    }

    int cacheSize() {
        return cacheSize;
    }

    Duration cacheTtl() {
        return cacheTtl;
    }

    GuardListener listener() {
        return listener;
    }

    InstantSource clock() {
        return clock;
    }
}
