package io.apiguard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.Admitted;
import io.apiguard.Received;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Contender.class)
    void contenders_goodTokenAndOneOfAnotherKey_takeTheFirstAndRefuseTheSecond(Contender contender) throws Exception {
        for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
            if (contender == Contender.SPRING && algorithm == TokenAlgorithm.ED25519) {
                continue;
            }
            SignedToken token = SignedToken.issueWithFixedKey(algorithm);
            TokenCheck check = contender.of(token);

            assertThat(check.verify(token.text())).as(algorithm.id()).isNotNull();
            if (!contender.name().startsWith("JCA")) {
                assertThatThrownBy(
                                () -> check.verify(SignedToken.issue(algorithm).text()))
                        .as(algorithm.id())
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CryptoProvider.class)
    void credentials_goodOnes_areTaken(CryptoProvider provider) {
        CredentialVerificationBenchmark credentials = new CredentialVerificationBenchmark();
        CredentialVerificationBenchmark.Proof proof = new CredentialVerificationBenchmark.Proof();
        proof.provider = provider;
        proof.prepare();

        for (int time = 0; time < 2; time++) {
            assertThat(credentials.dpopProof(proof)).isNotNull();
        }
        assertThat(credentials.signedRequest(new CredentialVerificationBenchmark.Message()))
                .isNotNull();
        assertThat(credentials.apiKey(new CredentialVerificationBenchmark.Key()))
                .isNotNull();
        assertThat(credentials.cachedToken(new CredentialVerificationBenchmark.Known()))
                .isNotNull();
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
