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
import java.util.List;
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
        connection = RedisConnection.open(redis.address(), Duration.ofSeconds(2));
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
        Redis.passes(connection, time);
    }

    @Test
    void use_instancesWhoseClocksDiffer_isFirstOnce() {
        InstantSource clock = InstantSource.system();
        ReplayStore ahead = new RedisReplayStore(
                connection, "clocks", 1, 5, () -> clock.instant().plusSeconds(4));
        ReplayStore behind = new RedisReplayStore(
                connection, "clocks", 1, 5, () -> clock.instant().minusSeconds(4));
        Instant until = now().plusSeconds(5);

        assertThat(ahead.use("a", "1", until)).isEqualTo(Outcome.FIRST);
        passes(Duration.ofMillis(1100)); // to one of them it is over, to the other it is not
        assertThat(ahead.use("a", "1", until)).isEqualTo(Outcome.REPLAYED);
        assertThat(behind.use("a", "1", until)).isEqualTo(Outcome.REPLAYED);
        assertThat(behind.use("a", "2", until)).isEqualTo(Outcome.FIRST); // its quota is free again
    }

    @Test
    void use_redisFrozen_throwsWithinTheTimeOut() throws Exception {
        try (RedisConnection own = RedisConnection.open(redis.address())) {
            ReplayStore store = new RedisReplayStore(own, "frozen", 3, 5, InstantSource.system());
            redis.signal("STOP");
            try {
                Instant begun = now();
                assertThatThrownBy(() -> store.use("a", "1", now().plusSeconds(60)))
                        .isInstanceOf(RedisUnavailableException.class);
                assertThat(Duration.between(begun, now())).isLessThan(Duration.ofSeconds(2));
            } finally {
                redis.signal("CONT");
            }
            assertThat(Redis.eventually(() -> store.use("a", "2", now().plusSeconds(60))))
                    .isEqualTo(Outcome.FIRST);
        }
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
        assertThat(Redis.eventually(() -> store.use("a", "again", now().plusSeconds(60))))
                .isEqualTo(Outcome.FIRST);
    }

    @Test
    void open_noRedis_throws() throws IOException {
        String place = "127.0.0.1:" + Redis.freePort();
        assertThatThrownBy(() -> RedisConnection.open("redis://:hidden@" + place))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining(place)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void open_malformedAddress_saysSoWithoutThePassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisConnection.open("redis://:hidden@a b"))
                .withMessageContaining("rediss://user:password@host:port")
                .withMessageNotContaining("hidden")
                .withNoCause();
    }

    @Test
    void open_timeoutOutOfBounds_throws() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofMillis(5001))) {
            assertThatIllegalArgumentException().isThrownBy(() -> RedisConnection.open(redis.address(), wrong));
        }
    }

    @Test
    void constructor_contradictoryBounds_throws() {
        InstantSource clock = InstantSource.system();
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisReplayStore(connection, " ", 3, 5, clock));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisReplayStore(connection, "p", 0, 5, clock));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisReplayStore(connection, "p", 6, 5, clock));
    }
}
