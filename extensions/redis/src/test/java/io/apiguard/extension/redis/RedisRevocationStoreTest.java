package io.apiguard.extension.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.store.Revocation;
import io.apiguard.store.RevocationStore;
import io.apiguard.store.RevocationsFullException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisRevocationStoreTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static Redis redis;
    private static RedisConnection connection;
    private static int stores;

    private final Instant until = CLOCK.instant().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    private final RevocationStore store = store(3);

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

    private static RevocationStore store(int capacity) {
        return new RedisRevocationStore(connection, "test" + stores++, capacity, CLOCK);
    }

    private Revocation key(String id) {
        return new Revocation.ApiKey(id, until);
    }

    @Test
    void since_start_isEverythingInOrder() {
        store.revoke(key("b"));
        store.revoke(new Revocation.Token("https://i", "t.1 \u20ac", until));
        store.revoke(new Revocation.SubjectBefore("https://i", "alice", until.minusSeconds(90), until));
        RevocationStore.Page page = store.since(RevocationStore.START);
        assertThat(page.entries())
                .containsExactly(
                        key("b"),
                        new Revocation.Token("https://i", "t.1 \u20ac", until),
                        new Revocation.SubjectBefore("https://i", "alice", until.minusSeconds(90), until));
        assertThat(page.more()).isFalse();
        assertThat(store.since(page.cursor()).entries()).isEmpty();
    }

    @Test
    void since_emptyThenAdded_isWhatCameAfter() {
        String cursor = store.since(RevocationStore.START).cursor();
        store.revoke(key("a"));
        RevocationStore.Page page = store.since(cursor);
        assertThat(page.entries()).containsExactly(key("a"));
        store.revoke(new Revocation.Session("https://i", "s", until));
        store.revoke(new Revocation.IssuerBefore("https://i", until, until));
        assertThat(store.since(page.cursor()).entries()).hasSize(2);
    }

    @Test
    void since_moreThanAPage_goesOn() {
        RevocationStore large = store(2000);
        for (int i = 0; i < 1001; i++) {
            large.revoke(key("k" + i));
        }
        RevocationStore.Page first = large.since(RevocationStore.START);
        assertThat(first.entries()).hasSize(1000);
        assertThat(first.more()).isTrue();
        assertThat(large.since(first.cursor()).entries()).containsExactly(key("k1000"));
    }

    @Test
    void revoke_full_refusesUntilAnEntryIsOver() {
        Instant soon = CLOCK.instant().plusMillis(1500);
        store.revoke(new Revocation.ApiKey("a", soon));
        store.revoke(key("b"));
        store.revoke(key("c"));
        store.revoke(key("c"));
        assertThatThrownBy(() -> store.revoke(key("d"))).isInstanceOf(RevocationsFullException.class);
        Redis.passes(connection, Duration.ofMillis(1510));
        store.revoke(key("d"));
        assertThat(store.since(RevocationStore.START).entries()).contains(key("b"), key("c"), key("d"));
    }

    @Test
    void revoke_overAlready_isPassedOver() {
        store.revoke(new Revocation.ApiKey("a", CLOCK.instant().minusSeconds(1)));
        assertThat(store.since(RevocationStore.START).entries()).isEmpty();
    }

    @Test
    void since_redisLostItsMemory_readsFromTheStart() throws Exception {
        store.revoke(key("a"));
        store.revoke(key("b"));
        String cursor = store.since(RevocationStore.START).cursor();
        redis.stop();
        assertThatThrownBy(() -> store.since(cursor)).isInstanceOf(RedisUnavailableException.class);
        redis.start();
        assertThat(Redis.eventually(() -> store.since(cursor)).entries()).isEmpty();
        store.revoke(key("c"));
        assertThat(store.since(cursor).entries()).containsExactly(key("c"));
    }

    /** What a replica has that did not hear of the last entry when it took over. */
    private void loseTheLastEntry() {
        String prefix = "{test" + (stores - 1) + "}";
        connection.run("""
                local lost = redis.call('ZREVRANGE', KEYS[1], 0, 0)[1]
                redis.call('ZREM', KEYS[1], lost)
                redis.call('ZREM', KEYS[2], lost)
                redis.call('SET', KEYS[3], redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2])
                return {}
                """, List.of(prefix + ":entries", prefix + ":until", prefix + ":last"));
    }

    @Test
    void since_replicaThatLagsTookOver_isWhatCameAfter() {
        store.revoke(key("a"));
        store.revoke(key("b"));
        String cursor = store.since(RevocationStore.START).cursor();
        loseTheLastEntry();
        store.revoke(key("c"));
        assertThat(store.since(cursor).entries()).containsExactly(key("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "a/", "a/b", "a/-1", "a/1/2", "a/+inf"})
    void since_cursorOfAnotherKind_isRefused(String cursor) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.since(cursor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "x.YQ.1", "k.YQ", "k.YQ.soon", "k.?.1", "k..1", "t.YQ.YQ.1.2", "k.YQ.1."})
    void read_otherText_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RevocationText.read(text));
    }
}
