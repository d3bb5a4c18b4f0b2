package io.apiguard.authn.mtls;

import static io.apiguard.authn.mtls.TestCertificate.NOW;
import static io.apiguard.authn.mtls.TestCertificate.authority;
import static io.apiguard.authn.mtls.TestCertificate.certificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import io.apiguard.authn.mtls.CheckedChains.Checked;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckedChainsTest {

    private static final X509Certificate ROOT = authority("root").certificate();
    private static final X509Certificate LEAF = certificate().selfSigned().certificate();
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Instant LATER = NOW.plusSeconds(3600);

    private final CheckedChains chains = new CheckedChains(10, TTL);
    private int checks;

    private VerifiedCertificate get(CheckedChains by, Instant now, Instant lastGood, X509Certificate... chain) {
        return by.get(List.of(chain), now, () -> {
            checks++;
            return new Checked(new VerifiedCertificate(chain[0], "thumbprint", null), now, lastGood);
        });
    }

    private void get(Instant now, X509Certificate... chain) {
        get(chains, now, LATER, chain);
    }

    @Test
    void get_knownChain_isNotCheckedAgain() {
        VerifiedCertificate first = get(chains, NOW, LATER, LEAF);
        assertThat(get(chains, NOW, LATER, LEAF)).isSameAs(first);
        assertThat(checks).isOne();
    }

    @Test
    void get_atTheEndOfItsTime_isCheckedAgain() {
        get(NOW, LEAF);
        get(NOW.plus(TTL).minusNanos(1), LEAF);
        assertThat(checks).isOne();
        get(NOW.plus(TTL), LEAF);
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void get_pastTheEndOfACertificate_isCheckedAgain() {
        Instant end = NOW.plusSeconds(10);
        get(chains, NOW, end, LEAF);
        get(chains, end, end, LEAF);
        assertThat(checks).isOne();
        get(chains, end.plusNanos(1), end, LEAF);
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void get_clockSetBack_isCheckedAgain() {
        get(NOW, LEAF);
        get(NOW.minusNanos(1), LEAF);
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void get_otherChain_isCheckedForItself() {
        get(NOW, LEAF);
        get(NOW, LEAF, ROOT);
        get(NOW, ROOT, LEAF);
        get(NOW, ROOT);
        assertThat(checks).isEqualTo(4);
    }

    @Test
    void get_refusedChain_isNotRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> chains.get(List.of(LEAF), NOW, () -> {
                        checks++;
                        throw new RefusedCertificate(Reason.CHAIN, "leads nowhere");
                    }))
                    .isInstanceOf(RefusedCertificate.class);
        }
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void get_withoutRoom_isCheckedAlways() {
        CheckedChains none = new CheckedChains(0, TTL);
        get(none, NOW, LATER, LEAF);
        get(none, NOW, LATER, LEAF);
        assertThat(checks).isEqualTo(2);
    }

    @Test
    void get_nineCertificates_areNotEvenDigested() {
        X509Certificate[] chain = Collections.nCopies(9, LEAF).toArray(X509Certificate[]::new);
        assertThatThrownBy(() -> get(NOW, chain))
                .isInstanceOfSatisfying(RefusedCertificate.class, refused -> assertThat(
                                refused.result().reason())
                        .isEqualTo(Reason.TOO_LARGE));
        assertThat(checks).isZero();
    }
}
