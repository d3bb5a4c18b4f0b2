package io.apiguard.authn.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.httpsig.HttpSignatureResult.Reason;
import io.apiguard.http.Header;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSignatureVerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final byte[] BODY = "{\"item\":1}".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair PAIR = pair(SignatureAlgorithm.ED25519);
    private static final SignerGrant SIGNER = new SignerGrant("partner", Set.of("orders"), Set.of("clerk"), "acme");
    private static final HttpSignatureKey KEY =
            HttpSignatureKey.of(SignatureAlgorithm.ED25519, PAIR.getPublic(), SIGNER);

    private final TestReplayStore store = new TestReplayStore();

    private static KeyPair pair(SignatureAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(
                    switch (algorithm) {
                        case ED25519 -> "Ed25519";
                        case ECDSA_P256_SHA256, ECDSA_P384_SHA384 -> "EC";
                        default -> "RSA";
                    });
            if (algorithm == SignatureAlgorithm.ECDSA_P256_SHA256) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else if (algorithm == SignatureAlgorithm.ECDSA_P384_SHA384) {
                generator.initialize(new ECGenParameterSpec("secp384r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpMessageSigner.Builder signer() {
        return HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "key-1")
                .clock(CLOCK);
    }

    private HttpSignatureVerifierBuilder verifier() {
        return HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("key-1", KEY)))
                .replayStore(store)
                .clock(CLOCK);
    }

    private static SignedRequest signed() {
        return post().signedBy(signer().build());
    }

    private static SignedRequest post() {
        return SignedRequest.post()
                .with("Content-Length", Integer.toString(BODY.length))
                .with(List.of(ContentDigest.of(BODY)));
    }

    private HttpSignatureResult verify(SignedRequest request) {
        return verifier().build().verify(request, SignedRequest.arrival());
    }

    private void assertRefused(SignedRequest request, Reason reason) {
        assertRefused(verify(request), reason);
        assertThat(store.used).isEmpty();
    }

    private static void assertRefused(HttpSignatureResult result, Reason reason) {
        assertThat(result).isInstanceOfSatisfying(HttpSignatureResult.Invalid.class, invalid -> {
            assertThat(invalid.reason()).as(invalid.detail()).isEqualTo(reason);
            assertThat(invalid.detail()).doesNotContain("partner").doesNotContain("orders");
        });
    }

    private static void assertValid(HttpSignatureResult result) {
        assertThat(result).isInstanceOf(HttpSignatureResult.Valid.class);
    }

    @Test
    void verify_wholeRequestSigned_isTheSigner() {
        HttpSignatureResult result = verify(signed());

        assertThat(result).isInstanceOfSatisfying(HttpSignatureResult.Valid.class, valid -> {
            VerifiedSignature signature = valid.signature();
            assertThat(signature.identity().subject()).isEqualTo("partner");
            assertThat(signature.identity().method()).isEqualTo(AuthenticationMethod.HTTP_SIGNATURE);
            assertThat(signature.identity().scopes()).containsExactly("orders");
            assertThat(signature.identity().roles()).containsExactly("clerk");
            assertThat(signature.identity().tenant()).contains("acme");
            assertThat(signature.identity().isSenderConstrained()).isTrue();
            assertThat(signature.keyId()).isEqualTo("key-1");
            assertThat(signature.label()).isEqualTo("sig");
            assertThat(signature.coversBody()).isTrue();
            assertThat(signature.covers("@method")).isTrue();
            assertThat(signature.covers("@status")).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void verify_everyAlgorithm_rightIsValidAndForeignIsWrong(SignatureAlgorithm algorithm) {
        byte[] secret = new byte[32];
        boolean shared = algorithm == SignatureAlgorithm.HMAC_SHA256;
        KeyPair pair = pair(algorithm);
        KeyPair other = pair(algorithm);
        HttpMessageSigner signer = (shared
                        ? HttpMessageSigner.ofSecretThatEveryVerifierCanSignWith(secret, "key-1")
                        : HttpMessageSigner.of(algorithm, pair.getPrivate(), "key-1"))
                .clock(CLOCK)
                .build();
        HttpSignatureKey right = shared
                ? HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(secret, SIGNER)
                : HttpSignatureKey.of(algorithm, pair.getPublic(), SIGNER);
        secret[0] = 1;
        HttpSignatureKey wrong = shared
                ? HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(secret, SIGNER)
                : HttpSignatureKey.of(algorithm, other.getPublic(), SIGNER);
        SignedRequest request = post().signedBy(signer);

        assertRefused(with(wrong).verify(request, SignedRequest.arrival()), Reason.SIGNATURE);
        assertValid(with(right).verify(request, SignedRequest.arrival()));
    }

    private HttpSignatureVerifier with(HttpSignatureKey key) {
        return HttpSignatureVerifier.withKeys(keyId -> Optional.of(key))
                .replayStore(store)
                .clock(CLOCK)
                .build();
    }

    @Test
    void verify_anythingSignedAltered_isWrong() {
        assertRefused(signed().method("PUT"), Reason.SIGNATURE);
        assertRefused(signed().target("/orders/1", "id=7"), Reason.SIGNATURE);
        assertRefused(signed().target("/orders", "id=8"), Reason.SIGNATURE);
        assertRefused(signed().target("/orders", null), Reason.SIGNATURE);
        assertRefused(signed().with(List.of(ContentDigest.of(new byte[0]))), Reason.SIGNATURE);
        assertRefused(signed().replacing("Signature-Input", ";alg=\"ed25519\"", ""), Reason.SIGNATURE);
        assertRefused(
                verifier().build().verify(signed(), SignedRequest.arrival(false, "api.example.com")), Reason.SIGNATURE);
        assertRefused(
                verifier().build().verify(signed(), SignedRequest.arrival(true, "evil.example.com")), Reason.SIGNATURE);
    }

    @Test
    void verify_defaultPortOrForeignCase_isTheSameAuthority() {
        assertValid(verifier().build().verify(signed(), SignedRequest.arrival(true, "API.example.com:443")));
        assertRefused(
                verifier().build().verify(signed(), SignedRequest.arrival(true, "api.example.com:80")),
                Reason.SIGNATURE);
    }

    @Test
    void verify_noSignature_isMissing() {
        assertRefused(post(), Reason.MISSING);
        assertRefused(signed().without("Signature"), Reason.MISSING);
        assertRefused(signed().without("Signature-Input"), Reason.MISSING);
        assertRefused(signed().replacing("Signature", "sig=", "other="), Reason.MISSING);
        assertThat(HttpSignatureVerifier.isPresented(post())).isFalse();
        assertThat(HttpSignatureVerifier.isPresented(signed().without("Signature")))
                .isTrue();
    }

    @Test
    void verify_lessCovered_isRefused() {
        for (List<String> covered : List.of(
                List.of("@target-uri", "content-digest"),
                List.of("@method", "content-digest"),
                List.of("@method", "@authority", "@path", "content-digest"),
                List.of("@method", "@path", "@query", "content-digest"),
                List.of("@method", "@target-uri"),
                List.of("@method", "@target-uri", "\"content-digest\";key=\"sha-256\""))) {
            HttpMessageSigner signer =
                    signer().covering(covered.toArray(String[]::new)).build();
            assertRefused(post().signedBy(signer), Reason.COMPONENTS);
        }
    }

    @Test
    void verify_otherWaysToCoverAll_areValid() {
        for (List<String> covered : List.of(
                List.of("@method", "@authority", "@path", "@query", "content-digest"),
                List.of("@method", "@authority", "@request-target", "content-digest"),
                List.of("@method", "@target-uri", "\"content-digest\";sf"),
                List.of("@method", "@target-uri", "\"content-digest\";bs", "@scheme"))) {
            HttpMessageSigner signer =
                    signer().covering(covered.toArray(String[]::new)).build();
            assertValid(verify(post().signedBy(signer)));
        }
    }

    @Test
    void verify_bodyWithoutDigest_isRefusedUnlessTheRequestSaysThereIsNone() {
        HttpMessageSigner signer = signer().build();
        assertRefused(SignedRequest.post().signedBy(signer), Reason.COMPONENTS);
        assertRefused(SignedRequest.get().with("Content-Length", "1").signedBy(signer), Reason.COMPONENTS);
        assertRefused(SignedRequest.get().with("Transfer-Encoding", "chunked").signedBy(signer), Reason.COMPONENTS);
        assertValid(verify(SignedRequest.post().with("Content-Length", "0").signedBy(signer)));
        assertThat(verify(SignedRequest.get().signedBy(signer)))
                .isInstanceOfSatisfying(
                        HttpSignatureResult.Valid.class,
                        valid -> assertThat(valid.signature().coversBody()).isFalse());
    }

    @Test
    void verify_moreDemanded_isRefusedUnlessCovered() {
        HttpSignatureVerifier verifier = verifier()
                .components(SignedComponents.wholeRequest().and("Date", "\"@query-param\";name=\"id\""))
                .build();
        SignedRequest request = post().with("Date", "Sun, 01 Mar 2026 12:00:00 GMT");
        HttpMessageSigner signer = signer().covering(
                        "@method", "@target-uri", "content-digest", "date", "\"@query-param\";name=\"id\"")
                .build();

        assertRefused(verifier.verify(request.signedBy(signer().build()), SignedRequest.arrival()), Reason.COMPONENTS);
        assertValid(verifier.verify(request.signedBy(signer), SignedRequest.arrival()));
    }

    @Test
    void verify_clockAtTheBoundaries_isTheWindowWithItsSkew() {
        SignedRequest request = signed(); // good for a minute
        assertRefused(at(request, NOW.minusSeconds(31)), Reason.NOT_YET_VALID);
        assertValid(at(request, NOW.minusSeconds(30)));
        store.used.clear();
        assertValid(at(request, NOW.plusSeconds(89)));
        assertRefused(at(request, NOW.plusSeconds(90)), Reason.EXPIRED);
    }

    @Test
    void verify_longLifetime_endsAtTheMaximumAge() {
        SignedRequest request =
                post().signedBy(signer().lifetime(Duration.ofDays(9)).build());
        assertValid(at(request, NOW.plusSeconds(329)));
        assertThat(store.used.values()).containsExactly(NOW.plusSeconds(330));
        assertRefused(at(request, NOW.plusSeconds(330)), Reason.EXPIRED);
    }

    private HttpSignatureResult at(SignedRequest request, Instant now) {
        return verifier().clock(InstantSource.fixed(now)).build().verify(request, SignedRequest.arrival());
    }

    @Test
    void verify_sameNonceTwice_isReplayed() {
        SignedRequest request = signed();
        assertValid(verify(request));
        assertRefused(verify(request), Reason.REPLAYED);
        assertValid(verify(signed()));
    }

    @Test
    void verify_signerOverQuota_isRefused() {
        store.answer = ReplayStore.Outcome.OVER_QUOTA;
        assertRefused(signed(), Reason.REPLAY_CAPACITY);
    }

    @Test
    void verify_storeFull_isUnavailable() {
        store.answer = ReplayStore.Outcome.FULL;
        assertThat(verify(signed())).isInstanceOf(HttpSignatureResult.Unavailable.class);
    }

    @Test
    void verify_storeOrKeysFail_isUnavailableAndSaysNothingOfThem() {
        store.broken = true;
        assertThat(verify(signed())).isInstanceOf(HttpSignatureResult.Unavailable.class);
        HttpSignatureVerifier verifier = HttpSignatureVerifier.withKeys(keyId -> {
                    throw new IllegalStateException("secret address");
                })
                .replayStore(new TestReplayStore())
                .clock(CLOCK)
                .build();
        assertThat(verifier.verify(signed(), SignedRequest.arrival()))
                .isInstanceOfSatisfying(HttpSignatureResult.Unavailable.class, unavailable -> {
                    assertThat(unavailable.detail()).doesNotContain("secret");
                    assertThat(unavailable.retryAfter()).isPositive();
                });
    }

    @Test
    void verify_unknownKeyOrForeignAlgorithm_isRefused() {
        HttpMessageSigner stranger = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "key-2")
                .clock(CLOCK)
                .build();
        assertRefused(post().signedBy(stranger), Reason.UNKNOWN_KEY);
        assertRefused(signed().replacing("Signature-Input", "ed25519", "hmac-sha256"), Reason.ALGORITHM);
    }

    @Test
    void verify_publicKeyAsSecret_isRefusedForItsAlgorithm() {
        HttpMessageSigner confused = HttpMessageSigner.ofSecretThatEveryVerifierCanSignWith(
                        PAIR.getPublic().getEncoded(), "key-1")
                .clock(CLOCK)
                .build();
        SignedRequest request = post().signedBy(confused);
        assertRefused(request, Reason.ALGORITHM);
        assertRefused(request.replacing("Signature-Input", ";alg=\"hmac-sha256\"", ""), Reason.SIGNATURE);
    }

    @Test
    void verify_parameterLacking_isRefused() {
        String created = ";created=" + NOW.getEpochSecond();
        assertRefused(signed().replacing("Signature-Input", created, ""), Reason.PARAMETERS);
        assertRefused(signed().replacing("Signature-Input", ";keyid=\"key-1\"", ""), Reason.PARAMETERS);
        assertRefused(signed().replacing("Signature-Input", ";nonce=", ";tag="), Reason.PARAMETERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sig=1",
                "sig=\"a\"",
                "sig=(@method)",
                "sig=(\"@method\" \"@method\")",
                "sig=(\"a\";sf;bs)",
                "sig=(\"a\";bs;key=\"x\")",
                "sig=(\"a\";foo)",
                "sig=(\"a\";sf=?0)",
                "sig=(\"a\";sf;sf)",
                "sig=(\"A\")",
                "sig=(\"\")",
                "sig=(\"a\";key=1)",
                "sig=(\"@method\";sf)",
                "sig=(\"@query-param\")",
                "sig=(\"@method\";name=\"a\")",
                "sig=();created=1.5",
                "sig=();created=-1",
                "sig=();created=\"1\"",
                "sig=();created=1;created=1",
                "sig=();expires=?1",
                "sig=();nonce=1",
                "sig=();nonce=\"\"",
                "sig=();keyid=key",
                "sig=();unknown=1",
                "sig=(), sig=()",
                "sig=(),",
                "sig=("
            })
    void verify_malformedInput_isRefused(String input) {
        SignedRequest request = post().with("Signature-Input", input).with("Signature", "sig=:AAAA:");
        assertRefused(request, Reason.MALFORMED);
    }

    @Test
    void verify_componentWithoutValue_isRefused() {
        String basis = "\"@method\" \"@target-uri\" \"content-digest\"";
        for (String component : List.of(
                "\"x-absent\"",
                "\"@status\"",
                "\"@nope\"",
                "\"@signature-params\"",
                "\"@method\";req",
                "\"content-digest\";tr",
                "\"content-digest\";key=\"sha-512\"",
                "\"content-length\";sf",
                "\"@query-param\";name=\"none\"")) {
            SignedRequest request = signed().replacing("Signature-Input", basis, basis + " " + component);
            assertRefused(request, Reason.MALFORMED);
        }
    }

    @Test
    void verify_foldedLineOrForeignCharacter_isRefused() {
        HttpMessageSigner signer = signer().covering("@method", "@target-uri", "content-digest", "x-note")
                .build();
        SignedRequest request = post().with("X-Note", "a b").signedBy(signer);
        assertValid(verify(request));
        store.used.clear();
        assertRefused(request.replacing("X-Note", "a b", "a\r\n b"), Reason.MALFORMED);
        assertRefused(request.replacing("X-Note", "a b", "a\n\"@method\": GET"), Reason.MALFORMED);
        assertRefused(request.replacing("X-Note", "a b", "a\u00e9b"), Reason.MALFORMED);
    }

    @Test
    void verify_queryParameterTwiceOrBroken_isRefused() {
        HttpMessageSigner signer = signer().covering(
                        "@method", "@target-uri", "content-digest", "\"@query-param\";name=\"id\"")
                .build();
        SignedRequest request = post().signedBy(signer);
        for (String query : List.of("id=7&id=7", "id=7&%69d=8", "id=%", "id=%zz", "id=%ff", "id=\u00e9")) {
            assertRefused(request.target("/orders", query), Reason.MALFORMED);
        }
    }

    @Test
    void verify_tooMuch_isRefused() {
        assertRefused(post().with("Signature-Input", "a".repeat(16 * 1024 + 1)), Reason.TOO_LARGE);
        SignedRequest many = post();
        for (int i = 0; i < 9; i++) {
            many = many.with("Signature-Input", "s" + i + "=()");
        }
        assertRefused(many, Reason.TOO_LARGE);
        String components = "\"a\";key=\"x\" ".repeat(65).strip();
        assertRefused(
                post().with("Signature-Input", "sig=(" + components + ")").with("Signature", "sig=:AAAA:"),
                Reason.MALFORMED);
    }

    @Test
    void verify_severalSignatures_labelOrTagSaysWhich() {
        SignedRequest request = post().signedBy(
                        signer().label("one").tag("first").build())
                .signedBy(signer().label("two").tag("second").build());

        assertRefused(request, Reason.AMBIGUOUS);
        assertValid(verifier().label("one").build().verify(request, SignedRequest.arrival()));
        assertValid(verifier().tag("second").build().verify(request, SignedRequest.arrival()));
        assertRefused(verifier().tag("third").build().verify(request, SignedRequest.arrival()), Reason.MISSING);
        assertRefused(
                verifier().label("one").tag("second").build().verify(request, SignedRequest.arrival()), Reason.MISSING);
        assertRefused(
                verifier()
                        .tag("first")
                        .build()
                        .verify(
                                request.signedBy(
                                        signer().label("x").tag("first").build()),
                                SignedRequest.arrival()),
                Reason.AMBIGUOUS);
    }

    @Test
    void verify_responseBoundToItsRequest_isValidForThatRequestOnly() {
        HttpMessage request = HttpMessage.received(signed(), SignedRequest.arrival());
        HttpMessage other = HttpMessage.received(signed(), SignedRequest.arrival());
        HttpMessageSigner signer =
                signer().covering("@status", "\"signature\";req;key=\"sig\"").build();
        List<Header> fields = signer.sign(HttpMessage.response(200, List.of(), request));
        HttpSignatureVerifier verifier =
                verifier().components(SignedComponents.onlyThese("@status")).build();

        assertValid(verifier.verify(HttpMessage.response(200, fields, request)));
        assertRefused(verifier.verify(HttpMessage.response(200, fields, other)), Reason.SIGNATURE);
        assertRefused(verifier.verify(HttpMessage.response(201, fields, request)), Reason.SIGNATURE);
        assertRefused(verifier.verify(HttpMessage.response(200, fields, null)), Reason.MALFORMED);
    }

    @Test
    void verify_clientsUri_isWhatTheServiceReceives() {
        URI uri = URI.create("https://API.example.com:443/orders?id=7");
        List<Header> digest = List.of(ContentDigest.of(BODY));
        List<Header> fields = signer().build().sign(HttpMessage.request("POST", uri, digest));

        assertValid(verify(post().with(fields)));
    }

    @Test
    void verify_throwingRequest_isRefused() {
        assertRefused(with(KEY).verify(signed(), null), Reason.MALFORMED);
    }

    @Test
    void build_contradictionOrRange_isRefused() {
        HttpSignatureKeys keys = HttpSignatureKeys.of(Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSignatureVerifier.withKeys(keys).build())
                .withMessageContaining("replayStore");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().replaysPermittedUntilExpiry().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().skew(Duration.ofMinutes(11)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().skew(Duration.ofSeconds(-1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().maximumAge(Duration.ZERO).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().maximumAge(Duration.ofDays(2)).build());
        assertThatIllegalArgumentException().isThrownBy(SignedComponents::onlyThese);
        assertThatIllegalArgumentException().isThrownBy(() -> SignedComponents.onlyThese("a b"));
    }

    @Test
    void key_thatDoesNotSuit_isRefused() {
        KeyPair p384 = pair(SignatureAlgorithm.ECDSA_P384_SHA384);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (algorithm != SignatureAlgorithm.ECDSA_P384_SHA384) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> HttpSignatureKey.of(algorithm, p384.getPublic(), SIGNER));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(new byte[31], SIGNER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSignatureKey.ofJwk(SignatureAlgorithm.ED25519, "{}", SIGNER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpMessageSigner.of(SignatureAlgorithm.ED25519, p384.getPrivate(), "k")
                        .build());
        assertThat(KEY).hasToString("HttpSignatureKey[ed25519 of partner]");
    }

    @Test
    void key_ed448_isRefused() throws Exception {
        KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSignatureKey.of(SignatureAlgorithm.ED25519, ed448.getPublic(), SIGNER));
    }

    @Test
    void isMeantFor_withoutLabelAndTag_isWhateverPresentsASignature() {
        HttpSignatureVerifier any = verifier().build();
        assertThat(any.isMeantFor(post())).isFalse();
        assertThat(any.isMeantFor(signed())).isTrue();
        assertThat(any.isMeantFor(post().with("Signature", ""))).isTrue();
        assertThat(any.isMeantFor(post().with("Signature-Input", "((("))).isTrue();
    }

    @Test
    void isMeantFor_tagOrLabel_leavesOthersAlone() {
        SignedRequest tagged = post().signedBy(signer().tag("mine").build());
        HttpSignatureVerifier mine = verifier().tag("mine").build();
        assertThat(mine.isMeantFor(tagged)).isTrue();
        assertThat(mine.isMeantFor(signed())).isFalse();
        assertThat(verifier().tag("other").build().isMeantFor(tagged)).isFalse();
        assertThat(mine.isMeantFor(signed().with("Signature-Input", "((("))).isTrue();
        HttpSignatureVerifier labelled = verifier().label("mine").build();
        assertThat(labelled.isMeantFor(signed())).isFalse();
        assertThat(labelled.isMeantFor(post().signedBy(signer().label("mine").build())))
                .isTrue();
        assertThat(labelled.isMeantFor(signed().with("Signature", "mine=:AAAA:")))
                .isTrue();
        assertThat(labelled.isMeantFor(post())).isFalse();
    }

    @Test
    void accepted_asIsAsked_namesWhatIsToBeSigned() {
        SecureRandom random = new SecureRandom();
        HttpSignatureVerifier whole = verifier().build();

        assertThat(whole.accepted(SignedRequest.get(), random))
                .matches("sig=\\(\"@method\" \"@target-uri\"\\);created;nonce=\"[\\w-]{22}\"");
        assertThat(whole.accepted(post(), random))
                .startsWith("sig=(\"@method\" \"@target-uri\" \"content-digest\");created;nonce=")
                .isNotEqualTo(whole.accepted(post(), random));
        HttpSignatureVerifier listed = HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of()))
                .components(SignedComponents.onlyThese("@method", "\"@query-param\";name=\"id\""))
                .replaysPermittedUntilExpiry()
                .label("one")
                .tag("mine")
                .build();
        assertThat(listed.accepted(post(), random))
                .isEqualTo("one=(\"@method\" \"@query-param\";name=\"id\");created;tag=\"mine\"");
    }

    @Test
    void verify_dictionaryWithAKeyAddedTwice_isRefused() {
        for (String component : List.of("\"x-rights\";key=\"role\"", "\"x-rights\";sf")) {
            HttpSignatureVerifier verifier = verifier()
                    .components(SignedComponents.onlyThese(component))
                    .structuredField("x-rights", StructuredFieldType.DICTIONARY)
                    .build();
            SignedRequest signed = SignedRequest.get()
                    .with("X-Rights", "role=clerk")
                    .signedBy(signer().structuredField("x-rights", StructuredFieldType.DICTIONARY)
                            .covering(component)
                            .build());

            // a reader of whom the first counts sees another role than the one that is signed
            assertRefused(
                    verifier.verify(
                            signed.replacing("X-Rights", "role=clerk", "role=admin, role=clerk"),
                            SignedRequest.arrival()),
                    Reason.MALFORMED);
            assertValid(verifier.verify(signed, SignedRequest.arrival()));
        }
    }

    @Test
    void verify_longestMaximumAge_isRememberedForAsLong() {
        InMemoryReplayStore memory = new InMemoryReplayStore(10, 10, CLOCK);
        HttpSignatureVerifier verifier = HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("key-1", KEY)))
                .replayStore(memory)
                .maximumAge(Duration.ofDays(1))
                .skew(Duration.ofMinutes(10))
                .clock(CLOCK)
                .build();
        HttpMessageSigner ahead = signer().clock(InstantSource.fixed(NOW.plus(Duration.ofMinutes(10))))
                .lifetime(Duration.ofDays(2))
                .build();

        assertValid(verifier.verify(post().signedBy(ahead), SignedRequest.arrival()));
    }

    @Test
    void verify_longestKeyId_isRemembered() {
        String keyId = "k".repeat(256);
        HttpSignatureVerifier verifier = HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of(keyId, KEY)))
                .replayStore(new InMemoryReplayStore(10, 10, CLOCK))
                .clock(CLOCK)
                .build();
        HttpMessageSigner signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), keyId)
                .clock(CLOCK)
                .build();

        assertValid(verifier.verify(post().signedBy(signer), SignedRequest.arrival()));
    }

    @Test
    void build_labelOrTagThatCannotBeWritten_throws() {
        for (String wrong : List.of("", "Sig", "sig 1", "1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> verifier().label(wrong).build());
        }
        for (String wrong : List.of("", "t\u00e4g", "a\nb", "t".repeat(257))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> verifier().tag(wrong).build());
        }
    }
}
