package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.apikey.ApiKeyAdmin;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.InMemoryApiKeyRepository;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.http.AddressBlock;
import io.apiguard.http.Answer;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryRevocationStore;
import io.apiguard.store.Revocation;
import io.apiguard.store.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** API keys of settings and of stores that the application gives, and what revokes them. */
class ApiKeyPartsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SecretSource secrets = SecretSources.of(new Secret(ApiKeys.SECRET_NAME, "v1", new byte[32]));
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InMemoryApiKeyRepository repository = InMemoryApiKeyRepository.ofAtMost(100);
    private final ApiKeys keys = ApiKeys.using(secrets, repository).withClock(now::get);
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    private String issue(ApiKeyGrant grant) {
        IssuedApiKey issued = ApiKeyAdmin.of(keys, repository).issue(grant);
        return issued.key();
    }

    private Guard guard(UnaryOperator<GuardBuilder> more) {
        return more.apply(Guard.builder(GuardSettings.of(settings))
                        .clock(now::get)
                        .secretSource(secrets)
                        .auditSink(RecordingAuditSink.ofLatest(10)))
                .build();
    }

    private static int status(Guard guard, String key, String peer) {
        return guard.receive(FakeRequest.get("/any").header("X-API-Key", key).from(peer))
                .answer()
                .map(Answer::status)
                .orElse(200);
    }

    private static int status(Guard guard, String key) {
        return status(guard, key, "192.0.2.1");
    }

    private ApiKeyStore counted() {
        return id -> {
            asked.incrementAndGet();
            return repository.find(id);
        };
    }

    private static String id(String key) {
        return key.substring(3, 19);
    }

    private void store(String key) {
        settings.put("secrets.source", "application");
        settings.put("api-keys.keys[0].id", id(key));
        settings.put(
                "api-keys.keys[0].hash", repository.find(id(key)).orElseThrow().hash());
        settings.put("api-keys.keys[0].secret-key-id", "v1");
        settings.put("api-keys.keys[0].subject", "job");
    }

    @Test
    void verify_storedKeyWithAddresses_onlyFromThere() {
        String key = issue(ApiKeyGrant.to("job"));
        store(key);
        settings.put("api-keys.keys[0].allowed-addresses", "10.0.0.0/8, 2001:db8::/32");
        settings.put("api-keys.keys[0].created", "2026-01-01T00:00:00Z");
        try (Guard guard = guard(builder -> builder)) {
            assertThat(status(guard, key, "10.1.2.3")).isEqualTo(200);
            assertThat(status(guard, key, "2001:db8::1")).isEqualTo(200);
            assertThat(status(guard, key, "192.0.2.1")).isEqualTo(401);
        }
        settings.put("api-keys.keys[0].allowed-addresses", "10.0.0.0/33");
        assertThatThrownBy(() -> guard(builder -> builder))
                .hasMessageStartingWith("api-keys.keys[0].allowed-addresses has '10.0.0.0/33'");
    }

    @Test
    void verify_storedKeyThatIsDisabled_isRefused() {
        String key = issue(ApiKeyGrant.to("job"));
        store(key);
        try (Guard guard = guard(builder -> builder)) {
            assertThat(status(guard, key)).isEqualTo(200);
        }
        settings.put("api-keys.keys[0].enabled", "false");
        try (Guard guard = guard(builder -> builder)) {
            assertThat(status(guard, key)).isEqualTo(401);
        }
    }

    @Test
    void build_enabledAndNowhereToLookUp_isRefused() {
        settings.put("secrets.source", "application");
        settings.put("api-keys.enabled", "true");
        assertThatThrownBy(() -> guard(builder -> builder))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("api-keys.enabled is true")
                .hasMessageContaining("ApiKeyStore");
        try (Guard guard = guard(builder -> builder.apiKeyStore(repository))) {
            assertThat(status(guard, issue(ApiKeyGrant.to("job")))).isEqualTo(200);
        }
    }

    @Test
    void toRecord_everyPart_isKept() {
        String key = issue(ApiKeyGrant.to("job"));
        store(key);
        settings.put("api-keys.keys[0].allowed-addresses", "10.0.0.0/8");
        settings.put("api-keys.keys[0].expires", "2030-01-01T00:00:00Z");
        settings.put("api-keys.keys[0].created", "2025-01-01T00:00:00Z");
        settings.put("api-keys.keys[0].replaced-by", "other");
        assertThat(GuardSettings.of(settings).apiKeys().keys().get(0).toRecord())
                .satisfies(stored -> {
                    assertThat(stored.createdAt()).isEqualTo("2025-01-01T00:00:00Z");
                    assertThat(stored.replacedBy()).isEqualTo("other");
                    assertThat(stored.grant())
                            .isEqualTo(ApiKeyGrant.to("job")
                                    .onlyFrom(AddressBlock.parse("10.0.0.0/8"))
                                    .until(Instant.parse("2030-01-01T00:00:00Z")));
                });
    }

    @Test
    void verify_storeOfTheApplication_isAskedEveryTimeUnlessCached() {
        String key = issue(ApiKeyGrant.to("job"));
        try (Guard guard = guard(builder -> builder.apiKeyStore(counted()))) {
            status(guard, key);
            status(guard, key);
            assertThat(asked).hasValue(2);
        }
        settings.put("api-keys.cache-for", "1s");
        try (Guard guard = guard(builder -> builder.apiKeyStore(counted()))) {
            status(guard, key);
            status(guard, key);
            assertThat(asked).hasValue(3);
            ApiKeyAdmin.of(keys, repository).revoke(id(key));
            now.set(NOW.plusMillis(999));
            assertThat(status(guard, key)).isEqualTo(200);
            now.set(NOW.plusMillis(1000));
            assertThat(status(guard, key)).isEqualTo(401);
        }
    }

    @Test
    void verify_repositoryOfTheApplication_isToldOfUsesAtTheEnd() {
        String key = issue(ApiKeyGrant.to("job"));
        try (Guard guard = guard(builder -> builder.apiKeyStore(repository))) {
            assertThat(status(guard, key)).isEqualTo(200);
        }
        assertThat(repository.find(id(key)).orElseThrow().lastUsedAt()).isEqualTo(NOW);
        settings.put("api-keys.usage-interval", "0s");
        String other = issue(ApiKeyGrant.to("job"));
        try (Guard guard = guard(builder -> builder.apiKeyStore(repository))) {
            assertThat(status(guard, other)).isEqualTo(200);
        }
        assertThat(repository.find(id(other)).orElseThrow().lastUsedAt()).isNull();
    }

    @Test
    void verify_credentialRevokedInTheStore_isRefusedSoon() throws InterruptedException {
        String key = issue(ApiKeyGrant.to("job"));
        settings.put("revocation.poll-interval", "5ms");
        PolledStore store = new PolledStore(new InMemoryRevocationStore(10, now::get));
        try (Guard guard = guard(builder -> builder.apiKeyStore(repository).revocationStore(store))) {
            assertThat(status(guard, key)).isEqualTo(200);
            store.revoke(new Revocation.ApiKey(id(key), NOW.plusSeconds(60)));
            store.awaitPolls(
                    3); // one may have been under way, one brings the entry, and the next begins after that was taken
            // in
            assertThat(status(guard, key)).isEqualTo(401);
        }
    }

    @Test
    void build_storeOutOfReach_refusesTheStartUnlessPermitted() {
        String key = issue(ApiKeyGrant.to("job"));
        RevocationStore down = new RevocationStore() {
            @Override
            public void revoke(Revocation revocation) {
                throw new IllegalStateException("down");
            }

            @Override
            public Page since(String cursor) {
                throw new IllegalStateException("down");
            }
        };
        UnaryOperator<GuardBuilder> given =
                builder -> builder.apiKeyStore(repository).revocationStore(down);
        assertThatThrownBy(() -> guard(given))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("revocation: revocations cannot be read from their store")
                .hasMessageContaining("revocation.permit-when-stale: true");
        settings.put("revocation.permit-when-stale", "true");
        try (Guard guard = guard(given)) {
            assertThat(status(guard, key)).isEqualTo(200);
        }
    }

    @Test
    void build_storeAndListOfRevocations_contradict() {
        RevocationStore store = new InMemoryRevocationStore(10, now::get);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (RevocationList list = RevocationList.following(store)
                .scheduler(scheduler)
                .pollEvery(Duration.ofMillis(500))
                .build()) {
            assertThatThrownBy(() -> guard(builder ->
                            builder.apiKeyStore(repository).revocations(list).revocationStore(store)))
                    .isInstanceOf(GuardConfigurationException.class)
                    .hasMessageContaining("both revocations(...) and revocationStore(...)");
        } finally {
            scheduler.shutdownNow();
        }
    }

    /** Tells when it is asked, so that nobody need guess how long that takes. */
    private record PolledStore(RevocationStore store, Semaphore polls) implements RevocationStore {

        PolledStore(RevocationStore store) {
            this(store, new Semaphore(0));
        }

        @Override
        public void revoke(Revocation revocation) {
            store.revoke(revocation);
        }

        @Override
        public Page since(String cursor) {
            polls.release();
            return store.since(cursor);
        }

        void awaitPolls(int count) throws InterruptedException {
            polls.drainPermits();
            assertThat(polls.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
