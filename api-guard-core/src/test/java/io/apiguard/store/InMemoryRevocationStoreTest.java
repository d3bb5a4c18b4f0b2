package io.apiguard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryRevocationStoreTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InMemoryRevocationStore store = new InMemoryRevocationStore(2, () -> now);

    private Revocation key(String id) {
        return new Revocation.ApiKey(id, now.plusSeconds(60));
    }

    @Test
    void since_start_isEverythingInOrder() {
        store.revoke(key("a"));
        store.revoke(key("b"));
        RevocationStore.Page page = store.since(RevocationStore.START);
        assertThat(page.entries()).containsExactly(key("a"), key("b"));
        assertThat(page.more()).isFalse();
    }

    @Test
    void since_cursor_isWhatCameAfter() {
        store.revoke(key("a"));
        String cursor = store.since(RevocationStore.START).cursor();
        assertThat(store.since(cursor).entries()).isEmpty();
        store.revoke(key("b"));
        assertThat(store.since(store.since(cursor).cursor()).entries()).isEmpty();
        assertThat(store.since(cursor).entries()).containsExactly(key("b"));
    }

    @Test
    void since_moreThanAPage_goesOn() {
        InMemoryRevocationStore large = new InMemoryRevocationStore(1500, () -> now);
        for (int i = 0; i < 1500; i++) {
            large.revoke(key("k" + i));
        }
        RevocationStore.Page first = large.since(RevocationStore.START);
        assertThat(first.entries()).hasSize(1000);
        assertThat(first.more()).isTrue();
        assertThat(large.since(first.cursor()).entries()).hasSize(500);
    }

    @Test
    void revoke_full_refusesUntilAnEntryIsOver() {
        store.revoke(key("a"));
        store.revoke(key("b"));
        assertThatThrownBy(() -> store.revoke(key("c"))).isInstanceOf(RevocationsFullException.class);
        now = now.plusSeconds(60);
        store.revoke(key("c"));
        assertThat(store.since(RevocationStore.START).entries()).containsExactly(key("c"));
    }

    @Test
    void revoke_overAlready_isPassedOver() {
        store.revoke(new Revocation.ApiKey("a", now));
        assertThat(store.since(RevocationStore.START).entries()).isEmpty();
    }

    @Test
    void revocation_emptyOrLongName_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> key(""));
        assertThatIllegalArgumentException().isThrownBy(() -> key("x".repeat(513)));
        assertThat(key("x".repeat(512))).isNotNull();
    }
}
