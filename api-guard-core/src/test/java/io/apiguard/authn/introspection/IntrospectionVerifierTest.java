package io.apiguard.authn.introspection;

import static io.apiguard.authn.introspection.Endpoint.active;
import static io.apiguard.authn.introspection.Endpoint.body;
import static io.apiguard.authn.introspection.Endpoint.json;
import static io.apiguard.authn.introspection.Endpoint.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.introspection.IntrospectionResult.Invalid;
import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import io.apiguard.authn.introspection.IntrospectionResult.Unavailable;
import io.apiguard.authn.introspection.IntrospectionResult.Valid;
import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.Tokens;
import io.apiguard.event.GuardEvent;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Confirmation;
import io.apiguard.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque tokens, judged by an endpoint on loopback (RFC 7662, RFC 9701). */
class IntrospectionVerifierTest {

    private static final String TOKEN = "2YotnFZFEjr1zCsicMWpAA";
    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private final Tokens.Clock clock = new Tokens.Clock();
    private final List<GuardEvent> events = new CopyOnWriteArrayList<>();
    private Endpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = new Endpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private IntrospectionVerifierBuilder builder() {
        return endpoint.verifier().clock(clock).listener(events::add);
    }

    private IntrospectionResult verify(Consumer<Map<String, Object>> change) {
        Map<String, Object> answer = active();
        change.accept(answer);
        endpoint.handler = json(answer);
        return builder().build().verify(TOKEN);
    }

    private static Identity identity(IntrospectionResult result) {
        assertThat(result).isInstanceOf(Valid.class);
        return ((Valid) result).token().identity();
    }

    private static void assertInvalid(IntrospectionResult result, Reason reason) {
        assertThat(result).isInstanceOfSatisfying(Invalid.class, invalid -> assertThat(invalid.reason())
                .isEqualTo(reason));
    }

    private List<String> eventNames() {
        return events.stream().map(GuardEvent::name).toList();
    }

    @Test
    void verify_active_isTheIdentityThatTheIssuerNames() {
        Identity identity = identity(verify(answer -> {}));
        assertThat(identity.subject()).isEqualTo("alice");
        assertThat(identity.method()).isEqualTo(AuthenticationMethod.OPAQUE_TOKEN);
        assertThat(identity.issuer()).contains(Tokens.ISSUER);
        assertThat(identity.clientId()).contains("shop");
        assertThat(identity.scopes()).containsExactly("orders:read", "orders:write");
        assertThat(identity.expiresAt()).contains(Tokens.NOW.plusSeconds(300));
        assertThat(identity.issuedAt()).contains(Tokens.NOW.minusSeconds(10));
        assertThat(identity.tokenId()).contains("id-1");
        assertThat(identity.confirmation()).isEmpty();
    }

    @Test
    void verify_rolesAndTenant_areReadWhereTheyStand() {
        IntrospectionVerifierBuilder mapped =
                builder().rolesFrom("realm.roles", "/x.y", "role").tenantFrom("org.name");
        Map<String, Object> answer = active();
        answer.put("realm", Map.of("roles", List.of("admin", "clerk")));
        answer.put("x.y", List.of("clerk"));
        answer.put("role", "one");
        answer.put("org", Map.of("name", "acme"));
        endpoint.handler = json(answer);
        Identity identity = identity(mapped.build().verify(TOKEN));
        assertThat(identity.roles()).containsExactlyInAnyOrder("admin", "clerk", "one");
        assertThat(identity.tenant()).contains("acme");
    }

    @Test
    void verify_rolesAndTenantAbsent_areNone() {
        endpoint.handler = json(active());
        Identity identity = identity(
                builder().rolesFrom("roles").tenantFrom("tenant").build().verify(TOKEN));
        assertThat(identity.roles()).isEmpty();
        assertThat(identity.tenant()).isEmpty();
        assertThat(identity(builder().tenant("acme").build().verify(TOKEN)).tenant())
                .contains("acme");
    }

