package io.apiguard.authn.dpop;

import static io.apiguard.authn.dpop.Proofs.KEY;
import static io.apiguard.authn.dpop.Proofs.NOW;
import static io.apiguard.authn.dpop.Proofs.TOKEN;
import static io.apiguard.authn.dpop.Proofs.proof;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authn.dpop.DpopResult.Reason;
import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.http.Arrival;
import io.apiguard.identity.Confirmation;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpopVerifierTest {

    private static final Arrival ARRIVAL = Proofs.arrival("https", "api.example.com");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final ReplayStore store = new InMemoryReplayStore(4, 3, now::get);
    private final DpopVerifier verifier = builder().build();

    private DpopVerifierBuilder builder() {
        return DpopVerifier.builder(store).clock(now::get);
    }

    private DpopResult verify(DpopVerifier by, String... proofs) {
        return by.verify(List.of(proofs), "GET", ARRIVAL, "/orders/1", TOKEN);
    }

    private @Nullable Reason reason(Proofs proof) {
        return reason(verify(verifier, proof.sign()));
    }

    private static @Nullable Reason reason(DpopResult result) {
        return result instanceof DpopResult.Invalid invalid ? invalid.reason() : null;
    }

    private DpopProof valid(DpopVerifier by, Proofs proof) {
        DpopResult result = verify(by, proof.sign());
        assertThat(result).isInstanceOf(DpopResult.Valid.class);
        return ((DpopResult.Valid) result).proof();
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void verify_goodProofOfEachAlgorithm_isValid(JwsAlgorithm algorithm) {
        DpopProof proof = valid(verifier, Proofs.by(TestKey.of("k", algorithm)));
        assertThat(proof.id()).isEqualTo("id-1");
        assertThat(proof.issuedAt()).isEqualTo(NOW);
        assertThat(proof.thumbprint()).hasSize(43);
        assertThat(proof).hasToString("DpopProof[" + proof.thumbprint() + "]");
    }

    @Test
    void verify_ed448_isValid() {
        valid(verifier, Proofs.by(TestKey.ed448("k")));
    }

    /** A key that is known is no proof: the second time each rule is looked at as the first time. */
    @Test
    void verify_keySeenBefore_isJudgedAnew() {
        String good = proof().sign();
        String other = proof().claim("jti", "\"id-2\"").sign();
        DpopProof first = valid(verifier, proof());
        for (int time = 0; time < 2; time++) {
            String forged = good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
            assertThat(reason(verify(verifier, forged))).isEqualTo(Reason.SIGNATURE);
            assertThat(reason(proof().claim("htm", "\"POST\""))).isEqualTo(Reason.METHOD);
            assertThat(valid(verifier, proof()).thumbprint()).isEqualTo(first.thumbprint());
        }
        DpopVerifier narrow = builder().algorithms("PS512").build();
        assertThat(reason(verify(narrow, good))).isEqualTo(Reason.ALGORITHM);
        assertThat(reason(verify(narrow, good))).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void verify_anotherKeyInBetween_isNotMixedUp() {
        Proofs one = Proofs.by(TestKey.of("a", JwsAlgorithm.ES256));
        Proofs other = Proofs.by(TestKey.of("b", JwsAlgorithm.ES256));
        String print = valid(verifier, one).thumbprint();
        String otherPrint = valid(verifier, other).thumbprint();
        assertThat(print).isNotEqualTo(otherPrint);
        assertThat(valid(verifier, one).thumbprint()).isEqualTo(print);
        assertThat(valid(verifier, other).thumbprint()).isEqualTo(otherPrint);
    }

    @Test
    void verify_noField_isMissing() {
        assertThat(reason(verify(verifier))).isEqualTo(Reason.MISSING);
    }

    @Test
    void verify_twoFields_isSeveral() {
        String proof = proof().sign();
        assertThat(reason(verify(verifier, proof, proof))).isEqualTo(Reason.SEVERAL);
    }

    @Test
    void verify_twoProofsInOneField_isMalformed() {
        String proof = proof().sign();
        assertThat(reason(verify(verifier, proof + ", " + proof))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void verify_length_isBounded() {
        String proof = proof().claim("more", "\"" + "x".repeat(300) + "\"").sign();
        assertThat(reason(verify(builder().maximumLength(proof.length()).build(), proof)))
                .isNull();
        assertThat(reason(verify(builder().maximumLength(proof.length() - 1).build(), proof)))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"jwt\"", "\"at+jwt\"", "\"DPoP+JWT\"", "\"application/dpop+jwt\"", "7", "null"})
    void verify_otherType_isRefused(String type) {
        assertThat(reason(proof().header("typ", type))).isEqualTo(Reason.TYPE);
        assertThat(reason(proof().header("typ", null))).isEqualTo(Reason.TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "NONE", "HS256", "HS512", "es256", "ES256K", "RS256", "ES384", "EdDSA"})
    void verify_otherAlgorithm_isRefused(String algorithm) {
        assertThat(reason(proof().header("alg", "\"" + algorithm + "\""))).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void verify_algorithmNotPermitted_isRefused() {
        DpopVerifier edwardsOnly = builder().algorithms("EdDSA").build();
        assertThat(reason(verify(edwardsOnly, proof().sign()))).isEqualTo(Reason.ALGORITHM);
        assertThat(edwardsOnly.algorithms()).containsExactly("EdDSA");
        valid(edwardsOnly, Proofs.by(TestKey.of("k", JwsAlgorithm.EDDSA)));
    }

    @Test
    void verify_noKey_isRefused() {
        assertThat(reason(proof().header("jwk", null))).isEqualTo(Reason.KEY);
        assertThat(reason(proof().header("jwk", "\"text\""))).isEqualTo(Reason.KEY);
        assertThat(reason(proof().header("jwk", "{}"))).isEqualTo(Reason.KEY);
        assertThat(reason(proof().header("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}")))
                .isEqualTo(Reason.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void verify_keyWithPrivateMember_isRefused(String member) {
        String jwk = "{" + KEY.members() + ",\"" + member + "\":\"AQAB\"}";
        assertThat(reason(proof().header("jwk", jwk))).isEqualTo(Reason.KEY);
    }

    @Test
    void verify_keyForAnotherPurpose_isRefused() {
        assertThat(reason(proof().header("jwk", "{" + KEY.members() + ",\"use\":\"enc\"}")))
                .isEqualTo(Reason.KEY);
        assertThat(reason(proof().header("jwk", "{" + KEY.members() + ",\"alg\":\"ES384\"}")))
                .isEqualTo(Reason.KEY);
    }

    @Test
    void verify_weakKey_isRefused() {
        assertThat(reason(Proofs.by(TestKey.rsa("k", 1024, 65537)))).isEqualTo(Reason.KEY);
    }

    @Test
    void verify_criticalExtension_isRefused() {
        assertThat(reason(proof().header("crit", "[\"exp\"]"))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void verify_signatureOfAnotherKey_isRefused() {
        TestKey other = TestKey.of("k2", JwsAlgorithm.ES256);
        assertThat(reason(proof().header("jwk", "{" + other.members() + "}"))).isEqualTo(Reason.SIGNATURE);
        String zeros = Base64Url.encode(new byte[64]);
        String proof = proof().sign();
        assertThat(reason(verify(verifier, proof.substring(0, proof.lastIndexOf('.') + 1) + zeros)))
                .isEqualTo(Reason.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jti", "htm", "htu", "iat"})
    void verify_claimMissingOrOfWrongType_isRefused(String claim) {
        assertThat(reason(proof().claim(claim, null))).isEqualTo(Reason.CLAIM);
        assertThat(reason(proof().claim(claim, "null"))).isEqualTo(Reason.CLAIM);
        assertThat(reason(proof().claim(claim, "[\"GET\"]"))).isEqualTo(Reason.CLAIM);
        assertThat(reason(proof().claim(claim, "true"))).isEqualTo(Reason.CLAIM);
    }

    @Test
    void verify_id_isBounded() {
        assertThat(reason(proof().claim("jti", "\"" + "x".repeat(256) + "\""))).isNull();
        assertThat(reason(proof().claim("jti", "\"" + "x".repeat(257) + "\""))).isEqualTo(Reason.CLAIM);
        assertThat(reason(proof().claim("jti", "\" \""))).isEqualTo(Reason.CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "get", "GET ", ""})
    void verify_otherMethod_isRefused(String method) {
        assertThat(reason(proof().claim("htm", "\"" + method + "\""))).isEqualTo(Reason.METHOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://API.example.COM:443/orders/1",
                "https://api.example.com/orders/1?x=1",
                "https://api.example.com/orders/1#f",
                "https://api.example.com/%6frders/%31",
                "https://api.example.com/a/../orders/./1"
            })
    void verify_equivalentUri_isValid(String uri) {
        assertThat(reason(proof().claim("htu", "\"" + uri + "\""))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/orders/1",
                "https://api.example.com:8443/orders/1",
                "https://api.example.com:80/orders/1",
                "https://other.example.com/orders/1",
                "https://api.example.com.evil.org/orders/1",
                "https://api.example.com@evil.org/orders/1",
                "https://u@api.example.com/orders/1",
                "https://api.example.com/orders/1/",
                "https://api.example.com/Orders/1",
                "https://api.example.com/orders",
                "https://api.example.com/orders%2F1",
                "https://api.example.com//orders/1",
                "https://api.example.com",
                "//api.example.com/orders/1",
                "/orders/1",
                "https:/orders/1",
                ""
            })
    void verify_otherUri_isRefused(String uri) {
        assertThat(reason(proof().claim("htu", "\"" + uri + "\""))).isEqualTo(Reason.URI);
    }

    @ParameterizedTest
    @CsvSource({
        "https, api.example.com:443, https://api.example.com/orders/1",
        "https, api.example.com:8443, https://api.example.com:8443/orders/1",
        "http, localhost:80, http://localhost/orders/1",
        "https, [2001:db8::1], https://[2001:DB8:0:0::1]/orders/1"
    })
    void verify_authorityOfTheRequest_decides(String scheme, String authority, String uri) {
        String proof = proof().claim("htu", "\"" + uri + "\"").sign();
        DpopResult result =
                verifier.verify(List.of(proof), "GET", Proofs.arrival(scheme, authority), "/orders/1", TOKEN);
        assertThat(reason(result)).isNull();
    }

    @Test
    void verify_escapedPathOfTheRequest_isNormalisedToo() {
        String proof =
                proof().claim("htu", "\"https://api.example.com/caf%c3%a9\"").sign();
        assertThat(reason(verifier.verify(List.of(proof), "GET", ARRIVAL, "/caf%C3%A9", TOKEN)))
                .isNull();
    }

    @Test
    void verify_otherToken_isRefused() {
        assertThat(reason(proof().claim("ath", null))).isEqualTo(Reason.TOKEN);
        assertThat(reason(proof().claim("ath", "\"\""))).isEqualTo(Reason.TOKEN);
        assertThat(reason(proof().claim("ath", "\"" + Proofs.hash("other") + "\"")))
                .isEqualTo(Reason.TOKEN);
        assertThat(reason(proof().claim("ath", "7"))).isEqualTo(Reason.CLAIM);
    }

    @ParameterizedTest
    @CsvSource({"59.999, true", "60, false", "61, false", "-10, true", "-10.001, false"})
    void verify_age_isBounded(String seconds, boolean right) {
        now.set(NOW.plusMillis((long) (Double.parseDouble(seconds) * 1000)));
        Reason expected = seconds.startsWith("-") ? Reason.NOT_YET_VALID : Reason.EXPIRED;
        assertThat(reason(proof())).isEqualTo(right ? null : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e300", "99999999999999999999", "253402300800"})
    void verify_timeOutOfRange_isRefused(String iat) {
        assertThat(reason(proof().claim("iat", iat))).isEqualTo(Reason.CLAIM);
    }

    @Test
    void verify_fractionOfSecond_isDropped() {
        assertThat(reason(proof().claim("iat", NOW.getEpochSecond() + ".75"))).isNull();
    }

    @Test
    void verify_refusal_holdsNoPartOfTheProof() {
        String proof = proof().claim("htu", "\"https://secret.example.org/\"").sign();
        assertThat(verify(verifier, proof).toString())
                .doesNotContain("secret.example.org")
                .doesNotContain(proof);
    }

    // nonces

    private static SecretSource secrets(String... keyIds) {
        return SecretSources.of(java.util.Arrays.stream(keyIds)
                .map(id -> new Secret("dpop-nonce", id, java.util.Arrays.copyOf(id.getBytes(), 32)))
                .toArray(Secret[]::new));
    }

    private DpopVerifier asking(NonceMode mode, String... keyIds) {
        return builder().nonces(mode, secrets(keyIds)).build();
    }

    private static Proofs withNonce(String nonce) {
        return proof().claim("nonce", "\"" + nonce + "\"");
    }

    @Test
    void verify_withoutDemandedNonce_isSentForOne() {
        DpopVerifier required = asking(NonceMode.REQUIRED, "v1");
        DpopResult result = verify(required, proof().sign());
        assertThat(result)
                .isEqualTo(new DpopResult.NonceRequired(required.currentNonce().orElseThrow()));
        valid(required, withNonce(((DpopResult.NonceRequired) result).nonce()));
    }

    @Test
    void verify_withoutOptionalNonce_isValidButNotWithAWrongOne() {
        DpopVerifier optional = asking(NonceMode.OPTIONAL, "v1");
        valid(optional, proof());
        valid(optional, withNonce(optional.currentNonce().orElseThrow()));
        assertThat(verify(optional, withNonce("made-up").sign())).isInstanceOf(DpopResult.NonceRequired.class);
    }

    @Test
    void verify_noncesOff_areNotLookedAt() {
        valid(verifier, withNonce("made-up"));
        assertThat(verifier.currentNonce()).isEmpty();
    }

    @Test
    void verify_nonceOfThePreviousSlot_isValidAndOfTheOneBeforeIsNot() {
        DpopVerifier required = asking(NonceMode.REQUIRED, "v1");
        now.set(Instant.ofEpochSecond(1_750_000_200)); // the start of a slot of 300 s
        String nonce = required.currentNonce().orElseThrow();
        now.set(now.get().plusSeconds(599));
        Proofs later = withNonce(nonce).claim("iat", String.valueOf(now.get().getEpochSecond()));
        valid(required, later);
        assertThat(required.currentNonce().orElseThrow()).isNotEqualTo(nonce);
        now.set(now.get().plusSeconds(1));
        assertThat(verify(required, later.sign())).isInstanceOf(DpopResult.NonceRequired.class);
    }

    @Test
    void verify_nonceOfAnotherInstanceOrAnOlderSecret_isValid() {
        String nonce = asking(NonceMode.REQUIRED, "v1").currentNonce().orElseThrow();
        valid(asking(NonceMode.REQUIRED, "v1"), withNonce(nonce));
        valid(asking(NonceMode.REQUIRED, "v2", "v1"), withNonce(nonce));
        assertThat(verify(asking(NonceMode.REQUIRED, "v2"), withNonce(nonce).sign()))
                .isInstanceOf(DpopResult.NonceRequired.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "djE.", "djE.AAAA", ".AAAA", "a b.c", "djE.AAAAAAAAAAAAAAAAAAAAAA", "x.y.z"})
    void verify_madeUpNonce_isSentForAnother(String nonce) {
        assertThat(verify(asking(NonceMode.REQUIRED, "v1"), withNonce(nonce).sign()))
                .isInstanceOf(DpopResult.NonceRequired.class);
    }

    @Test
    void verify_nonceOfWrongType_isRefused() {
        assertThat(reason(verify(
                        asking(NonceMode.REQUIRED, "v1"),
                        proof().claim("nonce", "7").sign())))
                .isEqualTo(Reason.CLAIM);
    }

    @Test
    void verify_badProofWithoutNonce_isRefusedRatherThanSentForOne() {
        assertThat(reason(verify(
                        asking(NonceMode.REQUIRED, "v1"),
                        proof().claim("htm", "\"PUT\"").sign())))
                .isEqualTo(Reason.METHOD);
    }

    @Test
    void currentNonce_syntax_isThatOfTheField() {
        assertThat(asking(NonceMode.REQUIRED, "v\"1 ü").currentNonce().orElseThrow())
                .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{22}");
    }

    // confirmation

    private DpopConfirmation confirm(Proofs proof) {
        DpopProof valid = valid(verifier, proof);
        return verifier.confirm(valid, new Confirmation(valid.thumbprint(), null));
    }

    @Test
    void confirm_keyOfTheToken_isAcceptedOnce() {
        assertThat(confirm(proof())).isInstanceOf(DpopConfirmation.Accepted.class);
        assertThat(confirm(proof()))
                .isInstanceOfSatisfying(DpopConfirmation.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(DpopConfirmation.Reason.REPLAYED));
        assertThat(DpopConfirmation.Reason.REPLAYED.code()).isEqualTo("dpop.replayed");
    }

    @Test
    void confirm_anotherKeyOrACertificate_isRefusedAndNotRemembered() {
        DpopProof valid = valid(verifier, proof());
        for (Confirmation other :
                List.of(new Confirmation("x".repeat(43), null), new Confirmation(null, valid.thumbprint()))) {
            assertThat(verifier.confirm(valid, other))
                    .isInstanceOfSatisfying(DpopConfirmation.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(DpopConfirmation.Reason.KEY_MISMATCH));
        }
        assertThat(confirm(proof())).isInstanceOf(DpopConfirmation.Accepted.class);
    }

    @Test
    void verify_aThousandProofs_fillNothing() {
        for (int i = 0; i < 50; i++) {
            valid(verifier, proof().claim("jti", "\"" + i + "\""));
        }
        assertThat(((InMemoryReplayStore) store).size()).isZero();
    }

    @Test
    void confirm_overQuotaOfTheToken_isRefused() {
        for (int i = 0; i < 3; i++) {
            assertThat(confirm(proof().claim("jti", "\"" + i + "\""))).isInstanceOf(DpopConfirmation.Accepted.class);
        }
        assertThat(confirm(proof()))
                .isInstanceOfSatisfying(DpopConfirmation.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(DpopConfirmation.Reason.OVER_QUOTA));
    }

    @Test
    void confirm_storeFull_isUnavailable() {
        for (int i = 0; i < 4; i++) {
            store.use("other " + i, "1", NOW.plusSeconds(60));
        }
        assertThat(confirm(proof())).isInstanceOfSatisfying(DpopConfirmation.Unavailable.class, full -> {
            assertThat(full.reason()).isEqualTo(DpopConfirmation.Reason.STORE_FULL);
            assertThat(full.retryAfter()).isPositive();
        });
    }

    @Test
    void confirm_storeThrows_isUnavailable() {
        ReplayStore broken = (owner, value, until) -> {
            throw new IllegalStateException("down");
        };
        DpopVerifier failing = DpopVerifier.builder(broken).clock(now::get).build();
        DpopProof valid = valid(failing, proof());
        assertThat(failing.confirm(valid, new Confirmation(valid.thumbprint(), null)))
                .isInstanceOfSatisfying(
                        DpopConfirmation.Unavailable.class, unavailable -> assertThat(unavailable.reason())
                                .isEqualTo(DpopConfirmation.Reason.STORE_UNAVAILABLE));
    }

    @Test
    void confirm_afterItsTime_isRefused() {
        DpopProof valid = valid(verifier, proof());
        now.set(NOW.plusSeconds(60));
        assertThat(verifier.confirm(valid, new Confirmation(valid.thumbprint(), null)))
                .isInstanceOf(DpopConfirmation.Refused.class);
    }

    @Test
    void build_settingsBeyondBounds_throw() {
        assertThatThrownBy(() -> builder().algorithms("none")).hasMessageContaining("cannot be permitted");
        assertThatThrownBy(() -> builder().algorithms("HS256")).hasMessageContaining("cannot be permitted");
        assertThatThrownBy(() -> builder().algorithms().build()).hasMessageContaining("algorithms");
        assertThatThrownBy(() -> builder().maximumAge(Duration.ZERO).build()).hasMessageContaining("maximumAge");
        assertThatThrownBy(() -> builder().maximumAge(Duration.ofMinutes(11)).build())
                .hasMessageContaining("maximumAge");
        assertThatThrownBy(() -> builder().futureSkew(Duration.ofSeconds(61)).build())
                .hasMessageContaining("futureSkew");
        assertThatThrownBy(() -> builder().nonceSlot(Duration.ofSeconds(9)).build())
                .hasMessageContaining("nonceSlot");
        assertThatThrownBy(() -> builder().maximumLength(511).build()).hasMessageContaining("maximumLength");
        assertThatThrownBy(() ->
                        builder().nonces(NonceMode.REQUIRED, SecretSources.of()).build())
                .hasMessageContaining("dpop-nonce");
    }

    @Test
    void currentNonce_secretGoneOrOutOfReach_isNone() {
        AtomicBoolean fails = new AtomicBoolean();
        AtomicReference<SecretSource> source = new AtomicReference<>(secrets("v1"));
        DpopVerifier verifier = builder()
                .nonces(NonceMode.OPTIONAL, new SecretSource() {
                    @Override
                    public Optional<Secret> current(String name) {
                        if (fails.get()) {
                            throw new IllegalStateException("out of reach");
                        }
                        return source.get().current(name);
                    }

                    @Override
                    public Optional<Secret> version(String name, String keyId) {
                        return source.get().version(name, keyId);
                    }
                })
                .build();

        assertThat(verifier.currentNonce()).isPresent();
        source.set(SecretSources.of());
        assertThat(verifier.currentNonce()).isEmpty();
        fails.set(true);
        assertThat(verifier.currentNonce()).isEmpty();
    }

    @Test
    void verify_nonceOfAnInstanceWhoseClockIsAhead_isValid() {
        AtomicReference<Instant> time =
                new AtomicReference<>(Instant.ofEpochSecond(1_749_999_900)); // where a slot begins
        DpopVerifier ahead = builder()
                .nonces(NonceMode.REQUIRED, secrets("v1"))
                .clock(time::get)
                .build();
        DpopVerifier behind = builder()
                .nonces(NonceMode.REQUIRED, secrets("v1"))
                .clock(() -> time.get().minusSeconds(2))
                .build();
        String nonce = ahead.currentNonce().orElseThrow();
        String proof = proof().claim("nonce", '"' + nonce + '"')
                .claim("iat", String.valueOf(time.get().getEpochSecond()))
                .sign();

        assertThat(behind.currentNonce().orElseThrow()).isNotEqualTo(nonce);
        assertThat(behind.verify(List.of(proof), "GET", ARRIVAL, "/orders/1", Proofs.TOKEN))
                .isInstanceOf(DpopResult.Valid.class);
    }
}
