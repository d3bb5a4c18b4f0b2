package io.apiguard.authn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.apiguard.authn.apikey.ListedApiKey.HashedWith;
import io.apiguard.authn.apikey.ListedApiKey.State;
import io.apiguard.http.AddressBlock;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyAdminTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Instant NOW_MILLIS = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Secret OLD =
            new Secret(ApiKeys.SECRET_NAME, "v1", "1".repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    private static final Secret NEW =
            new Secret(ApiKeys.SECRET_NAME, "v2", "2".repeat(32).getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final ApiKeyRepository repository = InMemoryApiKeyRepository.ofAtMost(100);
    private final ApiKeys keys = keys(SecretSources.of(OLD));
    private final ApiKeyAdmin admin = ApiKeyAdmin.of(keys, repository);

    private ApiKeys keys(SecretSource secrets) {
        return ApiKeys.using(secrets, repository).withClock(now::get);
    }

    private State state(IssuedApiKey issued) {
        return admin.find(issued.stored().id()).orElseThrow().state();
    }

    @Test
    void issue_grant_isStoredAndVerifies() {
        IssuedApiKey issued = admin.issue(ApiKeyGrant.to("job"));
        assertThat(issued.stored().createdAt()).isEqualTo(NOW_MILLIS);
        assertThat(repository.find(issued.stored().id())).contains(issued.stored());
        assertThat(keys.verify(issued.key())).isInstanceOfSatisfying(ApiKeyResult.Valid.class, valid -> assertThat(
                        valid.identity().issuedAt())
                .contains(NOW_MILLIS));
        assertThat(state(issued)).isEqualTo(State.ACTIVE);
    }

    @Test
    void rotate_withOverlap_bothAreGoodUntilItsEnd() {
        IssuedApiKey old = admin.issue(ApiKeyGrant.to("job")
                .withScopes("a")
                .onlyFrom(AddressBlock.parse("10.0.0.0/8"))
                .until(NOW.plus(Duration.ofDays(30))));
        IssuedApiKey next = admin.rotate(old.stored().id(), DAY);
        assertThat(next.stored().grant()).isEqualTo(old.stored().grant());
        ApiKeyRecord replaced = repository.find(old.stored().id()).orElseThrow();
        assertThat(replaced.replacedBy()).isEqualTo(next.stored().id());
        assertThat(replaced.grant().expiresAt()).isEqualTo(NOW_MILLIS.plus(DAY));
        assertThat(state(old)).isEqualTo(State.REPLACED);
        now.set(NOW_MILLIS.plus(DAY).minusNanos(1));
        assertThat(reason(old)).isEqualTo(ApiKeyResult.Reason.ADDRESS);
        now.set(NOW_MILLIS.plus(DAY));
        assertThat(reason(old)).isEqualTo(ApiKeyResult.Reason.EXPIRED);
        assertThat(reason(next)).isEqualTo(ApiKeyResult.Reason.ADDRESS);
        assertThat(state(old)).isEqualTo(State.EXPIRED);
    }

    private ApiKeyResult.Reason reason(IssuedApiKey issued) {
        return ((ApiKeyResult.Invalid) keys.verify(issued.key())).reason();
    }

    @Test
    void rotate_keyThatEndsSooner_keepsItsEnd() {
        Instant end = NOW.plusSeconds(60);
        IssuedApiKey old = admin.issue(ApiKeyGrant.to("job").until(end));
        IssuedApiKey next = admin.rotate(old.stored().id(), DAY, NOW.plus(DAY));
        assertThat(repository.find(old.stored().id()).orElseThrow().grant().expiresAt())
                .isEqualTo(end);
        assertThat(next.stored().grant().expiresAt()).isEqualTo(NOW.plus(DAY));
    }

    @Test
    void rotate_withoutOverlap_endsTheOldOneNow() {
        IssuedApiKey old = admin.issue(ApiKeyGrant.to("job"));
        IssuedApiKey next = admin.rotate(old.stored().id(), Duration.ZERO);
        assertThat(reason(old)).isEqualTo(ApiKeyResult.Reason.EXPIRED);
        assertThat(keys.verify(next.key())).isInstanceOf(ApiKeyResult.Valid.class);
    }

    @Test
    void rotate_keyThatIsNotActive_isRefusedAndIssuesNothing() {
        IssuedApiKey replaced = admin.issue(ApiKeyGrant.to("job"));
        admin.rotate(replaced.stored().id(), DAY);
        IssuedApiKey revoked = admin.issue(ApiKeyGrant.to("job"));
        admin.revoke(revoked.stored().id());
        IssuedApiKey disabled = admin.issue(ApiKeyGrant.to("job"));
        admin.disable(disabled.stored().id());
        IssuedApiKey expired = admin.issue(ApiKeyGrant.to("job").until(NOW));
        int before = admin.list("", 100).size();
        for (IssuedApiKey one : List.of(replaced, revoked, disabled, expired)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> admin.rotate(one.stored().id(), DAY))
                    .withMessageContaining(one.stored().id());
        }
        assertThat(admin.list("", 100)).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "P366DT0.000000001S"})
    void rotate_overlapOutOfBounds_isRefused(Duration overlap) {
        String id = admin.issue(ApiKeyGrant.to("job")).stored().id();
        assertThatIllegalArgumentException().isThrownBy(() -> admin.rotate(id, overlap));
    }

    @Test
    void revoke_key_isFinal() {
        IssuedApiKey issued = admin.issue(ApiKeyGrant.to("job"));
        String id = issued.stored().id();
        assertThat(admin.revoke(id).revokedAt()).isEqualTo(NOW_MILLIS);
        now.set(NOW.plusSeconds(9));
        assertThat(admin.revoke(id).revokedAt()).isEqualTo(NOW_MILLIS);
        assertThat(reason(issued)).isEqualTo(ApiKeyResult.Reason.REVOKED);
        assertThatIllegalStateException().isThrownBy(() -> admin.enable(id));
        assertThatIllegalStateException().isThrownBy(() -> admin.disable(id));
        assertThat(state(issued)).isEqualTo(State.REVOKED);
    }

    @Test
    void disable_key_canBeEnabledAgain() {
        IssuedApiKey issued = admin.issue(ApiKeyGrant.to("job"));
        String id = issued.stored().id();
        ApiKeyRecord disabled = admin.disable(id);
        assertThat(repository.find(id)).contains(disabled);
        assertThat(admin.disable(id)).isEqualTo(disabled);
        assertThat(reason(issued)).isEqualTo(ApiKeyResult.Reason.DISABLED);
        assertThat(state(issued)).isEqualTo(State.DISABLED);
        admin.enable(id);
        assertThat(keys.verify(issued.key())).isInstanceOf(ApiKeyResult.Valid.class);
    }

    @Test
    void change_unknownId_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> admin.revoke("none"));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.enable("none"));
        assertThatIllegalArgumentException().isThrownBy(() -> admin.rotate("none", DAY));
        assertThat(admin.find("none")).isEmpty();
    }

    @Test
    void list_afterRotationOfTheSecret_tellsWhichKeysHoldTheOldOne() {
        String old = admin.issue(ApiKeyGrant.to("job")).stored().id();
        ApiKeyAdmin rotated = ApiKeyAdmin.of(keys(SecretSources.of(NEW, OLD)), repository);
        String fresh = rotated.rotate(old, DAY).stored().id();
        assertThat(rotated.find(old).orElseThrow().hashedWith()).isEqualTo(HashedWith.OLDER);
        assertThat(rotated.find(fresh).orElseThrow().hashedWith()).isEqualTo(HashedWith.CURRENT);
        ApiKeyAdmin late = ApiKeyAdmin.of(keys(SecretSources.of(NEW)), repository);
        assertThat(late.list("", 10))
                .extracting(ListedApiKey::hashedWith)
                .containsExactlyInAnyOrder(HashedWith.GONE, HashedWith.CURRENT);
    }
}