    @Test
    void verify_rolesOrTenantOfAnotherType_isInvalid() {
        for (Object wrong : List.of(1, true, Map.of("a", "b"), List.of(1))) {
            Map<String, Object> roles = active();
            roles.put("roles", wrong);
            endpoint.handler = json(roles);
            assertInvalid(builder().rolesFrom("roles").build().verify(TOKEN), Reason.CLAIM);
        }
        for (Object wrong : List.of(1, " ", List.of("acme"))) {
            Map<String, Object> tenant = active();
            tenant.put("tenant", wrong);
            endpoint.handler = json(tenant);
            assertInvalid(builder().tenantFrom("tenant").build().verify(TOKEN), Reason.CLAIM);
        }
    }

    @Test
    void build_twoTenantsOrBlankOne_namesSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().tenant("acme").tenantFrom("tenant").build())
                .withMessageContaining("tenant and tenantFrom");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().tenant(" ").build())
                .withMessageContaining("tenant must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().rolesFrom("a..b"))
                .withMessageContaining("not a claim path");
    }

    @Test
    void verify_call_isTheFormOfTheRfc() {
        verify(answer -> {});
        Endpoint.Call call = endpoint.calls.get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.accept()).isEqualTo("application/json");
        assertThat(call.form()).containsOnly(Map.entry("token", TOKEN), Map.entry("token_type_hint", "access_token"));
    }

    @Test
    void verify_issuerAbsent_isTheExpectedOne() {
        assertThat(identity(verify(answer -> answer.remove("iss"))).issuer()).contains(Tokens.ISSUER);
    }

    @Test
    void verify_subjectAbsent_isTheClient() {
        Identity identity = identity(verify(answer -> {
            answer.remove("sub");
            answer.put("username", "mallory");
        }));
        assertThat(identity.subject()).isEqualTo("shop");
    }

    @Test
    void verify_neitherSubjectNorClient_isRefused() {
        assertInvalid(
                verify(answer -> {
                    answer.remove("sub");
                    answer.remove("client_id");
                    answer.put("username", "mallory");
                }),
                Reason.CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "null", "[true]", "{}", "\"\""})
    void verify_activeNotBoolean_isUnavailable(String value) {
        endpoint.handler = body("application/json", "{\"active\":" + value + ",\"sub\":\"alice\"}");
        assertThat(builder().build().verify(TOKEN)).isInstanceOf(Unavailable.class);
    }

    @Test
    void verify_inactive_isRefused() {
        assertInvalid(verify(answer -> answer.put("active", false)), Reason.INACTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example.com, ISSUER",
        "iss, 7, CLAIM",
        "aud, , AUDIENCE",
        "aud, billing, AUDIENCE",
        "aud, 7, CLAIM",
        "exp, , CLAIM",
        "exp, soon, CLAIM",
        "nbf, now, CLAIM",
        "iat, now, CLAIM",
        "sub, 7, CLAIM",
        "sub, ' ', CLAIM",
        "client_id, 7, CLAIM",
        "scope, 7, CLAIM",
        "jti, 7, CLAIM",
        "sid, 7, CLAIM",
        "acr, 7, CLAIM",
        "auth_time, then, CLAIM",
        "token_type, , TYPE",
        "token_type, 7, CLAIM",
        "token_type, mac, TYPE",
        "token_type, N_A, TYPE",
        "token_type, DPoP, CLAIM",
        "typ, ID, TYPE",
        "typ, Refresh, TYPE",
        "typ, Offline, TYPE",
        "typ, logout, TYPE",
        "typ, 7, CLAIM",
        "token_use, id_token, TYPE",
        "token_use, refresh_token, TYPE",
        "token_use, id, TYPE",
        "cnf, bound, CLAIM"
    })
    void verify_wrongMember_isRefused(String name, String value, Reason reason) {
        assertInvalid(
                verify(answer -> {
                    if (value == null) {
                        answer.remove(name);
                    } else {
                        answer.put(name, value.equals("7") ? (Object) 7 : value);
                    }
                }),
                reason);
    }

    @Test
    void verify_audienceList_isSearched() {
        identity(verify(answer -> answer.put("aud", List.of("billing", "orders"))));
        assertInvalid(verify(answer -> answer.put("aud", List.of("billing"))), Reason.AUDIENCE);
        assertInvalid(verify(answer -> answer.put("aud", List.of("orders", 7))), Reason.CLAIM);
    }

    @Test
    void verify_audienceIgnored_isNotDemanded() {
        Map<String, Object> answer = active();
        answer.remove("aud");
        endpoint.handler = json(answer);
        IntrospectionVerifierBuilder builder = IntrospectionVerifier.forIssuer(URI.create(Tokens.ISSUER))
                .endpoint(endpoint.uri())
                .client(ClientAuthentication.basic("orders", "s3cret"))
                .ignoreAudience()
                .allowInsecureLoopback()
                .clock(clock);
        identity(builder.build().verify(TOKEN));
    }

    @ParameterizedTest
    @CsvSource({"typ, Bearer", "typ, at+jwt", "token_use, access_token", "token_use, access"})
    void verify_useOfAccessTokens_isAccepted(String name, String value) {
        identity(verify(answer -> answer.put(name, value)));
    }

    @Test
    void verify_typeIgnored_isNotDemanded() {
        IntrospectionVerifier verifier = builder().ignoreMissingType().build();
        Map<String, Object> answer = active();
        answer.remove("token_type");
        endpoint.handler = json(answer);
        identity(verifier.verify(TOKEN));

        answer.put("token_type", "mac");
        endpoint.handler = json(answer);
        assertInvalid(verifier.verify("another"), Reason.TYPE);
        answer.remove("token_type");
        answer.put("token_use", "refresh_token");
        endpoint.handler = json(answer);
        assertInvalid(verifier.verify("third"), Reason.TYPE);
    }

    @Test
    void verify_expiryIgnored_isBounded() {
        Map<String, Object> answer = active();
        answer.remove("exp");
        endpoint.handler = json(answer);
        IntrospectionVerifier verifier =
                builder().ignoreMissingExpiry(Duration.ofMinutes(5)).build();
        assertThat(identity(verifier.verify(TOKEN)).expiresAt()).contains(Tokens.NOW.plusSeconds(300));
    }

    @Test
    void verify_expiry_isExcludedAfterTheSkew() {
        long now = Tokens.NOW.getEpochSecond();
        identity(verify(answer -> answer.put("exp", now - 29)));
        assertInvalid(verify(answer -> answer.put("exp", now - 30)), Reason.EXPIRED);
    }

    @Test
    void verify_notBeforeAndIssuedAt_areIncludedWithinTheSkew() {
        long now = Tokens.NOW.getEpochSecond();
        identity(verify(answer -> answer.put("nbf", now + 30)));
        assertInvalid(verify(answer -> answer.put("nbf", now + 31)), Reason.NOT_YET_VALID);
        identity(verify(answer -> answer.put("iat", now + 30)));
        assertInvalid(verify(answer -> answer.put("iat", now + 31)), Reason.NOT_YET_VALID);
    }

    @Test
    void verify_confirmation_landsInTheIdentity() {
        Identity dpop = identity(verify(answer -> {
            answer.put("token_type", "dpop");
            answer.put("cnf", Map.of("jkt", THUMBPRINT));
        }));
        assertThat(dpop.confirmation()).contains(new Confirmation(THUMBPRINT, null));
        Identity tls = identity(verify(answer -> answer.put("cnf", Map.of("x5t#S256", THUMBPRINT))));
        assertThat(tls.confirmation()).contains(new Confirmation(null, THUMBPRINT));
    }

    @Test
    void verify_confirmationNotUnderstood_isRefused() {
        assertInvalid(verify(answer -> answer.put("cnf", Map.of())), Reason.CLAIM);
        assertInvalid(verify(answer -> answer.put("cnf", Map.of("kid", "k1"))), Reason.CLAIM);
        assertInvalid(verify(answer -> answer.put("cnf", Map.of("jkt", "short"))), Reason.CLAIM);
        assertInvalid(verify(answer -> answer.put("cnf", Map.of("jkt", 7))), Reason.CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a b", "a\nb", "a=b", "a,b", "ä", "a&token=b"})
    void verify_notATokensSyntax_isNotAskedAbout(String token) {
        assertInvalid(builder().build().verify(token), Reason.MALFORMED);
        assertThat(endpoint.calls).isEmpty();
    }

    @Test
    void verify_tooLong_isNotAskedAbout() {
        IntrospectionVerifier verifier = builder().maximumLength(10).build();
        identity(verifier.verify("a".repeat(10)));
        assertInvalid(verifier.verify("a".repeat(11)), Reason.TOO_LARGE);
        assertThat(endpoint.calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 307, 400, 401, 403, 404, 429, 500, 503})
    void verify_statusOtherThan200_isUnavailable(int status) {
        endpoint.handler = status(status);
        assertThat(builder().build().verify(TOKEN))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.retryAfter())
                        .isPositive());
        assertThat(endpoint.calls).hasSize(1);
    }

    @Test
    void verify_refusedClient_isReportedOnceAsOurFault() {
        endpoint.handler = status(401);
        IntrospectionVerifier verifier = builder().build();
        verifier.verify(TOKEN);
        verifier.verify(TOKEN);
        assertThat(eventNames()).containsExactly("introspection.refused");
        assertThat(events.get(0).toString()).contains("client orders").doesNotContain("s3cret", TOKEN);
        endpoint.handler = json(active());
        identity(verifier.verify(TOKEN));
        assertThat(eventNames()).containsExactly("introspection.refused", "introspection.recovered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "active",
                "[]",
                "true",
                "{\"active\":true,\"active\":true}",
                "{\"active\":false,\"\\u0061ctive\":true}",
                "{\"active\":true",
                "{} {}"
            })
    void verify_notStrictJson_isUnavailable(String text) {
        endpoint.handler = body("application/json", text);
        assertThat(builder().build().verify(TOKEN)).isInstanceOf(Unavailable.class);
    }

    @Test
    void verify_otherMediaType_isUnavailable() {
        endpoint.handler = body("text/html", JsonUtil.toJson(active()));
        assertThat(builder().build().verify(TOKEN)).isInstanceOf(Unavailable.class);
    }

    @Test
    void verify_hugeAnswer_isUnavailable() {
        Map<String, Object> answer = active();
        answer.put("x", "x".repeat(IntrospectionCall.MAXIMUM_BYTES));
        endpoint.handler = json(answer);
        assertThat(builder().build().verify(TOKEN)).isInstanceOf(Unavailable.class);
    }

    @Test
    void verify_slowAnswer_isUnavailableAfterTheTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        endpoint.handler = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
        };
        assertThat(builder().requestTimeout(Duration.ofMillis(200)).build().verify(TOKEN))
                .isInstanceOf(Unavailable.class);
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void verify_again_isAnsweredFromMemoryForItsTime() {
        IntrospectionVerifier verifier = builder().build();
        identity(verifier.verify(TOKEN));
        endpoint.handler = json(Map.of("active", false));
        clock.advance(Duration.ofSeconds(59));
        identity(verifier.verify(TOKEN));
        assertThat(endpoint.calls).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertInvalid(verifier.verify(TOKEN), Reason.INACTIVE);
        assertThat(endpoint.calls).hasSize(2);
    }

    @Test
    void verify_again_isNotAnsweredFromMemoryPastExpiry() {
        Map<String, Object> answer = active();
        answer.put("exp", Tokens.NOW.getEpochSecond() + 10);
        endpoint.handler = json(answer);
        IntrospectionVerifier verifier = builder().build();
        verifier.verify(TOKEN);
        clock.advance(Duration.ofSeconds(10));
        verifier.verify(TOKEN);
        assertThat(endpoint.calls).hasSize(2);
    }

    @Test
    void verify_inactiveAgain_isAnsweredFromMemoryForAShortTime() {
        endpoint.handler = json(Map.of("active", false));
        IntrospectionVerifier verifier = builder().build();
        verifier.verify(TOKEN);
        endpoint.handler = json(active());
        assertInvalid(verifier.verify(TOKEN), Reason.INACTIVE);
        clock.advance(Duration.ofSeconds(5));
        identity(verifier.verify(TOKEN));
    }

    @Test
    void verify_manyBadTokens_doNotDriveOutAGoodOne() {
        IntrospectionVerifier verifier = builder().cacheSize(2).build();
        identity(verifier.verify(TOKEN));
        endpoint.handler = json(Map.of("active", false));
        for (int i = 0; i < 20; i++) {
            verifier.verify("bad" + i);
        }
        identity(verifier.verify(TOKEN));
        assertThat(endpoint.calls).hasSize(21);
    }

    @Test
    void verify_cacheOff_asksEveryTime() {
        IntrospectionVerifier verifier = builder().cacheActiveFor(Duration.ZERO).build();
        verifier.verify(TOKEN);
        verifier.verify(TOKEN);
        assertThat(endpoint.calls).hasSize(2);
    }

    @Test
    void forgetAnswers_askedAgain_asksTheIssuer() {
        IntrospectionVerifier verifier = builder().build();
        verifier.verify(TOKEN);
        verifier.forgetAnswers();
        verifier.verify(TOKEN);
        assertThat(endpoint.calls).hasSize(2);
    }

    @Test
    void forgetAnswers_whileTheIssuerAnswers_keepsNothingOfTheAnswer() {
        IntrospectionVerifier verifier = builder().build();
        endpoint.handler = exchange -> {
            verifier.forgetAnswers();
            json(active()).answer(exchange);
        };
        identity(verifier.verify(TOKEN));
        endpoint.handler = json(Map.of("active", false));
        assertInvalid(verifier.verify(TOKEN), Reason.INACTIVE);
    }

    @Test
    void forgetAnswers_whileTheIssuerAnswers_isNotAnsweredByThatToWhoeverComesAfter() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        endpoint.handler = exchange -> {
            arrived.countDown();
            await(go);
            json(active()).answer(exchange);
        };
        IntrospectionVerifier verifier = builder().build();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<IntrospectionResult> first = caller.submit(() -> verifier.verify(TOKEN));
        arrived.await();
        endpoint.handler = json(Map.of("active", false));
        verifier.forgetAnswers();
        IntrospectionResult after = verifier.verify(TOKEN);
        go.countDown();
        identity(first.get());
        caller.shutdownNow();
        assertInvalid(after, Reason.INACTIVE);
        assertInvalid(verifier.verify(TOKEN), Reason.INACTIVE);
    }

    @Test
    void verify_keysOfSignedAnswersCannotBeHad_isNoFailureOfTheEndpoint() {
        verifySigned("token-introspection+jwt", claims -> {}, Tokens.KEY);
        try (JwkSource nowhere = JwkSource.url(URI.create("http://127.0.0.1:1/keys"))
                .allowInsecureLoopback()
                .build()) {
            IntrospectionVerifier verifier = builder()
                    .signedAnswers(nowhere)
                    .breaker(1, Duration.ofSeconds(10))
                    .build();
            endpoint.calls.clear();
            assertThat(verifier.verify(TOKEN)).isInstanceOf(Unavailable.class);
            assertThat(verifier.verify("another")).isInstanceOf(Unavailable.class);
        }
        assertThat(endpoint.calls).hasSize(2);
        assertThat(eventNames()).doesNotContain("introspection.open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"half of a pair", "too large", "too deep", "name given twice"})
    void verify_answerThatIsUselessForOneToken_leavesTheOthersAlone(String what) {
        String name =
                switch (what) {
                    case "half of a pair" -> "\"\\ud83d\"";
                    case "too large" -> "\"" + "x".repeat(70_000) + "\"";
                    case "too deep" -> "[".repeat(40) + "]".repeat(40);
                    default -> "\"x\",\"name\":\"y\"";
                };
        endpoint.handler = body("application/json", "{\"active\":true,\"name\":" + name + "}");
        IntrospectionVerifier verifier =
                builder().breaker(2, Duration.ofSeconds(10)).build();
        for (int i = 0; i < 5; i++) {
            assertThat(verifier.verify("mallory" + i)).isInstanceOf(Unavailable.class);
        }
        endpoint.handler = json(active());
        identity(verifier.verify(TOKEN));
        assertThat(eventNames()).doesNotContain("introspection.open");
    }

    @Test
    void verify_authenticationAhead_isNotYetValid() {
        long now = Tokens.NOW.getEpochSecond();
        identity(verify(answer -> answer.put("auth_time", now + 30)));
        assertInvalid(verify(answer -> answer.put("auth_time", now + 31)), Reason.NOT_YET_VALID);
    }

    @Test
    void verify_notBeforeWithFraction_isNotValidTooEarly() {
        Map<String, Object> answer = active();
        answer.put("nbf", Tokens.NOW.getEpochSecond() + 0.5);
        endpoint.handler = json(answer);
        assertInvalid(builder().clockSkew(Duration.ZERO).build().verify(TOKEN), Reason.NOT_YET_VALID);
    }

    @Test
    void verify_boundInAnotherWayBeside_isInvalid() {
        assertInvalid(verify(answer -> answer.put("cnf", Map.of("x5t#S256", THUMBPRINT, "kid", "k1"))), Reason.CLAIM);
        assertInvalid(verify(answer -> answer.put("cnf", Map.of("jkt", THUMBPRINT, "jwk", Map.of()))), Reason.CLAIM);
    }

    @Test
    void verify_sameTokenAtOnce_isAskedAboutOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        endpoint.handler = exchange -> {
            await(go);
            json(active()).answer(exchange);
        };
        IntrospectionVerifier verifier = builder().build();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<IntrospectionResult>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            results.add(callers.submit(() -> verifier.verify(TOKEN)));
        }
        go.countDown();
        for (Future<IntrospectionResult> result : results) {
            identity(result.get());
        }
        callers.shutdownNow();
        assertThat(endpoint.calls).hasSize(1);
    }

    @Test
    void verify_moreThanMayWait_areToldToComeBack() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        endpoint.handler = exchange -> {
            arrived.countDown();
            await(go);
            json(active()).answer(exchange);
        };
        IntrospectionVerifier verifier = builder().maximumWaiting(1).build();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<IntrospectionResult> first = caller.submit(() -> verifier.verify(TOKEN));
        arrived.await();
        assertThat(verifier.verify("another")).isInstanceOf(Unavailable.class);
        go.countDown();
        identity(first.get());
        identity(verifier.verify(TOKEN));
        caller.shutdownNow();
    }

    @Test
    void verify_endpointKeepsFailing_isLeftAloneAndThenTriedOnce() {
        endpoint.handler = status(500);
        IntrospectionVerifier verifier =
                builder().breaker(3, Duration.ofSeconds(10)).build();
        for (int i = 0; i < 5; i++) {
            verifier.verify(TOKEN);
        }
        assertThat(endpoint.calls).hasSize(3);
        assertThat(verifier.verify(TOKEN))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.retryAfter())
                        .isEqualTo(Duration.ofSeconds(10)));
        clock.advance(Duration.ofSeconds(10));
        verifier.verify(TOKEN);
        verifier.verify(TOKEN);
        assertThat(endpoint.calls).hasSize(4);
        clock.advance(Duration.ofSeconds(10));
        endpoint.handler = json(active());
        identity(verifier.verify(TOKEN));
        assertThat(eventNames())
                .containsExactly("introspection.failed", "introspection.open", "introspection.recovered");
    }

    @Test
    void verify_endpointFails_knownTokensAreServedOn() {
        IntrospectionVerifier verifier =
                builder().breaker(1, Duration.ofSeconds(10)).build();
        identity(verifier.verify(TOKEN));
        endpoint.handler = status(500);
        assertThat(verifier.verify("another")).isInstanceOf(Unavailable.class);
        identity(verifier.verify(TOKEN));
    }

    @Test
    void verify_errorAboutOneCall_doesNotOpenTheBreaker() {
        endpoint.handler = status(400);
        IntrospectionVerifier verifier =
                builder().breaker(1, Duration.ofSeconds(10)).build();
        verifier.verify("odd");
        endpoint.handler = json(active());
        identity(verifier.verify(TOKEN));
    }

    @Test
    void verify_noEndpoint_isUnavailable() throws IOException {
        Endpoint gone = new Endpoint();
        gone.close();
        assertThat(gone.verifier().build().verify(TOKEN)).isInstanceOf(Unavailable.class);
    }

    @Test
    void basic_oddCharacters_areFormEncoded() {
        builder().client(ClientAuthentication.basic("a:b c", "p%&ü")).build().verify(TOKEN);
        String pair = new String(
                Base64.getDecoder().decode(endpoint.calls.get(0).authorization().substring("Basic ".length())),
                StandardCharsets.US_ASCII);
        assertThat(pair).isEqualTo("a%3Ab+c:p%25%26%C3%BC");
        assertThat(ClientAuthentication.basic("a", "s3cret").toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @EnumSource(AssertionAlgorithm.class)
    void privateKeyJwt_assertion_isSignedForTheIssuer(AssertionAlgorithm algorithm) throws Exception {
        TestKey key = TestKey.of("c1", JwsAlgorithm.valueOf(algorithm.name()));
        builder()
                .client(ClientAuthentication.privateKeyJwt("orders", key.pair().getPrivate(), "c1", algorithm))
                .cacheActiveFor(Duration.ZERO)
                .build()
                .verify(TOKEN);
        Map<String, String> form = endpoint.calls.get(0).form();
        assertThat(form)
                .containsEntry("client_id", "orders")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        String[] parts = form.get("client_assertion").split("\\.");
        assertThat(StrictJson.object(Base64Url.decode(parts[0])))
                .containsEntry("alg", algorithm.id())
                .containsEntry("kid", "c1");
        assertThat(StrictJson.object(Base64Url.decode(parts[1])))
                .containsEntry("iss", "orders")
                .containsEntry("sub", "orders")
                .containsEntry("aud", Tokens.ISSUER)
                .containsEntry("exp", Tokens.NOW.getEpochSecond() + 60)
                .containsKey("jti");
        assertThat(new SignatureVerifier(null)
                        .verify(
                                JwsAlgorithm.valueOf(algorithm.name()),
                                key.pair().getPublic(),
                                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                                Base64Url.decode(parts[2])))
                .isTrue();
    }

    @Test
    void privateKeyJwt_eachCall_hasItsOwnId() {
        TestKey key = TestKey.of("c1", JwsAlgorithm.ES256);
        IntrospectionVerifier verifier = builder()
                .client(ClientAuthentication.privateKeyJwt(
                        "orders", key.pair().getPrivate(), "c1", AssertionAlgorithm.ES256))
                .build();
        verifier.verify("one");
        verifier.verify("two");
        assertThat(endpoint.calls.stream().map(call -> StrictJson.object(Base64Url.decode(
                                call.form().get("client_assertion").split("\\.")[1]))
                        .get("jti")))
                .doesNotHaveDuplicates();
    }

    @Test
    void privateKeyJwt_wrongKey_isRefusedAtOnce() {
        TestKey key = TestKey.of("c1", JwsAlgorithm.ES384);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientAuthentication.privateKeyJwt(
                        "orders", key.pair().getPrivate(), "c1", AssertionAlgorithm.ES256))
                .withMessageContaining("ES256");
    }

    @Test
    void mutualTls_givenClient_sendsTheClientId() {
        builder()
                .client(ClientAuthentication.mutualTls("orders"))
                .httpClient(HttpClient.newHttpClient())
                .build()
                .verify(TOKEN);
        assertThat(endpoint.calls.get(0).form()).containsEntry("client_id", "orders");
        assertThat(endpoint.calls.get(0).authorization()).isNull();
    }

    private IntrospectionResult verifySigned(String type, Consumer<Map<String, Object>> change, TestKey key) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", Tokens.ISSUER);
        claims.put("aud", "orders");
        claims.put("iat", Tokens.NOW.getEpochSecond());
        claims.put("token_introspection", active());
        change.accept(claims);
        String header =
                "{\"alg\":\"" + key.algorithm().id() + "\",\"kid\":\"" + key.kid() + "\",\"typ\":\"" + type + "\"}";
        endpoint.handler = body("application/token-introspection+jwt", key.sign(header, JsonUtil.toJson(claims)));
        return builder()
                .signedAnswers(JwkSource.of(TestKey.set(Tokens.KEY)))
                .build()
                .verify(TOKEN);
    }

    @Test
    void verify_signedAnswer_isBelieved() {
        assertThat(identity(verifySigned("token-introspection+jwt", claims -> {}, Tokens.KEY))
                        .subject())
                .isEqualTo("alice");
        assertThat(endpoint.calls.get(0).accept()).isEqualTo("application/token-introspection+jwt");
    }

    @Test
    void verify_signedAnswerOfAnotherKind_isUnavailable() {
        long now = Tokens.NOW.getEpochSecond();
        assertUnavailable("at+jwt", claims -> {});
        assertUnavailable("JWT", claims -> {});
        assertUnavailable("token-introspection+jwt", claims -> claims.put("iss", "https://evil.example.com"));
        assertUnavailable("token-introspection+jwt", claims -> claims.remove("iss"));
        assertUnavailable("token-introspection+jwt", claims -> claims.put("aud", "billing"));
        assertUnavailable("token-introspection+jwt", claims -> claims.remove("aud"));
        assertUnavailable("token-introspection+jwt", claims -> claims.put("iat", now - 91));
        assertUnavailable("token-introspection+jwt", claims -> claims.put("iat", now + 31));
        assertUnavailable("token-introspection+jwt", claims -> claims.remove("iat"));
        assertUnavailable("token-introspection+jwt", claims -> claims.put("token_introspection", "x"));
        assertUnavailable("token-introspection+jwt", claims -> claims.remove("token_introspection"));
    }

    private void assertUnavailable(String type, Consumer<Map<String, Object>> change) {
        assertThat(verifySigned(type, change, Tokens.KEY)).isInstanceOf(Unavailable.class);
    }

    @Test
    void verify_signedAnswer_ageIncludesTheBoundary() {
        long now = Tokens.NOW.getEpochSecond();
        identity(verifySigned("token-introspection+jwt", claims -> claims.put("iat", now - 90), Tokens.KEY));
        identity(verifySigned("token-introspection+jwt", claims -> claims.put("iat", now + 30), Tokens.KEY));
    }

    @Test
    void verify_answerSignedByAnotherKey_isUnavailable() {
        TestKey other = TestKey.of("k1", JwsAlgorithm.ES256);
        assertThat(verifySigned("token-introspection+jwt", claims -> {}, other)).isInstanceOf(Unavailable.class);
    }

    @Test
    void verify_signedDemanded_plainAnswerIsNotBelieved() {
        assertThat(builder()
                        .signedAnswers(JwkSource.of(TestKey.set(Tokens.KEY)))
                        .build()
                        .verify(TOKEN))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void build_missingOrDangerousSetting_isRefused() {
        assertRefused(IntrospectionVerifier.forIssuer(URI.create(Tokens.ISSUER)), "endpoint");
        assertRefused(builder().endpoint(URI.create("http://example.com/introspect")), "https");
        assertRefused(builder().endpoint(URI.create("/introspect")), "absolute");
        assertRefused(builder().endpoint(URI.create("https://u:p@example.com/")), "user");
        assertRefused(builder().ignoreAudience(), "ignoreAudience");
        assertRefused(builder().audience(), "audience");
        assertRefused(builder().client(ClientAuthentication.mutualTls("orders")), "httpClient");
        assertRefused(builder().cacheActiveFor(Duration.ofHours(2)), "cacheActiveFor");
        assertRefused(builder().ignoreMissingExpiry(Duration.ZERO), "ignoreMissingExpiry");
        assertThatIllegalArgumentException().isThrownBy(() -> builder()
                .httpClient(HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.ALWAYS)
                        .build()));
    }

    private static void assertRefused(IntrospectionVerifierBuilder builder, String part) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(part);
    }

    @Test
    void toString_token_showsNoClaim() {
        IntrospectionResult result = verify(answer -> {});
        assertThat(result.toString()).doesNotContain("alice", TOKEN);
    }
}
