package io.apiguard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.Admitted;
import io.apiguard.Received;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The benchmarks measure what they say, so that nobody quotes the time of a refusal. */
class BenchmarksTest {

    private final GateBenchmark gates = new GateBenchmark();

    @BeforeEach
    void prepare() {
        gates.prepare();
    }

    @AfterEach
    void close() {
        gates.close();
    }

    @Test
    void gates_knownAndUnknownToken_letTheRequestIn() {
        assertThat(((Received) gates.guardCachedToken()).admitted())
                .map(Admitted::isPermitted)
                .contains(true);
        assertThat(((Received) gates.guardUncachedToken()).admitted())
                .map(Admitted::isPermitted)
                .contains(true);
        assertThat(((Received) gates.gate1CachedToken()).answer()).isEmpty();
    }

    @Test
    void floors_sameToken_findItGood() throws GeneralSecurityException {
        assertThat(gates.floorRs256Verify()).isTrue();
        assertThat(gates.floorCacheByTokenText()).isNotNull();
    }

    @Test
    void json_twoKilobytes_isMaskedValidAndCopied() {
        JsonBenchmark json = new JsonBenchmark();
        json.bytes = 2048;
        json.prepare();

        assertThat(new String(json.guardRedact(), StandardCharsets.UTF_8))
                .contains("\"***")
                .doesNotContain("@example.com");
        assertThat(json.peerJacksonCopy()).hasSizeBetween(1800, 2400);
        assertThat(json.floorJacksonParse()).isGreaterThan(100);
    }
}
