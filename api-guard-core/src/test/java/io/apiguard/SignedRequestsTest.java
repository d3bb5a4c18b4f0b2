package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.httpsig.ContentDigest;
import io.apiguard.authn.httpsig.HttpMessage;
import io.apiguard.authn.httpsig.HttpMessageSigner;
import io.apiguard.authn.httpsig.HttpSignatureKey;
import io.apiguard.authn.httpsig.HttpSignatureKeys;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.HttpSignatureVerifierBuilder;
import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.authn.httpsig.SignedComponents;
import io.apiguard.authn.httpsig.SignerGrant;
import io.apiguard.http.Answer;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.Header;
import io.apiguard.http.IpAddress;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed requests on their way through both gates. */
class SignedRequestsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyPair PAIR = pair();
    private static final String JSON = "{\"amount\":100}";
    private static final String FORGED = "{\"amount\":900}";
    private static final Arrival ARRIVAL = new Arrival(
            ClientAddress.of(IpAddress.parse("192.0.2.1").orElseThrow()),
            true,
            Authority.parse("api.example.com").orElseThrow(),
            false);

    private final RecordingAuditSink audit = RecordingAuditSink.ofLatest(10);
    private final Map<String, String> settings =
            new HashMap<>(Map.of("size.content-types", "application/json, text/plain, multipart/form-data"));
    private ReplayStore replays = new InMemoryReplayStore(100, 100, () -> NOW);
    private SignedComponents components = SignedComponents.wholeRequest();

    @SuppressWarnings("unused")
    static class Payments {
        @RequiresScopes("pay")
        public String pay() {
            return "";
        }

        @Authenticated(boundOnly = true)
        public String other() {
            return "";
        }

        @PublicEndpoint
        public String open() {
            return "";
        }

        @RequiresScopes("admin")
        public String admin() {
            return "";
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private HttpSignatureVerifierBuilder verifier() {
        SignerGrant signer = new SignerGrant("partner", Set.of("pay"), Set.of(), "acme");
        HttpSignatureKey key = HttpSignatureKey.of(SignatureAlgorithm.ED25519, PAIR.getPublic(), signer);
        return HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("key-1", key)))
                .components(components)
                .replayStore(replays)
                .clock(() -> NOW);
    }

    private Guard guard(String... handlers) {
        List<Endpoint> endpoints =
                Arrays.stream(handlers).map(SignedRequestsTest::endpoint).toList();
        return Guard.builder(GuardSettings.of(settings))
                .clock(() -> NOW)
                .signatures(verifier().build())
                .auditSink(audit)
                .endpoints(endpoints)
                .build();
    }

    private static Endpoint endpoint(String handler) {
        try {
            return Endpoint.of(
                    List.of("GET", "POST"), "/" + handler, Payments.class, Payments.class.getMethod(handler));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FakeRequest post() {
        return new FakeRequest("POST", "/pay?to=eve");
    }

    private static FakeRequest signed(FakeRequest request, String... covered) {
        HttpMessageSigner.Builder signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "key-1")
                .clock(() -> NOW);
        HttpMessageSigner made = (covered.length == 0 ? signer : signer.covering(covered)).build();
        return with(request, made.sign(HttpMessage.received(request, ARRIVAL)));
    }

    private static FakeRequest with(FakeRequest request, List<Header> fields) {
        fields.forEach(field -> request.header(field.name(), field.value()));
        return request;
    }

    private static FakeRequest digested(FakeRequest request, String body) {
        return with(request, List.of(ContentDigest.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static FakeRequest order() {
        return signed(digested(post().json(JSON), JSON));
    }

    private static Received receive(Guard guard, FakeRequest request) {
        Received received = guard.receive(request);
        assertThat(received.answer()).isEmpty();
        return received;
    }

    private static Admitted admit(Guard guard, FakeRequest request) {
        return admit(guard, receive(guard, request), request);
    }

    private static Admitted admit(Guard guard, Received received, FakeRequest request) {
        return received.admit(guard.policies().get(0), new HandlerCall(Map::of, request.body()));
    }

    private void assertRefused(Guard guard, FakeRequest request, String reason) {
        Received received = receive(guard, request);
        Admitted admitted = admit(guard, received, request);
        assertThat(admitted.isPermitted()).isFalse();
        assertUnauthenticated(admitted.refusal().orElseThrow());
        assertReason(received, reason);
        assertThat(admitted.body().checked()).isEmpty();
    }

    private void assertRefusedAtOnce(Guard guard, FakeRequest request, String reason) {
        Received received = guard.receive(request);
        assertUnauthenticated(received.answer().orElseThrow());
        assertReason(received, reason);
        assertThat(request.bodyOpened).isFalse();
    }

    private static void assertUnauthenticated(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(values(answer, "WWW-Authenticate")).containsExactly("Signature realm=\"api\"");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("Present a valid credential.")
                .doesNotContain("digest");
    }

    private static void assertReason(Received received, String reason) {
        assertThat(received.exchange().denial().orElseThrow().reason()).isEqualTo(reason);
        assertThat(received.exchange().denial().orElseThrow().stage()).isEqualTo(Stage.AUTHENTICATE);
    }

    private static List<String> values(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .toList();
    }

    @Test
    void receive_signedRequest_isTheSigner() {
        Guard guard = guard("pay");
        FakeRequest request = signed(FakeRequest.get("/pay"));
        Received received = receive(guard, request);

        assertThat(received.identity()).hasValueSatisfying(identity -> {
            assertThat(identity.subject()).isEqualTo("partner");
            assertThat(identity.tenant()).contains("acme");
            assertThat(identity.method()).isEqualTo(AuthenticationMethod.HTTP_SIGNATURE);
        });
        assertThat(admit(guard, received, request).isPermitted()).isTrue();
    }

    @Test
    void admit_boundOnly_takesSignatures() {
        assertThat(admit(guard("other"), signed(FakeRequest.get("/other"))).isPermitted())
                .isTrue();
    }

    @Test
    void admit_signedBody_handsOnTheVeryBytes() throws IOException {
        Admitted json = admit(guard("pay"), order());
        assertThat(json.body().stream().readAllBytes()).asString().isEqualTo(JSON);

        FakeRequest text = post().header("Content-Length", "3").unannounced("text/plain", "abc");
        Admitted plain = admit(guard("pay"), signed(digested(text, "abc")));
        assertThat(plain.body().checked())
                .as("a body that is not JSON is read whole too")
                .asString()
                .isEqualTo("abc");
        assertThat(plain.body().stream().readAllBytes()).asString().isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=b"})
    void admit_bodyThatIsNotTheSigners_isRefused(String type) {
        for (String handler : List.of("pay", "open")) {
            FakeRequest request =
                    signed(digested(post().header("Content-Length", "14").unannounced(type, JSON), JSON));
            assertRefused(guard(handler), request.sending(FORGED), "signature.digest_mismatch");
        }
    }

    @Test
    void admit_signedBodyThatIsNotThere_isRefused() {
        assertRefused(guard("pay"), order().sending(""), "signature.digest_mismatch");
    }

    @Test
    void admit_signedDigestOfNothing_takesNoBodyOnly() {
        assertThat(admit(guard("pay"), signed(digested(post(), ""))).isPermitted())
                .isTrue();
        FakeRequest added = signed(digested(post(), ""));
        assertRefused(guard("pay"), added.unannounced("application/json", "{}"), "signature.digest_mismatch");
    }

    @Test
    void admit_bodyThatNobodyAnnounced_isRefusedUnlessItsDigestIsCovered() { // as over HTTP/2
        FakeRequest added = signed(FakeRequest.get("/pay"));
        assertRefused(guard("pay"), added.unannounced("application/json", JSON), "signature.body_unsigned");
        FakeRequest untyped = signed(FakeRequest.get("/pay"));
        assertRefused(guard("pay"), untyped.sending(JSON), "signature.body_unsigned");
        FakeRequest covered = signed(digested(FakeRequest.get("/pay").unannounced("application/json", JSON), JSON));
        assertThat(admit(guard("pay"), covered).isPermitted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Transfer-Encoding"})
    void receive_announcedBodyWithoutDigest_isRefusedUnread(String field) {
        FakeRequest request = signed(FakeRequest.get("/pay"))
                .header(field, field.equals("Content-Length") ? "14" : "chunked")
                .unannounced("application/json", JSON);
        assertRefusedAtOnce(guard("pay"), request, "signature.components");
    }

    @Test
    void admit_digestThatDoesNotCount_isRefused() {
        FakeRequest request = signed(post().json(JSON).header("Content-Digest", "md5=:AAAA:"));
        assertRefused(guard("pay"), request, "signature.digest_missing");
        FakeRequest none = signed(post().json(JSON).header("Content-Digest", "sha-256=1"));
        assertRefused(guard("pay"), none, "signature.digest_malformed");
    }

    @Test
    void admit_policyThatLeavesTheBodyOut_comparesWhatIsCoveredAllTheSame() {
        components = SignedComponents.onlyThese("@method", "@target-uri");
        Guard guard = guard("pay");
        FakeRequest left = signed(post().json(JSON), "@method", "@target-uri");
        assertThat(admit(guard, left.sending(FORGED)).isPermitted()).isTrue();
        assertRefused(guard, order().sending(FORGED), "signature.digest_mismatch");
    }

    @Test
    void admit_policyThatDemandsTheDigest_demandsItOfEveryRequest() {
        components = SignedComponents.onlyThese("@method", "content-digest");
        assertRefusedAtOnce(guard("pay"), signed(FakeRequest.get("/pay")), "signature.components");
        assertThat(admit(guard("pay"), signed(digested(FakeRequest.get("/pay"), "")))
                        .isPermitted())
                .isTrue();
    }

    @Test
    void admit_signedBodyBeyondTheBound_isTooLarge() {
        settings.put("size.max-body", "10");
        settings.put("routes[0].endpoint", "/pay");
        settings.put("routes[0].report", "true");
        FakeRequest request = signed(digested(post().unannounced("text/plain", JSON), JSON));
        Guard guard = guard("pay");
        Received received = receive(guard, request);

        Admitted admitted = admit(guard, received, request);

        assertThat(admitted.refusal().orElseThrow().status())
                .as("a route in report mode lets nothing through that is not compared")
                .isEqualTo(413);
    }

    @Test
    void admit_routeInReportMode_refusesWhatIsNotTheSigners() {
        settings.put("routes[0].endpoint", "/pay");
        settings.put("routes[0].report", "true");
        settings.put("routes[0].content-types", "text/plain");
        assertRefused(guard("pay"), order().sending(FORGED), "signature.digest_mismatch");
        FakeRequest unfit = order();
        assertThat(admit(guard("pay"), unfit).isPermitted())
                .as("a type that the route only reports, and the right body")
                .isTrue();
    }

    @Test
    void admit_inReportMode_goesOnWithNobodyAsCaller() {
        settings.put("mode", "report");
        Guard guard = guard("pay");
        FakeRequest request = order().sending(FORGED);
        Received received = receive(guard, request);

        assertThat(admit(guard, received, request).isPermitted()).isTrue();
        assertThat(received.identity()).isEmpty();
        assertThat(received.exchange().reported())
                .extracting(Denial::reason)
                .containsExactly("signature.digest_mismatch");
    }

    @Test
    void admit_inReportModeBeyondTheBound_goesOnWithNobodyAsCaller() {
        settings.put("mode", "report");
        settings.put("size.max-body", "10");
        Guard guard = guard("pay");
        FakeRequest request = order();
        Received received = receive(guard, request);

        assertThat(admit(guard, received, request).isPermitted()).isTrue();
        assertThat(received.identity()).isEmpty();
    }

    @Test
    void receive_badSignatureInReportMode_isNobody() {
        settings.put("mode", "report");
        Received received = receive(guard("pay"), post().json(JSON).header("Signature", "((("));
        assertThat(received.identity()).isEmpty();
        assertThat(received.exchange().reported()).extracting(Denial::reason).containsExactly("signature.malformed");
    }

    @Test
    void admit_forwardToAnotherHandler_judgesTheComparedBytes() {
        Guard guard = guard("pay", "other");
        FakeRequest request = order();
        Received received = receive(guard, request);
        admit(guard, received, request);

        Admitted forwarded = received.admit(guard.policies().get(1), new HandlerCall(Map::of, request.body()));

        assertThat(forwarded.isPermitted()).isTrue();
        assertThat(forwarded.body().checked()).asString().isEqualTo(JSON);
    }

    @Test
    void admit_signerWithoutTheScope_readsNoBody() {
        Guard guard = guard("admin");
        FakeRequest request = order();
        Answer refusal = admit(guard, request).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(request.bodyOpened).isFalse();
    }

    @Test
    void receive_pathAndQuery_areThoseOfTheWire() {
        Guard guard = guard("pay");
        FakeRequest odd = signed(new FakeRequest("GET", "/pay/%C3%A9?a=%c3%A9&b=x+y&b"));
        assertThat(receive(guard, odd).identity()).isPresent();
        FakeRequest signed = signed(new FakeRequest("GET", "/pay?a=1"));
        FakeRequest moved = new FakeRequest("GET", "/pay?a=2");
        signed.headerNames().stream()
                .filter(name -> name.startsWith("Sign"))
                .forEach(name -> moved.header(name, signed.headers(name).get(0)));
        assertRefusedAtOnce(guard, moved, "signature.signature");
    }

    @Test
    void receive_storeOfNoncesIsDown_isUnavailableWithRetryAfter() {
        replays = (owner, value, until) -> {
            throw new IllegalStateException("secret address");
        };
        Answer answer = guard("pay").receive(order()).answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(values(answer, "Retry-After")).containsExactly("5");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    @Test
    void receive_storeIsFull_isUnavailable_andOverQuotaIsExcessive() {
        replays = (owner, value, until) -> ReplayStore.Outcome.FULL;
        assertThat(guard("pay").receive(order()).answer().orElseThrow().status())
                .isEqualTo(503);
        replays = (owner, value, until) -> ReplayStore.Outcome.OVER_QUOTA;
        Answer answer = guard("pay").receive(order()).answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(429);
        assertThat(values(answer, "Retry-After")).containsExactly("1");
    }

    @Test
    void decorate_challengeForASignature_saysWhatToSign() {
        Guard guard = guard("pay");
        FakeRequest request = post().json(JSON);
        Received received = receive(guard, request);
        Answer refusal = admit(guard, received, request).refusal().orElseThrow();
        FakeRequest.Response response = new FakeRequest.Response(401);
        refusal.headers().forEach(header -> response.addHeader(header.name(), header.value()));

        received.decorate(response);

        assertThat(response.headers("Accept-Signature"))
                .singleElement()
                .asString()
                .startsWith("sig=(\"@method\" \"@target-uri\" \"content-digest\");created;nonce=\"");
    }

    @Test
    void decorate_otherAnswers_sayNothingOfSignatures() {
        Received received = receive(guard("open"), FakeRequest.get("/open"));
        FakeRequest.Response permitted = new FakeRequest.Response(200);
        FakeRequest.Response application = new FakeRequest.Response(401);
        application.addHeader("WWW-Authenticate", "Basic realm=\"x\"");

        received.decorate(permitted);
        received.decorate(application);

        assertThat(permitted.headers("Accept-Signature")).isEmpty();
        assertThat(application.headers("Accept-Signature")).isEmpty();
    }

    @Test
    void build_verifierAndSettings_contradict() {
        settings.put("signatures.enabled", "true");
        assertThatThrownBy(() -> guard("pay"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining(
                        "signatures.enabled is true, and the application gives the guard's builder a verifier")
                .hasMessageContaining("Remove the settings of signatures, or do not call GuardBuilder.signatures");
    }

    @Test
    void build_signaturesAndNoTokens_saysWhichProviderVerifiesThem() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            guard("pay").close();
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("Signatures are verified by")
                .contains("EdDSA (Ed25519)=");
    }
}
