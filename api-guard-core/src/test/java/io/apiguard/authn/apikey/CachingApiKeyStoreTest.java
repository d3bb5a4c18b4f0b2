package io.apiguard.authn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachingApiKeyStoreTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ApiKeyRecord RECORD =
            new ApiKeyRecord("id", "0".repeat(64), "v1", ApiKeyGrant.to("job"), true);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Map<String, ApiKeyRecord> records = new ConcurrentHashMap<>(Map.of("id", RECORD));
    private final AtomicInteger asked = new AtomicInteger();
    private final CachingApiKeyStore store = cached(this::look, 100);

    private CachingApiKeyStore cached(ApiKeyStore source, int maximum) {
        return CachingApiKeyStore.over(source, Duration.ofSeconds(1), maximum, (InstantSource) now::get);
    }

    private Optional<ApiKeyRecord> look(String id) {
        asked.incrementAndGet();
        return Optional.ofNullable(records.get(id));
    }

    @Test
    void find_again_asksOnce() {
        assertThat(store.find("id")).contains(RECORD);
        assertThat(store.find("id")).contains(RECORD);
        assertThat(asked).hasValue(1);
    }

    @Test
    void find_unknownAgain_asksOnce() {
        assertThat(store.find("none")).isEmpty();
        assertThat(store.find("none")).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void find_afterRevocation_isSeenWithinOneSecond() {
        store.find("id");
        records.put("id", RECORD.revoked(NOW));
        now.set(NOW.plusMillis(999));
        assertThat(store.find("id")).contains(RECORD);
        now.set(NOW.plusSeconds(1));
        assertThat(store.find("id")).contains(RECORD.revoked(NOW));
    }

    @Test
    void find_slowStore_agesFromTheQuestionNotTheAnswer() {
        CachingApiKeyStore slow = cached(
                id -> {
                    Optional<ApiKeyRecord> read = look(id);
                    now.set(now.get().plusSeconds(1));
                    return read;
                },
                100);
        slow.find("id");
        slow.find("id");
        assertThat(asked).hasValue(2);
    }

    @Test
    void find_clockSetBack_asksAgain() {
        store.find("id");
        now.set(NOW.minusSeconds(3600));
        store.find("id");
        assertThat(asked).hasValue(2);
    }

    @Test
    void find_storeFails_isNotRemembered() {
        AtomicInteger calls = new AtomicInteger();
        CachingApiKeyStore failing = cached(
                id -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("down");
                    }
                    return look(id);
                },
                100);
        assertThatIllegalStateException().isThrownBy(() -> failing.find("id")).withMessage("down");
        assertThat(failing.find("id")).contains(RECORD);
    }

    @Test
    void forget_key_asksAgain() {
        store.find("id");
        store.forget("id");
        store.find("id");
        assertThat(asked).hasValue(2);
    }

    @Test
    void find_manyIds_remembersNoMoreThanTheMaximum() {
        CachingApiKeyStore small = cached(this::look, 10);
        for (int i = 0; i < 1000; i++) {
            small.find("x" + i);
        }
        asked.set(0);
        for (int i = 0; i < 1000; i++) {
            small.find("x" + i);
        }
        assertThat(asked.get()).isGreaterThanOrEqualTo(990);
    }

    @Test
    void find_manyAtOnce_askOnce() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CachingApiKeyStore slow = cached(
                id -> {
                    asking.countDown();
                    awaitQuietly(answer);
                    return look(id);
                },
                100);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<ApiKeyRecord>>> found = new ArrayList<>();
            found.add(threads.submit(() -> slow.find("id")));
            asking.await();
            for (int i = 0; i < 7; i++) {
                found.add(threads.submit(() -> slow.find("id")));
            }
            answer.countDown();
            for (Future<Optional<ApiKeyRecord>> one : found) {
                assertThat(one.get()).contains(RECORD);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(asked).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT5M0.000000001S"})
    void over_timeOutOfBounds_isRefused(Duration ttl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachingApiKeyStore.over(this::look, ttl, 1, InstantSource.system()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void over_sizeOutOfBounds_isRefused(int maximum) {
        assertThatIllegalArgumentException().isThrownBy(() -> cached(this::look, maximum));
        assertThat(CachingApiKeyStore.over(this::look).find("id")).contains(RECORD);
    }
}
