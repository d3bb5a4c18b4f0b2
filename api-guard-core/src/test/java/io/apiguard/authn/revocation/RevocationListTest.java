package io.apiguard.authn.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authn.revocation.RevocationResult.NotRevoked;
import io.apiguard.authn.revocation.RevocationResult.Revoked;
import io.apiguard.authn.revocation.RevocationResult.Unknown;
import io.apiguard.event.GuardEvent;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import io.apiguard.store.InMemoryRevocationStore;
import io.apiguard.store.Revocation;
import io.apiguard.store.RevocationStore;
import io.apiguard.store.RevocationsFullException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revocation as two instances see it that share a store; the clock and the background are the test's. */
class RevocationListTest {

    private static final String ISSUER = "https://login.example.com";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    private final Instant until = START.plusSeconds(300);
    private final FailingStore store = new FailingStore();
    private final Background background = new Background();
    private final List<GuardEvent> events = new ArrayList<>();
    private final RevocationList list = builder().build();

    private final class FailingStore implements RevocationStore {
        private final RevocationStore memory = new InMemoryRevocationStore(5000, () -> now);
        private boolean down;
        private Runnable whenAsked = () -> {};

        @Override
        public void revoke(Revocation revocation) {
            check();
            memory.revoke(revocation);
        }

        @Override
        public Page since(String cursor) {
            whenAsked.run();
            check();
            return memory.since(cursor);
        }

        private void check() {
            if (down) {
                throw new IllegalStateException("down");
            }
        }
    }

    /** Keeps what is scheduled until the test runs it. */
    private static final class Background extends ScheduledThreadPoolExecutor {
        private final List<Runnable> tasks = new ArrayList<>();
        private long delay;

        Background() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long after, TimeUnit unit) {
            tasks.add(command);
            delay = unit.toMillis(after);
            return super.schedule(() -> {}, 1, TimeUnit.HOURS);
        }

