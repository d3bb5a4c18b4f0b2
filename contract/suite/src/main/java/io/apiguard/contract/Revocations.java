package io.apiguard.contract;

import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.store.InMemoryRevocationStore;
import io.apiguard.store.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** What is revoked while a server runs. */
final class Revocations implements AutoCloseable {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final InstantSource clock;
    private final RevocationList list;

    Revocations(InstantSource clock) {
        this.clock = clock;
        this.list = RevocationList.following(new InMemoryRevocationStore(100, clock))
                .scheduler(scheduler)
                .maxStale(Duration.ofHours(1)) // the clock moves in leaps
                .clock(clock)
                .build();
        list.warmUp();
    }

    RevocationList list() {
        return list;
    }

    /** Revokes the one token with an id. */
    void token(String issuer, String id) {
        list.revoke(new Revocation.Token(issuer, id, later()));
    }

    void apiKey(String key) {
        list.revoke(new Revocation.ApiKey(key.split("_")[1], later()));
    }

    private Instant later() {
        return clock.instant().plusSeconds(3600);
    }

    @Override
    public void close() {
        list.close();
        scheduler.shutdownNow();
    }
}
