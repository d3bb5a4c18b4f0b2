package io.apiguard.extension.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.store.ReplayStore;
import io.apiguard.store.ReplayStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ReplayStore} must do; a test class of an implementation extends it. */
abstract class ReplayStoreContract {

    /** An empty store with room for five values, three of one owner. */
    abstract ReplayStore store();

    abstract Instant now();

    /** Returns when at least that much time is over for the store. */
    abstract void passes(Duration time);

    private Instant in(long seconds) {
        return now().plusSeconds(seconds);
    }

    @Test
    void use_firstAndAgain_isToldApart() {
        ReplayStore store = store();
        assertThat(store.use("a", "1", in(60))).isEqualTo(Outcome.FIRST);
        assertThat(store.use("a", "1", in(60))).isEqualTo(Outcome.REPLAYED);
        assertThat(store.use("a", "2", in(60))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_ofAnotherOwner_isAnotherValue() {
        ReplayStore store = store();
        assertThat(store.use("a", "1", in(60))).isEqualTo(Outcome.FIRST);
        assertThat(store.use("b", "1", in(60))).isEqualTo(Outcome.FIRST);
        assertThat(store.use("ab", "c", in(60))).isEqualTo(Outcome.FIRST);
        assertThat(store.use("a", "bc", in(60))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_moreThanTheQuota_isRefusedToThatOwnerAlone() {
        ReplayStore store = store();
        for (int i = 0; i < 3; i++) {
            assertThat(store.use("a", "v" + i, in(60))).isEqualTo(Outcome.FIRST);
        }
        assertThat(store.use("a", "v3", in(60))).isEqualTo(Outcome.OVER_QUOTA);
        assertThat(store.use("a", "v0", in(60))).isEqualTo(Outcome.REPLAYED);
        assertThat(store.use("b", "v3", in(60))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_full_isRefusedAndForgetsNothing() {
        ReplayStore store = store();
        for (int i = 0; i < 5; i++) {
            assertThat(store.use("o" + i, "v", in(60))).isEqualTo(Outcome.FIRST);
        }
        assertThat(store.use("o5", "v", in(60))).isEqualTo(Outcome.FULL);
        assertThat(store.use("o0", "v", in(60))).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void use_afterItsTime_makesRoom() {
        ReplayStore store = store();
        Instant soon = now().plusMillis(1500);
        for (int i = 0; i < 3; i++) {
            assertThat(store.use("a", "v" + i, soon)).isEqualTo(Outcome.FIRST);
        }
        assertThat(store.use("a", "v3", in(60))).isEqualTo(Outcome.OVER_QUOTA);
        passes(Duration.ofMillis(1510));
        assertThat(store.use("a", "v3", in(60))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_overAlready_isRefusedAndTakesNoRoom() {
        ReplayStore store = store();
        for (int i = 0; i < 4; i++) {
            assertThat(store.use("a", "v" + i, now())).isEqualTo(Outcome.REPLAYED);
        }
        assertThat(store.use("a", "v0", in(60))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void use_beyondBounds_throws() {
        ReplayStore store = store();
        assertThat(store.use("a", "x".repeat(256), in(60))).isEqualTo(Outcome.FIRST);
        assertThat(store.use("o".repeat(512), "1", in(89_940))).isEqualTo(Outcome.FIRST);
        assertThatIllegalArgumentException().isThrownBy(() -> store.use("a", "x".repeat(257), in(60)));
        assertThatIllegalArgumentException().isThrownBy(() -> store.use("a", "1", in(90_060)));
    }

    @Test
    void use_longValueOfAnyCharacters_isTakenWhole() {
        ReplayStore store = store();
        String value = "\u20ac \n'\"{}".repeat(36);
        assertThat(store.use("a", value, in(60))).isEqualTo(Outcome.FIRST);
        assertThat(store.use("a", value, in(60))).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void use_byManyAtOnce_isFirstOnce() throws Exception {
        ReplayStore store = store();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Outcome>> uses = Collections.nCopies(64, () -> store.use("a", "1", in(60)));
            int first = 0;
            for (Future<Outcome> use : callers.invokeAll(uses)) {
                first += use.get() == Outcome.FIRST ? 1 : 0;
            }
            assertThat(first).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }
    }
}
