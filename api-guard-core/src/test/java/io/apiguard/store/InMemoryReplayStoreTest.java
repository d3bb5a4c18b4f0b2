package io.apiguard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.store.ReplayStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InMemoryReplayStoreTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = START.plusSeconds(60);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InMemoryReplayStore store = new InMemoryReplayStore(3, 2, now::get);

    @Test
    void use_first_isFirst() {
        assertThat(store.use("a", "1", END)).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_again_isReplayed() {
        store.use("a", "1", END);
        assertThat(store.use("a", "1", END.plusSeconds(5))).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void use_sameValueOfAnotherOwner_isFirst() {
        store.use("a", "1", END);
        assertThat(store.use("b", "1", END)).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_justBeforeItsEnd_isReplayed() {
        store.use("a", "1", END);
        now.set(END.minusNanos(1));
        assertThat(store.use("a", "1", END)).isEqualTo(Outcome.REPLAYED);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void use_atItsEnd_isForgottenAndStillRefused() {
        store.use("a", "1", END);
        now.set(END);
        assertThat(store.use("a", "1", END)).isEqualTo(Outcome.REPLAYED);
        assertThat(store.size()).isZero();
    }

    @Test
    void use_overQuota_isRefusedForThatOwnerOnly() {
        store.use("a", "1", END);
        store.use("a", "2", END);
        assertThat(store.use("a", "3", END)).isEqualTo(Outcome.OVER_QUOTA);
        assertThat(store.use("a", "2", END)).isEqualTo(Outcome.REPLAYED);
        assertThat(store.use("b", "3", END)).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_full_refusesAndForgetsNothing() {
        store.use("a", "1", END);
        store.use("b", "1", END);
        store.use("c", "1", END);
        assertThat(store.use("d", "1", END)).isEqualTo(Outcome.FULL);
        assertThat(store.use("a", "1", END)).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void use_fullWithSomethingAtItsEnd_hasRoomAgain() {
        store.use("a", "1", END.minusSeconds(30));
        store.use("b", "1", END);
        store.use("c", "1", END);
        now.set(END.minusSeconds(30));
        assertThat(store.use("d", "1", END)).isEqualTo(Outcome.FIRST);
        assertThat(store.use("b", "1", END)).isEqualTo(Outcome.REPLAYED);
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void use_textBeyondBounds_throws() {
        String long257 = "x".repeat(257);
        assertThat(store.use("a", "x".repeat(256), END)).isEqualTo(Outcome.FIRST);
        assertThatThrownBy(() -> store.use("a", long257, END)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.use("x".repeat(513), "1", END)).isInstanceOf(IllegalArgumentException.class);
        Instant tooFar = START.plus(Duration.ofHours(25)).plusNanos(1);
        assertThatThrownBy(() -> store.use("a", "1", tooFar)).hasMessageContaining("at most");
    }

    @Test
    void constructor_contradictoryBounds_throws() {
        assertThatThrownBy(() -> new InMemoryReplayStore(0, 1, now::get)).hasMessageContaining("capacity");
        assertThatThrownBy(() -> new InMemoryReplayStore(5, 0, now::get)).hasMessageContaining("quota");
        assertThatThrownBy(() -> new InMemoryReplayStore(5, 6, now::get)).hasMessageContaining("quota");
    }

    @Test
    void use_sameValueFromManyThreads_isFirstOnce() throws Exception {
        InMemoryReplayStore shared = new InMemoryReplayStore(1000, 1000, now::get);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Outcome>> uses = new ArrayList<>();
            for (int i = 0; i < 800; i++) {
                String value = "v" + i % 100;
                uses.add(() -> shared.use("a", value, END));
            }
            int first = 0;
            for (Future<Outcome> use : threads.invokeAll(uses)) {
                first += use.get() == Outcome.FIRST ? 1 : 0;
            }
            assertThat(first).isEqualTo(100);
        } finally {
            threads.shutdown();
        }
    }

    /** Whatever is used in whatever order: within its time nothing is first twice, and the bounds hold. */
    @Property(tries = 200)
    void use_anySequence_neverFirstTwiceAndWithinBounds(
            @ForAll @Size(max = 60) List<@IntRange(max = 399) Integer> steps) {
        AtomicReference<Instant> clock = new AtomicReference<>(START);
        InMemoryReplayStore bounded = new InMemoryReplayStore(7, 3, clock::get);
        List<String> live = new ArrayList<>();
        for (int step : steps) {
            clock.updateAndGet(instant -> instant.plusSeconds(step % 4));
            String key = step % 5 + "/" + step % 11;
            live.removeIf(entry -> !clock.get().isBefore(Instant.parse(entry.substring(entry.indexOf('@') + 1))));
            boolean known = live.stream().anyMatch(entry -> entry.startsWith(key + "@"));
            Instant until = clock.get().plusSeconds(1 + step % 13);
            Outcome outcome = bounded.use(String.valueOf(step % 5), String.valueOf(step % 11), until);
            assertThat(outcome == Outcome.REPLAYED).isEqualTo(known);
            if (outcome == Outcome.FIRST) {
                live.add(key + "@" + until);
            }
            assertThat(bounded.size()).isEqualTo(live.size()).isLessThanOrEqualTo(7);
        }
    }
}
