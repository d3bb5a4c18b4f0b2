package io.apiguard.extension.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.apiguard.authn.apikey.ApiKeyAdmin;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.authn.apikey.ApiKeyResult;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.CachingApiKeyStore;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcApiKeyRepositoryTest extends ApiKeyRepositoryContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SecretSource SECRETS = SecretSources.of(new Secret(ApiKeys.SECRET_NAME, "v1", new byte[32]));

    private static EmbeddedPostgres postgres;
    private static DataSource dataSource;

    private final JdbcApiKeyRepository repository = JdbcApiKeyRepository.on(dataSource);

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        dataSource = postgres.getPostgresDatabase();
        run(JdbcApiKeyRepository.schema());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run("TRUNCATE api_guard_api_key");
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    ApiKeyRepository repository() {
        return repository;
    }

    @Test
    void insert_endFinerThanTheColumn_isCutNotRounded() {
        ApiKeyGrant grant = ApiKeyGrant.to("job").until(NOW.plusNanos(1_999));
        repository.insert(new ApiKeyRecord("a", "0".repeat(64), "v1", grant, true));
        assertThat(repository.find("a").orElseThrow().grant().expiresAt()).isEqualTo(NOW.plusNanos(1_000));
    }

    @Test
    void touch_moreThanOneBatch_notesAll() throws SQLException {
        repository.insert(new ApiKeyRecord("k0", "0".repeat(64), "v1", ApiKeyGrant.to("job"), true));
        run("INSERT INTO api_guard_api_key SELECT 'k' || n, hash, secret_key_id, subject, tenant, scopes, roles,"
                + " allowed_addresses, expires_at, enabled, created_at, last_used_at, revoked_at, replaced_by, version"
                + " FROM api_guard_api_key, generate_series(1, 1000) n");
        Map<String, Instant> uses = new TreeMap<>();
        for (int i = 0; i <= 1000; i++) {
            uses.put("k" + i, NOW);
        }
        repository.touch(uses);
        assertThat(repository.find("k0").orElseThrow().lastUsedAt()).isEqualTo(NOW);
        assertThat(repository.find("k1000").orElseThrow().lastUsedAt()).isEqualTo(NOW);
    }

    @Test
    void verify_keyRevokedByAnotherInstance_isRefusedWithinOneSecond() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        ApiKeys keys = ApiKeys.using(SECRETS, CachingApiKeyStore.over(repository, Duration.ofSeconds(1), 100, now::get))
                .withClock(now::get);
        ApiKeyAdmin elsewhere = ApiKeyAdmin.of(keys, JdbcApiKeyRepository.on(dataSource));
        IssuedApiKey issued = elsewhere.issue(ApiKeyGrant.to("job"));
        assertThat(keys.verify(issued.key())).isInstanceOf(ApiKeyResult.Valid.class);
        elsewhere.revoke(issued.stored().id());
        now.set(NOW.plusSeconds(1));
        assertThat(keys.verify(issued.key()))
                .isInstanceOfSatisfying(ApiKeyResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(ApiKeyResult.Reason.REVOKED));
    }

    @Test
    void verify_databaseDown_isUnavailable() throws SQLException {
        IssuedApiKey issued =
                ApiKeyAdmin.of(ApiKeys.using(SECRETS, repository), repository).issue(ApiKeyGrant.to("job"));
        run("ALTER TABLE api_guard_api_key RENAME TO away");
        try {
            assertThat(ApiKeys.using(SECRETS, repository).verify(issued.key()))
                    .isInstanceOf(ApiKeyResult.Unavailable.class);
            assertThatIllegalStateException()
                    .isThrownBy(() -> repository.find("a"))
                    .withMessage("the database of API keys failed with SQL state 42P01");
        } finally {
            run("ALTER TABLE away RENAME TO api_guard_api_key");
        }
    }

    @Test
    void find_lockedTable_endsWithTheTimeout() throws SQLException {
        JdbcApiKeyRepository hasty = repository.withTimeout(Duration.ofSeconds(1));
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE api_guard_api_key IN ACCESS EXCLUSIVE MODE");
            assertThatIllegalStateException().isThrownBy(() -> hasty.find("a")).withMessageContaining("57014");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT1.5S", "PT61S"})
    void withTimeout_outOfBounds_isRefused(Duration timeout) {
        assertThatIllegalArgumentException().isThrownBy(() -> repository.withTimeout(timeout));
    }
}
