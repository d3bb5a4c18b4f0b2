package io.apiguard.extension.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.store.ReplayStore;
import io.apiguard.store.ReplayStore.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisReplayStoreTest extends ReplayStoreContract {

    private static Redis redis;
    private static RedisConnection connection;
    private static int stores;

    @BeforeAll
    static void start() throws IOException {
        redis = new Redis();
        connection = RedisConnection.open(redis.address());
    }

    @AfterAll
    static void stop() throws IOException {
        connection.close();
        redis.close();
    }

    @Override
    ReplayStore store() {
        return new RedisReplayStore(connection, "test" + stores++, 3, 5, InstantSource.system());
    }

    @Override
    Instant now() {
        return InstantSource.system().instant();
    }

    @Override
    void passes(Duration time) {
        Instant end = now().plus(time);
        while (now().isBefore(end)) {
            LockSupport.parkNanos(Duration.between(now(), end).toNanos());
        }
    }

    @Test
    void use_valueTooLong_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> store().use("a", "x".repeat(257), now().plusSeconds(60)));
    }

    @Test
    void use_redisFrozen_throwsWithinTheTimeOut() throws Exception {
        ReplayStore store = store();
        redis.signal("STOP");
        try {
            Instant begun = now();
            assertThatThrownBy(() -> store.use("a", "1", now().plusSeconds(60)))
                    .isInstanceOf(RedisUnavailableException.class);
            assertThat(Duration.between(begun, now())).isLessThan(Duration.ofSeconds(2));
        } finally {
            redis.signal("CONT");
        }
        assertThat(store.use("a", "2", now().plusSeconds(60))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_redisGoneAndBack_throwsAtOnceAndWorksAgain() throws Exception {
        ReplayStore store = store();
        redis.stop();
        try {
            assertThatThrownBy(() -> store.use("a", "1", now().plusSeconds(60)))
                    .isInstanceOf(RedisUnavailableException.class);
        } finally {
            redis.start();
        }
        assertThat(eventually(store)).isEqualTo(Outcome.FIRST);
    }

    private Outcome eventually(ReplayStore store) {
        for (int i = 0; i < 200; i++) {
            try {
                return store.use("a", "again", now().plusSeconds(60));
            } catch (RedisUnavailableException e) {
                passes(Duration.ofMillis(50));
            }
        }
        throw new AssertionError("not connected again");
    }

    @Test
    void open_noRedis_throws() {
        assertThatThrownBy(() -> RedisConnection.open("redis://127.0.0.1:1"))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
