package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.SignatureSettings.Coverage;
import io.apiguard.SignatureSettings.Nonces;
import io.apiguard.authn.httpsig.ContentDigest;
import io.apiguard.authn.httpsig.HttpMessage;
import io.apiguard.authn.httpsig.HttpMessageSigner;
import io.apiguard.authn.httpsig.HttpSignatureResult;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.http.Header;
import io.apiguard.store.ReplayStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureSettingsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyPair PAIR = pair();
    private static final URI ME = URI.create("https://api.example.com/me");

    @TempDir
    private Path directory;

    private final Map<String, String> settings = new HashMap<>();

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void writeKey() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded());
        Files.writeString(
                directory.resolve("partner.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        settings.put("signatures.enabled", "true");
        key("signatures.keys[0].", "key-1");
    }

    private void key(String at, String id) {
        settings.put(at + "id", id);
        settings.put(at + "algorithm", "ed25519");
        settings.put(at + "public-key", directory.resolve("partner.pem").toString());
        settings.put(at + "subject", "partner");
    }

    private SignatureSettings signatures() {
        return GuardSettings.of(settings).signatures();
    }

    private HttpSignatureVerifier verifier() {
        return Signatures.verifier(signatures(), null, null, () -> NOW);
    }

    private static HttpMessage signed(HttpMessageSigner.Builder signer) {
        HttpMessage bare = HttpMessage.request("GET", ME, List.of(ContentDigest.of(new byte[0])));
        List<Header> fields = new ArrayList<>(List.of(ContentDigest.of(new byte[0])));
        fields.addAll(signer.clock(() -> NOW).build().sign(bare));
        return HttpMessage.request("GET", ME, fields);
    }

    private static HttpMessageSigner.Builder signer(String keyId) {
        return HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), keyId);
    }

    private void assertInvalid(String key, String value, String setting, String remedy) {
        settings.put(key, value);
        assertThatIllegalArgumentException()
                .isThrownBy(this::signatures)
                .withMessageContaining(setting)
                .withMessageContaining(remedy);
    }

    private void assertNoStart(String problem, String remedy) {
        assertThatThrownBy(this::verifier)
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy);
    }

    @Test
    void defaults_nothingSet_takeNoSignatures() {
        SignatureSettings none = GuardSettings.defaults().signatures();
        assertThat(none.enabled()).isFalse();
        assertThat(none.coverage()).isEqualTo(Coverage.WHOLE_REQUEST);
        assertThat(none.nonces()).isEqualTo(Nonces.REQUIRED);
        assertThat(none.maxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(none.skew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Signatures.verifier(none, null, null, () -> NOW)).isNull();
    }

    @Test
    void verifier_keyOfTheSettings_isTheSigners() {
        settings.put("signatures.keys[0].tenant", "acme");
        settings.put("signatures.keys[0].scopes", "a, b");
        settings.put("signatures.keys[0].roles", "clerk");

        assertThat(verifier().verify(signed(signer("key-1"))))
                .isInstanceOfSatisfying(HttpSignatureResult.Valid.class, valid -> {
                    assertThat(valid.signature().identity().subject()).isEqualTo("partner");
                    assertThat(valid.signature().identity().tenant()).contains("acme");
                    assertThat(valid.signature().identity().scopes()).containsExactlyInAnyOrder("a", "b");
                    assertThat(valid.signature().identity().roles()).containsExactly("clerk");
                });
        assertThat(verifier().verify(signed(signer("key-2")))).isInstanceOf(HttpSignatureResult.Invalid.class);
    }

    @Test
    void verifier_keyFile_addsItsKeys() throws IOException {
        Path file = directory.resolve("signers.yaml");
        Files.writeString(
                file,
                "keys:\n  - id: key-2\n    algorithm: ed25519\n    public-key: " + directory.resolve("partner.pem")
                        + "\n    subject: other\n");
        settings.put("signatures.file", file.toString());

        assertThat(verifier().verify(signed(signer("key-1")))).isInstanceOf(HttpSignatureResult.Valid.class);
        assertThat(verifier().verify(signed(signer("key-2"))))
                .isInstanceOfSatisfying(HttpSignatureResult.Valid.class, valid -> assertThat(
                                valid.signature().identity().subject())
                        .isEqualTo("other"));
        Files.writeString(file, Files.readString(file).replace("key-2", "key-1"));
        assertNoStart("signatures.file: ", "stands in signatures.keys twice");
        Files.writeString(file, "kees: []");
        assertNoStart("signatures.file: ", "kees");
    }

    @Test
    void verifier_nonces_areRememberedUnlessSwitchedOff() {
        HttpMessage once = signed(signer("key-1"));
        HttpSignatureVerifier remembering = verifier();
        assertThat(remembering.verify(once)).isInstanceOf(HttpSignatureResult.Valid.class);
        assertThat(remembering.verify(once)).isInstanceOf(HttpSignatureResult.Invalid.class);
        settings.put("signatures.nonces", "none");
        HttpSignatureVerifier forgetful = verifier();
        assertThat(forgetful.verify(once)).isInstanceOf(HttpSignatureResult.Valid.class);
        assertThat(forgetful.verify(once)).isInstanceOf(HttpSignatureResult.Valid.class);
    }

    @Test
    void verifier_storeOfTheApplication_isAsked() {
        ReplayStore full = (owner, value, until) -> ReplayStore.Outcome.FULL;
        HttpSignatureVerifier verifier = Signatures.verifier(signatures(), null, full, () -> NOW);
        assertThat(verifier.verify(signed(signer("key-1")))).isInstanceOf(HttpSignatureResult.Unavailable.class);
    }

    @Test
    void verifier_moreNoncesThanAreRemembered_areRefused() {
        settings.put("signatures.max-nonces", "2");
        settings.put("signatures.max-nonces-per-key", "1");
        key("signatures.keys[1].", "key-2");
        key("signatures.keys[2].", "key-3");
        HttpSignatureVerifier verifier = verifier();

        assertThat(verifier.verify(signed(signer("key-1")))).isInstanceOf(HttpSignatureResult.Valid.class);
        assertThat(verifier.verify(signed(signer("key-1"))))
                .isInstanceOfSatisfying(HttpSignatureResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(HttpSignatureResult.Reason.REPLAY_CAPACITY));
        assertThat(verifier.verify(signed(signer("key-2")))).isInstanceOf(HttpSignatureResult.Valid.class);
        assertThat(verifier.verify(signed(signer("key-3")))).isInstanceOf(HttpSignatureResult.Unavailable.class);
    }

    @Test
    void verifier_components_areDemandedBesidesOrAlone() {
        settings.put("signatures.components", "content-digest");
        String[] target = {"@method", "@target-uri"};
        String[] all = {"@method", "@target-uri", "content-digest"};
        assertThat(verifier().verify(signed(signer("key-1").covering(target))))
                .isInstanceOf(HttpSignatureResult.Invalid.class);
        assertThat(verifier().verify(signed(signer("key-1").covering(all))))
                .isInstanceOf(HttpSignatureResult.Valid.class);
        settings.put("signatures.coverage", "listed");
        settings.put("signatures.components", "@method");
        assertThat(verifier().verify(signed(signer("key-1").covering("@method"))))
                .isInstanceOf(HttpSignatureResult.Valid.class);
    }

    @Test
    void verifier_labelAndTag_chooseTheSignature() {
        settings.put("signatures.label", "mine");
        settings.put("signatures.tag", "app-1");
        assertThat(verifier().verify(signed(signer("key-1").label("mine").tag("app-1"))))
                .isInstanceOf(HttpSignatureResult.Valid.class);
        assertThat(verifier().verify(signed(signer("key-1").label("mine"))))
                .isInstanceOf(HttpSignatureResult.Invalid.class);
        assertThat(verifier().verify(signed(signer("key-1").tag("app-1"))))
                .isInstanceOf(HttpSignatureResult.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "signatures.max-age, 0s, signatures.max-age, from 1s to 12h",
        "signatures.max-age, 43201s, signatures.max-age, from 1s to 12h",
        "signatures.skew, 601s, signatures.skew, from 0s to 10m",
        "signatures.max-nonces, 0, signatures.max-nonces, from 1 to",
        "signatures.max-nonces, 49999, signatures.max-nonces-per-key, from 1 to 49999",
        "signatures.coverage, listed, signatures.components, List at least one component",
        "signatures.components, @status, signatures.components, derived component",
        "signatures.components, '\"@method\";req', signatures.components, derived component",
        "signatures.components, Bad Name, signatures.components, Write a field name",
        "signatures.label, No Label, signatures.label, lower case letters",
        "signatures.enabled, false, signatures.enabled, 'Set signatures.enabled: true, or remove them'",
        "signatures.nonces, sometimes, signatures.nonces, 'required, none'",
        "signatures.keys[0].algorithm, rs256, signatures.keys[0].algorithm, rsa-pss-sha512",
        "signatures.keys[0].algorithm, hmac-sha256, signatures.keys[0].algorithm, give the guard's builder",
        "signatures.keys[1].id, key-1, signatures.keys[1], Set it",
        "signatures.key, x, signatures.key, signatures.keys"
    })
    void of_valueThatCannotBe_namesSettingAndRemedy(String key, String value, String setting, String remedy) {
        assertInvalid(key, value, setting, remedy);
    }

    @Test
    void of_boundaries_areTaken() {
        settings.put("signatures.max-age", "12h");
        settings.put("signatures.skew", "10m");
        settings.put("signatures.max-nonces", "1");
        settings.put("signatures.max-nonces-per-key", "1");
        assertThat(verifier().verify(signed(signer("key-1")))).isInstanceOf(HttpSignatureResult.Valid.class);
    }

    @Test
    void of_sameIdTwice_isRefused() {
        key("signatures.keys[1].", "key-1");
        assertThatIllegalArgumentException()
                .isThrownBy(this::signatures)
                .withMessageContaining("signatures.keys[1].id")
                .withMessageContaining("twice");
    }

    @ParameterizedTest
    @CsvSource({"signatures.nonces, none", "signatures.tag, app", "signatures.label, sig", "signatures.components, date"
    })
    void of_settingsOfWhatIsNotEnabled_areRefused(String key, String value) {
        settings.clear();
        assertInvalid(key, value, "signatures.enabled", "Set signatures.enabled: true");
    }

    @Test
    void verifier_noKeys_doesNotStart() {
        settings.clear();
        settings.put("signatures.enabled", "true");
        assertNoStart("there is no key that a request could be signed with", "Set signatures.keys or signatures.file");
    }

    @Test
    void verifier_keyThatCannotBeUsed_namesKeyAndFile() throws IOException {
        settings.put("signatures.keys[0].public-key", "/nowhere/key.pem");
        assertNoStart("public-key of 'key-1': the file /nowhere/key.pem cannot be read", "Correct the path");
        Path file = Files.writeString(directory.resolve("bad.pem"), "secret content");
        settings.put("signatures.keys[0].public-key", file.toString());
        assertNoStart("public-key of 'key-1': the key of signer partner cannot be used", "Correct the file " + file);
        assertThatThrownBy(this::verifier).hasMessageNotContaining("secret content");
    }

    @Test
    void build_signaturesAlone_letSignersIn() {
        settings.put("routes[0].endpoint", "GET /me");
        settings.put("routes[0].access", "authenticated");
        Endpoint endpoint =
                new Endpoint(List.of("GET"), "/me", "me", null, null, Object.class, Endpoint.Kind.APPLICATION);
        try (Guard guard = Guard.builder(GuardSettings.of(settings))
                .clock(() -> NOW)
                .endpoints(List.of(endpoint))
                .build()) {
            FakeRequest request = FakeRequest.get("/me");
            signer("key-1")
                    .clock(() -> NOW)
                    .build()
                    .sign(HttpMessage.request("GET", ME, List.of()))
                    .forEach(field -> request.header(field.name(), field.value()));
            assertThat(guard.receive(request).identity()).isPresent();
        }
    }
}
