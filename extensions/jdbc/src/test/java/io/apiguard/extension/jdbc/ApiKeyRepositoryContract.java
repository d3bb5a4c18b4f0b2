package io.apiguard.extension.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.http.AddressBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every repository of API keys does; each test starts with an empty one. */
abstract class ApiKeyRepositoryContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final ApiKeyGrant GRANT = new ApiKeyGrant(
            "billing '; DROP TABLE api_guard_api_key; --",
            "acme",
            Set.of("orders:read", "orders:write"),
            Set.of("clerk", "head of \u00fc"),
            NOW.plusSeconds(60),
            Set.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("2001:db8::/32")));

    abstract ApiKeyRepository repository();

    private static ApiKeyRecord record(String id) {
        return new ApiKeyRecord(id, "0a".repeat(32), "v1", GRANT, true, NOW, null, null, null, 0);
    }

    private ApiKeyRecord stored(String id) {
        return repository().find(id).orElseThrow();
    }

    private ApiKeyRecord insert(String id) {
        assertThat(repository().insert(record(id))).isTrue();
        return stored(id);
    }

    @Test
    void find_unknown_isEmpty() {
        assertThat(repository().find("none")).isEmpty();
        assertThat(repository().find("")).isEmpty();
        assertThat(repository().find("' OR '1'='1")).isEmpty();
    }

    @Test
    void insert_record_isFoundAsItWas() {
        assertThat(insert("a")).isEqualTo(record("a"));
        ApiKeyRecord bare = new ApiKeyRecord("b", "ff".repeat(32), "v2", ApiKeyGrant.to("job"), false);
        repository().insert(bare);
        assertThat(stored("b")).isEqualTo(bare);
    }

    @Test
    void insert_idOfAnother_leavesThatAsItIs() {
        insert("a");
        ApiKeyRecord twin = new ApiKeyRecord("a", "ff".repeat(32), "v2", ApiKeyGrant.to("thief"), true);
        assertThat(repository().insert(twin)).isFalse();
        assertThat(stored("a")).isEqualTo(record("a"));
    }

    @Test
    void find_idInAnotherCase_isAnotherKey() {
        insert("a");
        assertThat(repository().find("A")).isEmpty();
        insert("A");
    }

    @Test
    void update_recordAsRead_isStoredWithTheNextVersion() {
        ApiKeyRecord read = insert("a");
        assertThat(repository().update(read, read.disabled())).isTrue();
        assertThat(stored("a")).isEqualTo(read.disabled().atVersion(1));
        ApiKeyRecord replaced = stored("a").enabledAgain().replacedBy("b", NOW.plusSeconds(1));
        assertThat(repository().update(stored("a"), replaced)).isTrue();
        assertThat(stored("a")).isEqualTo(replaced.atVersion(2));
    }

    @Test
    void update_recordChangedSince_isNotTaken() {
        ApiKeyRecord read = insert("a");
        repository().update(read, read.disabled());
        assertThat(repository().update(read, read.revoked(NOW))).isFalse();
        assertThat(stored("a").revokedAt()).isNull();
    }

    @Test
    void update_unknownOrMixedIds_isNotTaken() {
        assertThat(repository().update(record("a"), record("a").disabled())).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> repository().update(record("a"), record("b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repository().rotate(record("a"), record("b"), record("c")));
    }

    @Test
    void update_revokedRecord_isFinal() {
        ApiKeyRecord read = insert("a");
        assertThat(repository().update(read, read.revoked(NOW))).isTrue();
        ApiKeyRecord revoked = stored("a");
        ApiKeyRecord alive = record("a").atVersion(revoked.version());
        assertThat(repository().update(revoked, alive)).isFalse();
        assertThat(repository().rotate(revoked, alive, record("b"))).isFalse();
        assertThat(stored("a")).isEqualTo(revoked);
        assertThat(repository().find("b")).isEmpty();
    }

    @Test
    void rotate_recordAsRead_changesItAndStoresTheSuccessor() {
        ApiKeyRecord read = insert("a");
        ApiKeyRecord replaced = read.replacedBy("b", NOW);
        assertThat(repository().rotate(read, replaced, record("b"))).isTrue();
        assertThat(stored("a")).isEqualTo(replaced.atVersion(1));
        assertThat(stored("b")).isEqualTo(record("b"));
    }

    @Test
    void rotate_recordChangedSince_doesNeither() {
        ApiKeyRecord read = insert("a");
        repository().update(read, read.disabled());
        assertThat(repository().rotate(read, read.replacedBy("b", NOW), record("b")))
                .isFalse();
        assertThat(stored("a").replacedBy()).isNull();
        assertThat(repository().find("b")).isEmpty();
    }

    @Test
    void rotate_successorWithATakenId_doesNeither() {
        ApiKeyRecord read = insert("a");
        insert("b");
        assertThat(repository().rotate(read, read.replacedBy("b", NOW), record("b")))
                .isFalse();
        assertThat(stored("a")).isEqualTo(read);
    }

    @Test
    void rotate_manyAtOnce_oneWins() throws Exception {
        ApiKeyRecord read = insert("a");
        List<Callable<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String successor = "s" + i;
            tries.add(() -> repository().rotate(read, read.replacedBy(successor, NOW), record(successor)));
        }
        assertThat(all(tries)).containsOnlyOnce(true).hasSize(8);
        assertThat(repository().list("", 100)).hasSize(2);
        assertThat(repository().find(String.valueOf(stored("a").replacedBy()))).isPresent();
    }

    @Test
    void insert_sameIdManyTimesAtOnce_oneWins() throws Exception {
        assertThat(all(java.util.Collections.nCopies(8, () -> repository().insert(record("a")))))
                .containsOnlyOnce(true);
    }

    private static List<Boolean> all(List<Callable<Boolean>> tries) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Boolean> done = new ArrayList<>();
            for (Future<Boolean> one : threads.invokeAll(tries)) {
                done.add(one.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void list_pageByPage_hasEveryRecordOnce() {
        for (int i = 0; i < 25; i++) {
            insert("k" + i);
        }
        List<String> ids = new ArrayList<>();
        String after = "";
        for (List<ApiKeyRecord> page = repository().list(after, 10); !page.isEmpty(); ) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            page.forEach(one -> ids.add(one.id()));
            after = ids.get(ids.size() - 1);
            page = repository().list(after, 10);
        }
        assertThat(ids).hasSize(25).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void list_limitOutOfBounds_isRefused() {
        assertThat(repository().list("", 1)).isEmpty();
        assertThat(repository().list("", ApiKeyRepository.LARGEST_PAGE)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> repository().list("", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> repository().list("", ApiKeyRepository.LARGEST_PAGE + 1));
    }

    @Test
    void touch_uses_areNotedAndChangeNothingElse() {
        ApiKeyRecord read = insert("a");
        insert("b");
        repository().touch(Map.of("a", NOW, "none", NOW));
        assertThat(stored("a")).isEqualTo(read.usedAt(NOW));
        assertThat(stored("b").lastUsedAt()).isNull();
        assertThat(repository().update(read, read.disabled())).isTrue();
        assertThat(stored("a").lastUsedAt()).isEqualTo(NOW);
    }

    @Test
    void touch_earlierUse_isPassedOver() {
        insert("a");
        repository().touch(Map.of("a", NOW));
        repository().touch(Map.of("a", NOW.minusSeconds(1)));
        assertThat(stored("a").lastUsedAt()).isEqualTo(NOW);
        repository().touch(Map.of());
    }
}
