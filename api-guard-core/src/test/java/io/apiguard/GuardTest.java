package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.Admitted.ResponseMedia;
import io.apiguard.FakeRequest.Response;
import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.annotation.Sensitive;
import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditEvent.Outcome;
import io.apiguard.audit.AuditSink;
import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authz.ObjectCheck;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import io.apiguard.identity.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TestIssuer ISSUER = new TestIssuer();

    record Order(String id, @Sensitive String card) {}

    @SuppressWarnings("unused")
    static class Orders {
        @PublicEndpoint
        public String ping() {
            return "pong";
        }

        @RequiresScopes("orders:read")
        @RequiresObjectAccess("owner")
        public Order get() {
            return new Order("1", "4111");
        }

        @Authenticated
        @RateLimit(requests = 2)
        public Order limited() {
            return new Order("1", "4111");
        }

        @Authenticated
        @RateLimit(requests = 7, name = "shared")
        public String shared() {
            return "";
        }

        @Authenticated(
                acr = {"phr", "phrh"},
                maxAgeSeconds = 300)
        public String sensitive() {
            return "";
        }

        public String forgotten() {
            return "";
        }

        @RequiresScopes("orders read")
        public String twoScopesInOne() {
            return "";
        }

        @Authenticated(acr = "phr phrh")
        public String twoContextsInOne() {
            return "";
        }
    }

    private final RecordingAuditSink audit = RecordingAuditSink.ofLatest(10);
    private final Map<String, String> settings =
            new HashMap<>(Map.of("jwt.issuer", TestIssuer.ISSUER, "jwt.audiences", "orders"));

    @Test
    void receive_plainHttp_isRefusedBeforeAnythingElse() {
        Answer answer = receive(guard("ping"), FakeRequest.get("/ping").plain())
                .answer()
                .orElseThrow();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(text(answer)).contains("tls-required");
    }

    @Test
    void receive_ambiguousPath_isRefusedInReportModeToo() {
        settings.put("mode", "report");

        assertThat(receive(guard("ping"), FakeRequest.get("/a//ping"))
                        .answer()
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void receive_badToken_isRefusedEvenIfTheEndpointIsPublic() {
        Answer answer = receive(guard("ping"), FakeRequest.get("/ping").bearer("a.b.c"))
                .answer()
                .orElseThrow();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"api\", error=\"invalid_token\"");
    }

    @Test
    void admit_publicEndpoint_permitsAnonymous() {
        Guard guard = guard("ping");
        Received received = receive(guard, FakeRequest.get("/ping"));

        assertThat(admit(guard, received, FakeRequest.get("/ping")).isPermitted())
                .isTrue();
    }

    @Test
    void admit_anonymousAtProtectedEndpoint_isChallenged() {
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get").json("{}");

        Answer refusal =
                admit(guard, receive(guard, request), request).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(header(refusal, "WWW-Authenticate")).isEqualTo("Bearer realm=\"api\"");
        assertThat(request.bodyOpened)
                .as("nothing of a body is read for a caller who is not let in")
                .isFalse();
    }

    @Test
    void admit_missingScope_namesTheScopes() {
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get").bearer(token("alice", "other"));

        Answer refusal =
                admit(guard, receive(guard, request), request).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(header(refusal, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"orders:read\"");
    }

    @Test
    void admit_otherOwnersObject_isForbidden() {
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get").bearer(token("mallory", "orders:read"));
        Received received = receive(guard, request);

        assertThat(admit(guard, received, request).refusal().orElseThrow().status())
                .isEqualTo(403);
        received.release(Completion.of(403, 0));
        AuditEvent event = audit.events().get(0);
        assertThat(event.verdict().reason()).isEqualTo("forbidden-object");
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.DENIED);
        assertThat(event.credential()).isNotNull();
    }

    @Test
    void admit_permitted_handsOnTheCheckedBytes() throws IOException {
        Guard guard = guard("get");
        FakeRequest request =
                FakeRequest.get("/get").bearer(token("alice", "orders:read")).json("{\"a\":1}");

        Admitted admitted = admit(guard, receive(guard, request), request);

        assertThat(admitted.isPermitted()).isTrue();
        assertThat(new String(admitted.body().stream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void admit_duplicateMember_isRefused() {
        Guard guard = guard("get");
        FakeRequest request =
                FakeRequest.get("/get").bearer(token("alice", "orders:read")).json("{\"a\":1,\"\\u0061\":2}");

        Answer refusal =
                admit(guard, receive(guard, request), request).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(text(refusal)).contains("invalid-body");
    }

    @Test
    void admit_overTheLimit_isTooManyWithTheFields() {
        Guard guard = guard("limited");
        Answer refusal = null;
        for (int i = 0; i < 3; i++) {
            FakeRequest request = FakeRequest.get("/limited").bearer(token("alice"));
            refusal = admit(guard, receive(guard, request), request).refusal().orElse(null);
        }

        assertThat(refusal).isNotNull();
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(header(refusal, "Retry-After")).isNotEmpty();
        assertThat(header(refusal, "RateLimit-Policy")).isEqualTo("\"GET /limited\";q=2;w=60");
    }

    @Test
    void admit_twiceForOnePolicy_decidesAndChargesOnce() {
        Guard guard = guard("limited");
        FakeRequest request = FakeRequest.get("/limited").bearer(token("alice"));
        Received received = receive(guard, request);

        Admitted first = admit(guard, received, request);
        Admitted second = admit(guard, received, request);

        assertThat(second).isSameAs(first);
    }

    @Test
    void admit_inReportMode_permitsAndReports() {
        settings.put("mode", "report");
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get");
        Received received = receive(guard, request);

        assertThat(admit(guard, received, request).isPermitted()).isTrue();
        received.release(Completion.of(200, 2));
        AuditEvent event = audit.events().get(0);
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.REPORTED);
        assertThat(event.verdict().reason()).isEqualTo("unauthenticated");
    }

    @Test
    void redacting_sensitiveField_isMasked() throws IOException {
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get").bearer(token("alice", "orders:read"));
        Admitted admitted = admit(guard, receive(guard, request), request);
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        try (OutputStream out = admitted.redacting(json(200), target, () -> {})) {
            out.write("{\"id\":\"1\",\"card\":\"4111\"}".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"1\",\"card\":\"***\"}");
    }

    @Test
    void redacting_encodedOrPartialResponse_isReplaced() throws IOException {
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get").bearer(token("alice", "orders:read"));
        Received received = receive(guard, request);
        Admitted admitted = admit(guard, received, request);
        for (ResponseMedia media : List.of(
                new ResponseMedia(200, "application/json", "gzip", null),
                new ResponseMedia(206, "application/json", null, "bytes 0-9/100"),
                new ResponseMedia(200, "application/json; charset=utf-16", null, null))) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            try (OutputStream out = admitted.redacting(media, target, () -> {})) {
                out.write("{\"id\":\"1\",\"card\":\"4111\"}".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(target.toString(StandardCharsets.UTF_8))
                    .doesNotContain("4111")
                    .contains("redaction-failed");
        }
    }

    @Test
    void redacting_typeThatTheCallerChose_leaksNothing() throws IOException {
        String json = " {\"id\":\"1\",\"card\":\"4111\"}";
        for (String type : List.of(
                "text/json",
                "application/x-json",
                "text/plain",
                "text/html;charset=utf-8",
                "application/octet-stream")) {
            assertThat(redacted(type, json)).as(type).isEqualTo(" {\"id\":\"1\",\"card\":\"***\"}");
        }
        for (String type : List.of(
                "application/x-ndjson",
                "text/event-stream",
                "application/xml",
                "application/soap+xml",
                "application/cbor",
                "application/javascript",
                "text/javascript;charset=utf-8",
                "application/x-javascript")) {
            assertThat(redacted(type, json))
                    .as(type)
                    .contains("redaction-failed")
                    .doesNotContain("4111");
        }
        assertThat(redacted("text/plain", "pong")).isEqualTo("pong");
        assertThat(redacted("text/plain", " ")).isEqualTo(" ");
        assertThat(redacted("text/plain", "{ braces in prose")).contains("redaction-failed");
    }

    private String redacted(String type, String body) throws IOException {
        Guard guard = guard("get");
        FakeRequest request = FakeRequest.get("/get").bearer(token("alice", "orders:read"));
        Admitted admitted = admit(guard, receive(guard, request), request);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream out = admitted.redacting(new ResponseMedia(200, type, null, null), target, () -> {})) {
            for (byte value : body.getBytes(StandardCharsets.UTF_8)) {
                out.write(value);
            }
        }
        return target.toString(StandardCharsets.UTF_8);
    }

    @Test
    void admit_checkThrowsAnError_failsClosed() {
        Guard guard = guard(
                (caller, object) -> {
                    throw new AssertionError("password=hunter2");
                },
                audit,
                "get");
        FakeRequest request = FakeRequest.get("/get").bearer(token("alice", "orders:read"));

        Answer refusal =
                admit(guard, receive(guard, request), request).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(500);
        assertThat(text(refusal)).doesNotContain("hunter2");
    }

    @Test
    void release_sinkThrows_changesNothingForTheCaller() {
        AuditSink failing = new AuditSink() {
            @Override
            public void accept(AuditEvent event) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public void close() {}
        };
        Guard guard = guard((caller, object) -> true, failing, "ping");

        assertThat(receive(guard, FakeRequest.get("/ping"))
                        .release(Completion.of(200, 4))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void admit_probeForwardedElsewhere_isNoProbeThere() {
        settings.put("probes.paths", "/ping");
        settings.put("probes.peers", "10.0.0.0/8");
        Guard guard = guard("ping", "get");
        FakeRequest probe = FakeRequest.get("/ping").plain().from("10.1.2.3");
        Received received = receive(guard, probe);
        HandlerCall call = new HandlerCall(Map::of, probe.body());

        assertThat(received.admit(guard.policies().get(0), call).isPermitted()).isTrue();
        assertThat(received.admit(guard.policies().get(1), call).isPermitted()).isFalse();
    }

    @Test
    void receive_probeThroughAnUndeclaredProxy_isNoProbe() {
        settings.put("probes.paths", "/ping");
        settings.put("probes.peers", "10.0.0.0/8");
        FakeRequest probe = FakeRequest.get("/ping").plain().from("10.1.2.3").header("X-Forwarded-For", "192.0.2.9");

        assertThat(receive(guard("ping"), probe).answer().orElseThrow().status())
                .isEqualTo(403);
    }

    @Test
    void receive_preflightInReportMode_isLeftToTheApplication() {
        settings.put("mode", "report");
        FakeRequest preflight = new FakeRequest("OPTIONS", "/ping")
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET");

        assertThat(receive(guard("ping"), preflight).answer()).isEmpty();
        settings.put("cors.allowed-origins", "https://shop.example");
        assertThat(receive(guard("ping"), preflight).answer()).isEmpty();
    }

    @Test
    void admit_forwardToAStricterHandler_judgesTheBodyAgain() {
        settings.put("routes[0].endpoint", "/ping");
        settings.put("routes[0].report", "true");
        Guard guard = guard("ping", "get");
        FakeRequest request =
                FakeRequest.get("/ping").bearer(token("alice", "orders:read")).json("{\"a\":1,\"a\":2}");
        Received received = receive(guard, request);
        HandlerCall call = new HandlerCall(Map::of, request.body());

        assertThat(received.admit(guard.policies().get(0), call).isPermitted()).isTrue();
        assertThat(received.admit(guard.policies().get(1), call)
                        .refusal()
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void admit_declaredLengthAboveTheEndpointsBound_isRefusedUnread() {
        settings.put("routes[0].endpoint", "/ping");
        settings.put("routes[0].max-body", "10");
        Guard guard = guard("ping", "get");
        FakeRequest request = FakeRequest.get("/ping").json("{\"a\":123456789}");

        assertThat(admit(guard, receive(guard, request), request)
                        .refusal()
                        .orElseThrow()
                        .status())
                .isEqualTo(413);
        assertThat(request.bodyOpened).isFalse();
    }

    @Test
    void decorate_anyAnswer_carriesTheFields() {
        Guard guard = guard("limited");
        FakeRequest request = FakeRequest.get("/limited").bearer(token("alice"));
        Received received = receive(guard, request);
        admit(guard, received, request);
        Response response = new Response(200);

        received.decorate(response);

        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers("Strict-Transport-Security")).isNotEmpty();
        assertThat(response.headers("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers("RateLimit")).containsExactly("\"GET /limited\";r=1;t=30");
    }

    @Test
    void receive_metadataOfTheResource_isServedToEveryoneAndNamedInChallenges() {
        settings.put("resource.identifier", "https://api.example.com/orders");
        settings.put("resource.scopes", "orders:read");
        Guard guard = guard("get");

        Answer served = receive(guard, FakeRequest.get("/.well-known/oauth-protected-resource/orders"))
                .answer()
                .orElseThrow();
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.contentType()).isEqualTo("application/json");
        assertThat(text(served))
                .isEqualTo("{\"resource\":\"https://api.example.com/orders\",\"authorization_servers\":[\""
                        + TestIssuer.ISSUER
                        + "\"],\"scopes_supported\":[\"orders:read\"],\"bearer_methods_supported\":[\"header\"]}");

        FakeRequest anonymous = FakeRequest.get("/get");
        Answer refusal =
                admit(guard, receive(guard, anonymous), anonymous).refusal().orElseThrow();
        assertThat(header(refusal, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"api\", resource_metadata=\"https://api.example.com"
                        + "/.well-known/oauth-protected-resource/orders\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/v1/",
                "https://api.example.com/a//b",
                "https://api.example.com/%7Eorders",
                "https://api.example.com/a;b"
            })
    void build_resourceWhoseMetadataCouldNotBeServed_failsTheStart(String identifier) {
        settings.put("resource.identifier", identifier);

        assertThatThrownBy(() -> guard("get"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("resource identifier")
                .hasMessageContaining("served");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "https://api.example.com/", "https://api.example.com/a/b"})
    void receive_metadataOfAnyOtherResource_isServedWhereChallengesSay(String identifier) {
        settings.put("resource.identifier", identifier);
        Guard guard = guard("get");
        FakeRequest anonymous = FakeRequest.get("/get");
        String challenge = header(
                admit(guard, receive(guard, anonymous), anonymous).refusal().orElseThrow(), "WWW-Authenticate");
        String path = challenge.replaceAll(".*resource_metadata=\"https://api.example.com([^\"]*)\".*", "$1");

        assertThat(receive(guard, FakeRequest.get(path)).answer().orElseThrow().status())
                .isEqualTo(200);
    }

    @Test
    void receive_pathOfTheMetadataWhereNoneIsSet_isAnOrdinaryRequest() {
        assertThat(receive(guard("ping"), FakeRequest.get("/.well-known/oauth-protected-resource"))
                        .answer())
                .isEmpty();
    }

    @Test
    void admit_tokenWithoutTheContextDemanded_isToldToLogInAgain() {
        FakeRequest request = FakeRequest.get("/sensitive").bearer(token("alice"));
        Guard guard = guard("sensitive");

        Answer refusal =
                admit(guard, receive(guard, request), request).refusal().orElseThrow();

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(text(refusal)).contains("insufficient-authentication");
        assertThat(header(refusal, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"api\", error=\"insufficient_user_authentication\","
                        + " acr_values=\"phr phrh\", max_age=\"300\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"twoScopesInOne", "twoContextsInOne"})
    void build_namesThatNoChallengeCanHold_areRefused(String handler) {
        assertThatThrownBy(() -> guard(handler))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining(handler)
                .hasMessageContaining("one");
    }

    @Test
    void build_contextsThatNoCredentialHasBoth_areRefused() {
        settings.put("routes[0].endpoint", "GET /sensitive");
        settings.put("routes[0].acr", "pwd");

        assertThatThrownBy(() -> guard("sensitive"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("an acr of [phr, phrh] is demanded and one of [pwd]");
    }

    @Test
    void instead_successFromNowhere_isForbidden() {
        Guard guard = guard("ping");
        Received received = receive(guard, FakeRequest.get("/other"));

        assertThat(received.instead(200).status()).isEqualTo(403);
        assertThat(received.instead(404).status()).isEqualTo(404);
        assertThat(received.exchange().denial().orElseThrow().reason()).isEqualTo("unguarded");
    }

    @Test
    void instead_unauthorizedByTheFramework_isChallenged() {
        Received received = receive(guard("ping"), FakeRequest.get("/other"));

        assertThat(header(received.instead(401), "WWW-Authenticate")).isEqualTo("Bearer realm=\"api\"");
    }

    @Test
    void failed_handlerException_tellsNothing() {
        Received received = receive(guard("ping"), FakeRequest.get("/ping"));

        Answer answer = received.failed(new IllegalStateException("password=hunter2"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(text(answer)).doesNotContain("hunter2").doesNotContain("IllegalState");
    }

    @Test
    void release_twice_auditsOnce() {
        Received received = receive(guard("ping"), FakeRequest.get("/ping"));

        received.release(Completion.of(200, 4));
        received.release(Completion.of(200, 4));

        assertThat(audit.events()).hasSize(1);
    }

    @Test
    void receive_probeFromItsNetwork_needsNeitherTlsNorIdentity() {
        settings.put("probes.paths", "/get");
        settings.put("probes.peers", "10.0.0.0/8");
        Guard guard = guard("get");
        FakeRequest probe = FakeRequest.get("/get").plain().from("10.1.2.3");

        assertThat(admit(guard, receive(guard, probe), probe).isPermitted()).isTrue();
        assertThat(receive(guard, FakeRequest.get("/get").plain()).answer()).isPresent();
    }

    @Test
    void build_endpointWithNothing_namesItAndTheRemedy() {
        assertThatThrownBy(() -> guard("forgotten"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("GET /forgotten (Orders.forgotten): nothing says who may call it")
                .hasMessageContaining("@PublicEndpoint");
    }

    @Test
    void build_routeThatNamesNothing_isRefused() {
        settings.put("routes[0].endpoint", "GET /missing");
        settings.put("routes[0].access", "public");

        assertThatThrownBy(() -> guard("ping"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("routes[0].endpoint 'GET /missing' names no endpoint");
    }

    @Test
    void build_routeAndAnnotation_bothMustPermit() {
        settings.put("routes[0].endpoint", "/ping");
        settings.put("routes[0].scopes", "ping");

        Guard guard = guard("ping");

        FakeRequest request = FakeRequest.get("/ping");
        assertThat(admit(guard, receive(guard, request), request)
                        .refusal()
                        .orElseThrow()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void build_limitsOfOneNameThatAgree_areShared() {
        settings.put("routes[0].endpoint", "/ping");
        settings.put("routes[0].limits[0]", "shared");
        settings.put("limits.named.shared", "7/1m");

        assertThat(guard("ping", "shared").policies()).hasSize(2);
    }

    @Test
    void build_limitsOfOneNameThatDiffer_areRefused() {
        settings.put("routes[0].endpoint", "/ping");
        settings.put("routes[0].limits[0]", "shared");
        settings.put("limits.named.shared", "5/1m");

        assertThatThrownBy(() -> guard("ping", "shared"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("limit 'shared' is")
                .hasMessageContaining("Give both the same numbers, or different names");
    }

    @Test
    void build_issuerThatIsNotTheOneOfItsKeys_namesSettingAndRemedy() {
        settings.put("jwt.issuer", "https://127.0.0.1:1");

        assertThatThrownBy(() -> Guard.builder(GuardSettings.of(settings)).build())
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("jwt.issuer: ")
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("jwt.required-at-start: false");
    }

    @Test
    void build_keyFileThatIsNotThere_namesSettingAndRemedy() {
        settings.put("secrets.source", "directory");
        settings.put("secrets.directory", "/nowhere/secrets");
        settings.put("api-keys.file", "/nowhere/keys.yaml");

        assertThatThrownBy(() -> guard("ping"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("secrets.directory: directory of secrets /nowhere/secrets cannot be read");
    }

    @Test
    void build_apiKeysWithoutSecret_namesTheSecret() {
        settings.put("secrets.source", "environment");
        settings.put("api-keys.enabled", "true");

        assertThatThrownBy(() -> guard("ping"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("secret 'api-keys' is missing")
                .hasMessageContaining("API_GUARD_SECRET_API_KEYS");
    }

    @Test
    void build_protectedEndpointAndNoWayToAuthenticate_isRefused() {
        settings.clear();

        assertThatThrownBy(() -> guard("limited"))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("jwt.issuer");
    }

    @Test
    void coverage_everyEndpoint_isARowOfTheTable() {
        String table = guard("ping", "get", "limited").coverage().toTable();

        assertThat(table.lines()).hasSize(4);
        assertThat(table).contains("scopes orders:read, object owner").contains("public");
    }

    private static GuardBuilder withVerifier(Map<String, String> settings, JwtVerifier verifier) {
        return Guard.builder(GuardSettings.of(settings))
                .clock(() -> NOW)
                .accessTokens(verifier)
                .endpoints(List.of(endpoint("limited")));
    }

    private static JwtVerifier verifier(String issuer) {
        return JwtVerifier.forIssuer(URI.create(issuer))
                .audience("orders")
                .keys(ISSUER.keys())
                .clock(() -> NOW)
                .build();
    }

    @Test
    void receive_verifierOfTheApplication_judgesTheTokens() {
        FakeRequest request = FakeRequest.get("/limited").bearer(token("alice"));
        for (String issuer : List.of(TestIssuer.ISSUER, "https://elsewhere.example.com")) {
            Guard guard = withVerifier(Map.of("audit.sink", "discard"), verifier(issuer))
                    .build();
            Received received = receive(guard, request);
            boolean known = issuer.equals(TestIssuer.ISSUER);
            assertThat(received.answer().map(Answer::status)).isEqualTo(known ? Optional.empty() : Optional.of(401));
            assertThat(received.identity().map(Identity::subject))
                    .isEqualTo(known ? Optional.of("alice") : Optional.empty());
        }
    }

    @Test
    void build_verifierBesideIssuerOrKeys_isRefused() {
        JwtVerifier verifier = verifier(TestIssuer.ISSUER);
        assertThatThrownBy(() -> withVerifier(settings, verifier).build())
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("jwt.issuer")
                .hasMessageContaining("accessTokens");
        assertThatThrownBy(() ->
                        withVerifier(Map.of(), verifier).keys(ISSUER.keys()).build())
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("keys are given");
    }

    private Guard guard(String... handlers) {
        return guard((caller, object) -> caller.subject().equals("alice"), audit, handlers);
    }

    private Guard guard(ObjectCheck owner, AuditSink sink, String... handlers) {
        List<Endpoint> endpoints =
                Arrays.stream(handlers).map(GuardTest::endpoint).toList();
        return Guard.builder(GuardSettings.of(settings))
                .clock(() -> NOW)
                .keys(ISSUER.keys())
                .auditSink(sink)
                .objectCheck("owner", owner)
                .endpoints(endpoints)
                .build();
    }

    private static Endpoint endpoint(String handler) {
        try {
            return Endpoint.of(List.of("GET"), "/" + handler, Orders.class, Orders.class.getMethod(handler));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Received receive(Guard guard, FakeRequest request) {
        return guard.receive(request);
    }

    private static Admitted admit(Guard guard, Received received, FakeRequest request) {
        return received.admit(guard.policies().get(0), new HandlerCall(Map::of, request.body()));
    }

    private static ResponseMedia json(int status) {
        return new ResponseMedia(status, "application/json", null, null);
    }

    private static String token(String subject, String... scopes) {
        return ISSUER.token(NOW, subject, List.of(scopes), List.of());
    }

    private static String header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
