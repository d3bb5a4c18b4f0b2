package io.apiguard.authn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is its own; what every repository does is in the contract, which the JDBC extension runs for both. */
class InMemoryApiKeyRepositoryTest {

    private final ApiKeyRepository repository = InMemoryApiKeyRepository.ofAtMost(2);

    private static ApiKeyRecord record(String id) {
        return new ApiKeyRecord(id, "0".repeat(64), "v1", ApiKeyGrant.to("job"), true);
    }

    @Test
    void insert_moreThanTheMaximum_isRefused() {
        repository.insert(record("a"));
        repository.insert(record("b"));
        assertThat(repository.insert(record("b"))).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> repository.insert(record("c")));
        assertThatIllegalStateException()
                .isThrownBy(() -> repository.rotate(record("a"), record("a").disabled(), record("c")));
        assertThat(repository.find("a")).contains(record("a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000_001})
    void ofAtMost_outOfBounds_isRefused(int maximum) {
        assertThatIllegalArgumentException().isThrownBy(() -> InMemoryApiKeyRepository.ofAtMost(maximum));
    }
}
