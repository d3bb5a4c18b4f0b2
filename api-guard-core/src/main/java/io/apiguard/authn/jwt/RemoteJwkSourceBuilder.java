package io.apiguard.authn.jwt;

import io.apiguard.event.GuardListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link JwkSource} that fetches; made by {@link JwkSource#url(URI)} and {@link
 * JwkSource#discovery(URI)}. Not thread-safe.
 */
public final class RemoteJwkSourceBuilder {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final URI address;
    private final boolean discovery;
    private boolean insecureLoopback;
    private Duration requestTimeout = Duration.ofSeconds(5);
    private Duration refreshEvery = Duration.ofMinutes(5);
    private Duration brake = Duration.ofSeconds(30);
    private Duration maxStale = Duration.ofHours(1);
    private InstantSource clock = InstantSource.system();
    private GuardListener listener = GuardListener.none();
    private @Nullable HttpClient client;
    private @Nullable ScheduledExecutorService scheduler;

    RemoteJwkSourceBuilder(URI address, boolean discovery) {
        this.address = address;
        this.discovery = discovery;
    }

    /**
     * Permits plain http to {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]}, for tests and demonstrations:
     * whoever can answer there makes the keys.
     *
     * @return this builder
     */
    public RemoteJwkSourceBuilder allowInsecureLoopback() {
        this.insecureLoopback = true;
        return this;
    }

    /**
     * Sets how long one HTTP exchange may take from its start to the last byte; 5 seconds if not set.
     *
     * @param value more than zero
     * @return this builder
     */
    public RemoteJwkSourceBuilder requestTimeout(Duration value) {
        this.requestTimeout = positive(value, "requestTimeout");
        return this;
    }

    /**
     * Sets how often the keys are fetched anew in the background; 5 minutes if not set. A key that the issuer withdraws
     * stops verifying after this time at the latest, as long as the issuer can be reached.
     *
     * @param value more than zero and less than {@link #maxStale}
     * @return this builder
     */
    public RemoteJwkSourceBuilder refreshEvery(Duration value) {
        this.refreshEvery = positive(value, "refreshEvery");
        return this;
    }

    /**
     * Sets the shortest time between two fetches that unknown key ids may cause; 30 seconds if not set. A token with an
     * unknown key id is answered with 503 in the meantime.
     *
     * @param value more than zero
     * @return this builder
     */
    public RemoteJwkSourceBuilder brake(Duration value) {
        this.brake = positive(value, "brake");
        return this;
    }

    /**
     * Sets how long keys are used that cannot be fetched anew, counted from the last fetch that succeeded; 1 hour if
     * not set. After that every token is answered with 503.
     *
     * @param value more than zero
     * @return this builder
     */
    public RemoteJwkSourceBuilder maxStale(Duration value) {
        this.maxStale = positive(value, "maxStale");
        return this;
    }

    /**
     * Sets the clock; the system's if not set.
     *
     * @param value any clock
     * @return this builder
     */
    public RemoteJwkSourceBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets who is told of fetches that fail and of keys that change; nobody if not set.
     *
     * @param value any listener
     * @return this builder
     */
    public RemoteJwkSourceBuilder listener(GuardListener value) {
        this.listener = value;
        return this;
    }

    /**
     * Sets the HTTP client; if not set, one with a connect time-out of 2 seconds.
     *
     * @param value a client that does not follow redirects
     * @return this builder
     * @throws IllegalArgumentException if it follows redirects
     */
    public RemoteJwkSourceBuilder httpClient(HttpClient value) {
        if (value.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException(
                    "the HTTP client for keys must not follow redirects: they may lead to keys of"
                            + " someone else; build it with followRedirects(NEVER)");
        }
        this.client = value;
        return this;
    }

    /**
     * Sets where fetches run; if not set, one daemon thread that exists while there is something to do. An executor
     * given here is not shut down by {@link JwkSource#close()}.
     *
     * @param value an executor that runs tasks on threads of its own
     * @return this builder
     */
    public RemoteJwkSourceBuilder scheduler(ScheduledExecutorService value) {
        this.scheduler = value;
        return this;
    }

    /**
     * Returns the source; nothing is fetched yet.
     *
     * @return a source to be closed when it is not needed any more
     * @throws IllegalArgumentException if the address is not https, or {@code refreshEvery} is not less than {@code
     *     maxStale}
     */
    public JwkSource build() {
        if (refreshEvery.compareTo(maxStale) >= 0) {
            throw new IllegalArgumentException("refreshEvery (" + refreshEvery + ") must be less than maxStale ("
                    + maxStale + "), or there would be times without keys; lower refreshEvery or raise maxStale");
        }
        HttpClient http = client != null ? client : Shared.CLIENT;
        JwkFetcher fetcher = new JwkFetcher(http, requestTimeout, address, discovery, insecureLoopback);
        var timing = new RemoteJwkSource.Timing(refreshEvery, brake, maxStale, requestTimeout.multipliedBy(3));
        return scheduler != null
                ? new RemoteJwkSource(fetcher, timing, clock, listener, scheduler, false)
                : new RemoteJwkSource(fetcher, timing, clock, listener, Background.scheduler(), true);
    }

    /** One for all: a client has threads and connections of its own, and issuers of a resolver come and go as callers please. */
    private static final class Shared {

        static final HttpClient CLIENT = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    static Duration positive(Duration value, String name) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be more than zero, not " + value);
        }
        return value;
    }
}