        void run() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }
    }

    @AfterEach
    void stop() {
        list.close();
        background.shutdownNow();
    }

    private RevocationListBuilder builder() {
        return RevocationList.following(store)
                .scheduler(background)
                .clock(() -> now)
                .listener(events::add);
    }

    private static Identity.Builder identity() {
        return Identity.builder("alice", AuthenticationMethod.JWT)
                .issuer(ISSUER)
                .tokenId("t1")
                .sessionId("s1")
                .issuedAt(START.minusSeconds(10));
    }

    private boolean revokes(Revocation revocation, Identity identity) {
        list.warmUp();
        list.revoke(revocation);
        return list.check(identity) instanceof Revoked;
    }

    @Test
    void check_token_isRevokedByIdAndIssuer() {
        assertThat(revokes(new Revocation.Token(ISSUER, "t1", until), identity().build()))
                .isTrue();
        assertThat(list.check(identity().tokenId("t2").build())).isInstanceOf(NotRevoked.class);
        assertThat(list.check(identity().tokenId(null).build())).isInstanceOf(NotRevoked.class);
        assertThat(list.check(identity().issuer("https://other.example.com").build()))
                .isInstanceOf(NotRevoked.class);
        assertThat(list.check(identity().issuer(null).build())).isInstanceOf(NotRevoked.class);
    }

    @Test
    void check_session_isRevokedByIdAndIssuer() {
        assertThat(revokes(
                        new Revocation.Session(ISSUER, "s1", until), identity().build()))
                .isTrue();
        assertThat(list.check(identity().sessionId("t1").build())).isInstanceOf(NotRevoked.class);
    }

    @Test
    void check_subjectBefore_sparesWhatWasIssuedThenOrLater() {
        Instant before = START.minusSeconds(10);
        assertThat(revokes(
                        new Revocation.SubjectBefore(ISSUER, "alice", before, until),
                        identity().issuedAt(before.minusSeconds(1)).build()))
                .isTrue();
        assertThat(list.check(identity().issuedAt(before).build())).isInstanceOf(NotRevoked.class);
        assertThat(list.check(identity().issuedAt(null).build())).isInstanceOf(Revoked.class);
        Identity bob =
                Identity.builder("bob", AuthenticationMethod.JWT).issuer(ISSUER).build();
        assertThat(list.check(bob)).isInstanceOf(NotRevoked.class);
    }

    @Test
    void check_issuerBefore_sparesWhatWasIssuedThenOrLater() {
        assertThat(revokes(
                        new Revocation.IssuerBefore(ISSUER, START, until),
                        identity().issuedAt(START.minusSeconds(1)).build()))
                .isTrue();
        assertThat(list.check(identity().issuedAt(START).build())).isInstanceOf(NotRevoked.class);
        assertThat(list.check(identity().issuedAt(null).build())).isInstanceOf(Revoked.class);
    }

    @Test
    void check_apiKey_isRevokedById() {
        Identity.Builder key =
                Identity.builder("shop", AuthenticationMethod.API_KEY).keyId("k1");
        assertThat(revokes(new Revocation.ApiKey("k1", until), key.build())).isTrue();
        assertThat(list.check(key.keyId("k2").build())).isInstanceOf(NotRevoked.class);
    }

    @Test
    void revoke_twice_revokesWhatEitherDoes() {
        list.warmUp();
        list.revoke(new Revocation.SubjectBefore(ISSUER, "alice", START.minusSeconds(20), until.plusSeconds(60)));
        list.revoke(new Revocation.SubjectBefore(ISSUER, "alice", START, until));
        list.revoke(new Revocation.SubjectBefore(ISSUER, "alice", START.minusSeconds(30), until));
        now = until;
        assertThat(list.check(identity().issuedAt(START.minusSeconds(1)).build()))
                .isInstanceOf(Revoked.class);
    }

    @Test
    void check_entryOver_isForgotten() {
        revokes(new Revocation.Token(ISSUER, "t1", until), identity().build());
        now = until;
        list.warmUp();
        assertThat(list.check(identity().build())).isInstanceOf(NotRevoked.class);
    }

    @Test
    void revoke_onOneInstance_isSeenByTheOtherWithItsNextPoll() {
        RevocationList other = builder().build();
        background.run();
        assertThat(background.delay).isEqualTo(500);
        other.revoke(new Revocation.Token(ISSUER, "t1", until));
        assertThat(list.check(identity().build())).isInstanceOf(NotRevoked.class);
        background.run();
        assertThat(list.check(identity().build())).isInstanceOf(Revoked.class);
    }

    @Test
    void warmUp_moreThanAPage_readsAll() {
        for (int i = 0; i < 2500; i++) {
            store.revoke(new Revocation.ApiKey("k" + i, until));
        }
        list.warmUp();
        Identity last = Identity.builder("shop", AuthenticationMethod.API_KEY)
                .keyId("k2499")
                .build();
        assertThat(list.check(last)).isInstanceOf(Revoked.class);
    }

    @Test
    void check_neverReached_isUnknown() {
        assertThat(list.check(identity().build())).isInstanceOf(Unknown.class);
    }

    @Test
    void check_storeDown_isUnknownAfterMaxStaleAndReportedOnce() {
        list.warmUp();
        list.revoke(new Revocation.Token(ISSUER, "t1", until));
        store.down = true;
        now = START.plusSeconds(10);
        background.run();
        assertThat(list.check(identity().tokenId("t2").build())).isInstanceOf(NotRevoked.class);
        now = START.plusSeconds(11);
        background.run();
        background.run();
        assertThat(list.check(identity().tokenId("t2").build())).isInstanceOf(Unknown.class);
        assertThat(list.check(identity().build())).isInstanceOf(Revoked.class);
        store.down = false;
        background.run();
        assertThat(list.check(identity().tokenId("t2").build())).isInstanceOf(NotRevoked.class);
        assertThat(events).extracting(GuardEvent::name).containsExactly("revocation.stale", "revocation.recovered");
    }

    @Test
    void check_storeDownAndPermitted_isNotRevoked() {
        RevocationList lax = builder().permitWhenStale().build();
        store.down = true;
        background.run();
        assertThat(lax.check(identity().build())).isInstanceOf(NotRevoked.class);
        assertThat(events).extracting(GuardEvent::name).contains("revocation.stale");
    }

    @Test
    void warmUp_storeDown_refusesToStart() {
        store.down = true;
        assertThatIllegalStateException().isThrownBy(list::warmUp).withMessageContaining("store");
    }

    @Test
    void warmUp_whileTheBackgroundAsks_waitsForTheAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        store.whenAsked = () -> {
            asked.countDown();
            uninterruptibly(answer);
        };
        Thread asking = new Thread(background::run);
        asking.start();
        asked.await();
        FutureTask<Boolean> warmUp = new FutureTask<>(list::warmUp, true);
        Thread starting = new Thread(warmUp);
        starting.start();
        while (starting.getState() != Thread.State.WAITING && !warmUp.isDone()) {
            Thread.onSpinWait();
        }
        answer.countDown();
        assertThat(warmUp.get()).isTrue();
        assertThat(list.check(identity().build())).isInstanceOf(NotRevoked.class);
        asking.join();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void revoke_storeDown_isToldToTheRevoker() {
        list.warmUp();
        store.down = true;
        assertThatThrownBy(() -> list.revoke(new Revocation.Token(ISSUER, "t1", until)))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void revoke_full_isToldToTheRevokerAndReclaimedInTime() {
        RevocationList small = builder().capacity(1).build();
        small.revoke(new Revocation.Token(ISSUER, "t1", until));
        assertThatThrownBy(() -> small.revoke(new Revocation.Token(ISSUER, "t2", until)))
                .isInstanceOf(RevocationsFullException.class);
        assertThat(store.since(RevocationStore.START).entries()).hasSize(1);
        small.revoke(new Revocation.Token(ISSUER, "t1", until));
        now = until;
        small.revoke(new Revocation.Token(ISSUER, "t2", until.plusSeconds(1)));
    }

    @Test
    void poll_moreThanThereIsRoomFor_isUnknown() {
        RevocationList small = builder().capacity(1).build();
        store.revoke(new Revocation.Token(ISSUER, "t1", until));
        store.revoke(new Revocation.Token(ISSUER, "t2", until));
        assertThatIllegalStateException().isThrownBy(small::warmUp).withMessageContaining("capacity");
        assertThat(small.check(identity().tokenId("t3").build())).isInstanceOf(Unknown.class);
    }

    @Test
    void close_thenPolled_schedulesNothing() {
        background.run();
        list.close();
        background.run();
        assertThat(background.tasks).isEmpty();
    }

    @Test
    void build_settingOutOfBounds_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevocationList.following(store).build())
                .withMessageContaining("scheduler");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().pollEvery(Duration.ofMillis(1001)).build())
                .withMessageContaining("pollEvery");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxStale(Duration.ofMillis(999)).build())
                .withMessageContaining("maxStale");
    }
}
