package io.apiguard.authn;

import static io.apiguard.authn.jwt.Tokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authentication.Kind;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.Tokens;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.IpAddress;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.secret.Fingerprint;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.InMemoryRevocationStore;
import io.apiguard.store.Revocation;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

    private static final String BEARER = "Bearer realm=\"orders\"";
    private static final String API_KEY = "ApiKey realm=\"orders\", header=\"X-API-Key\"";

    private static final Arrival ARRIVAL = new Arrival(
            ClientAddress.of(IpAddress.parse("192.0.2.1").orElseThrow()),
            true,
            Authority.parse("api.example.com").orElseThrow(),
            false);

    private final SecretSource secrets = SecretSources.ephemeral(new SecureRandom());
    private final Fingerprint fingerprint = Fingerprint.with(secrets);
    private final IssuedApiKey issued =
            ApiKeys.using(secrets, ApiKeyStore.of(List.of())).issue(ApiKeyGrant.to("job"));
    private final ApiKeys apiKeys = ApiKeys.using(secrets, ApiKeyStore.of(List.of(issued.stored())));
    private final Authenticator both = Authenticator.builder()
            .realm("orders")
            .bearerTokens(Tokens.verifier().fingerprint(fingerprint).build())
            .apiKeys(apiKeys)
            .fingerprint(fingerprint)
            .build();

    /** A request of header fields and a query, which nobody may read. */
    private record Request(Map<String, List<String>> fields, String rawQuery) implements ApiRequest {

        static Request of(String name, String... values) {
            return new Request(Map.of(name, List.of(values)), null);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawPath() {
            return "/";
        }

        @Override
        public boolean secure() {
            return true;
        }

        @Override
        public String peerAddress() {
            return "192.0.2.1";
        }

        @Override
        public List<String> headers(String name) {
            Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            byName.putAll(fields);
            return byName.getOrDefault(name, List.of());
        }

        @Override
        public Set<String> headerNames() {
            return fields.keySet();
        }
    }

    private Failure failure(ApiRequest request) {
        Authentication authentication = both.authenticate(request, ARRIVAL);
        assertThat(authentication).isInstanceOf(Failure.class);
        return (Failure) authentication;
    }

    private static Request authorization(String... values) {
        return Request.of("Authorization", values);
    }

    @Test
    void authenticate_nothing_isNone() {
        assertThat(both.authenticate(new Request(Map.of(), null), ARRIVAL)).isEqualTo(new Authentication.None());
        assertThat(both.challenges().credentialRequired()).containsExactly(BEARER, API_KEY);
    }

    @Test
    void authenticate_credentialInTheQuery_isNotRead() {
        String query = "access_token=" + token().text() + "&api_key=" + issued.key() + "&X-API-Key=" + issued.key();
        assertThat(both.authenticate(new Request(Map.of(), query), ARRIVAL)).isEqualTo(new Authentication.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void authenticate_goodToken_isSuccess(String scheme) {
        String text = token().text();
        Authentication authentication = both.authenticate(authorization(scheme + text), ARRIVAL);
        assertThat(authentication).isInstanceOfSatisfying(Authentication.Success.class, success -> {
            assertThat(success.identity().subject()).isEqualTo("alice");
            assertThat(success.identity().method()).isEqualTo(AuthenticationMethod.JWT);
            assertThat(success.fingerprint()).isEqualTo(fingerprint.of(text)).doesNotContain(text);
        });
    }

    @Test
    void authenticate_goodApiKey_isSuccess() {
        Authentication authentication = both.authenticate(Request.of("x-api-key", issued.key()), ARRIVAL);
        assertThat(authentication).isInstanceOfSatisfying(Authentication.Success.class, success -> {
            assertThat(success.identity().subject()).isEqualTo("job");
            assertThat(success.fingerprint()).isEqualTo(fingerprint.of(issued.key()));
        });
    }

    @Test
    void authenticate_severalCredentials_isMalformed() { // CVE-2025-64527
        String good = "Bearer " + token().text();
        Failure failure = failure(authorization(good, good));
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.reason()).isEqualTo("credential.several");
        assertThat(failure.challenges()).containsExactly(BEARER + ", error=\"invalid_request\"", API_KEY);
        assertThat(failure(Request.of("X-API-Key", issued.key(), issued.key())).challenges())
                .containsExactly(BEARER, API_KEY);
        assertThat(failure(Request.of("X-API-Key", issued.key(), issued.key())).status())
                .isEqualTo(400);
        assertThat(failure(new Request(
                                Map.of("Authorization", List.of(good), "X-API-Key", List.of(issued.key())), null))
                        .challenges())
                .containsExactly(BEARER + ", error=\"invalid_request\"", API_KEY);
        assertThat(failure(new Request(Map.of("Authorization", List.of("Basic x"), "X-API-Key", List.of("")), null))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " Bearer a.b.c",
                "Bearer",
                "Bearer ",
                "Bearer  ",
                "Bearer\ta.b.c",
                "Bearer a b",
                "Bearer a,b",
                "Bearer a, Bearer b",
                "Bearer a=b",
                "Bearer =",
                "Bearer a;b",
                "Bearer \"a\"",
                "Bearer a\u00e9",
                "Bearer a ",
                "Bearer a\n",
                "Be(arer a",
                "Bearer, a",
                "\u212aearer a",
                "Bearer a\u0000"
            })
    void authenticate_malformedAuthorization_isMalformed(String value) {
        Failure failure = failure(authorization(value));
        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.challenges()).containsExactly(BEARER + ", error=\"invalid_request\"", API_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "DPoP ", "dpop  ", "DPoP a b", "DPoP a, DPoP b", "DPoP \u00e9", "DPoP\ta.b.c"})
    void authenticate_dpopWithoutOneToken_isMalformed(String value) { // RFC 9449 section 7.1, RFC 6750 section 3.1
        assertThat(proving().authenticate(authorization(value), ARRIVAL))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.status()).isEqualTo(400);
                    assertThat(failure.reason()).isEqualTo("credential.malformed");
                    assertThat(failure.challenges())
                            .hasSize(2)
                            .allMatch(line -> line.startsWith("Bearer ") || line.startsWith("DPoP "));
                    assertThat(failure.challenges())
                            .filteredOn(line -> line.contains("error=\"invalid_request\""))
                            .hasSize(1);
                });
    }

    @Test
    void authenticate_dpopTokenTwice_isMalformedInThatScheme() {
        Failure failure = (Failure) proving().authenticate(authorization("DPoP a", "DPoP a"), ARRIVAL);
        assertThat(failure.reason()).isEqualTo("credential.several");
        assertThat(failure.challenges().get(0)).isEqualTo("Bearer realm=\"api\"");
        assertThat(failure.challenges().get(1)).startsWith("DPoP ").endsWith(", error=\"invalid_request\"");
    }

    private static Authenticator proving() {
        InstantSource clock = InstantSource.fixed(Tokens.NOW);
        return Authenticator.builder()
                .bearerTokens(Tokens.verifier().acceptSenderConstrained().build())
                .dpop(DpopVerifier.builder(new InMemoryReplayStore(10, 10, clock))
                        .clock(clock)
                        .build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dTpw", "Digest username=\"a\"", "DPoP a.b.c", "BearerX a", "Negotiate", "token"})
    void authenticate_schemeNotTaken_isUnauthenticated(String value) {
        Failure failure = failure(authorization(value));
        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.reason()).isEqualTo("credential.scheme");
        assertThat(failure.challenges()).containsExactly(BEARER, API_KEY);
    }

    @Test
    void authenticate_badTokens_lookAllTheSame() {
        List<String> bad = List.of(
                "a.b.c",
                "a",
                token().claim("exp", 1).text(),
                token().claim("aud", "x").text(),
                token().header("kid", "unknown").text(),
                token().text().substring(0, token().text().length() - 8),
                "a".repeat(9000));
        for (String text : bad) {
            Failure failure = failure(authorization("Bearer " + text));
            assertThat(failure.status()).isEqualTo(401);
            assertThat(failure.challenges()).containsExactly(BEARER + ", error=\"invalid_token\"", API_KEY);
            assertThat(failure.reason()).startsWith("token.");
            assertThat(failure.toString()).doesNotContain(text.length() > 3 ? text : "a.b.c");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ag_0000000000000000_0000000000000000000000000000000000000000000000000"})
    void authenticate_badApiKey_isUnauthenticated(String key) {
        Failure failure = failure(Request.of("X-API-Key", key));
        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.challenges()).containsExactly(BEARER, API_KEY);
        assertThat(failure.reason()).startsWith("api_key.");
    }

    @Test
    void authenticate_keysCannotBeFetched_isUnavailable() {
        JwkSource closed =
                JwkSource.url(URI.create("https://login.example.com/keys")).build();
        closed.close();
        Authenticator down = Authenticator.builder()
                .bearerTokens(Tokens.verifier().keys(closed).build())
                .build();
        assertThat(down.authenticate(authorization("Bearer " + token().text()), ARRIVAL))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.status()).isEqualTo(503);
                    assertThat(failure.retryAfter()).isPositive();
                    assertThat(failure.challenges()).isEmpty();
                });
    }

    @Test
    void authenticate_storeOfKeysFails_isUnavailable() {
        ApiKeyStore broken = id -> {
            throw new IllegalStateException();
        };
        Authenticator down =
                Authenticator.builder().apiKeys(ApiKeys.using(secrets, broken)).build();
        assertThat(down.authenticate(Request.of("X-API-Key", issued.key()), ARRIVAL))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.status()).isEqualTo(503));
    }

    @Test
    void authenticate_oneWayOnly_takesThatAlone() {
        Authenticator keysOnly = Authenticator.builder()
                .realm("orders")
                .apiKeys(apiKeys)
                .apiKeyHeader("X-Key")
                .build();
        assertThat(keysOnly.authenticate(Request.of("X-Key", issued.key()), ARRIVAL))
                .isInstanceOf(Authentication.Success.class);
        assertThat(keysOnly.authenticate(Request.of("X-API-Key", issued.key()), ARRIVAL))
                .isInstanceOf(Authentication.None.class);
        assertThat(keysOnly.authenticate(authorization("Bearer " + token().text()), ARRIVAL))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.challenges())
                        .containsExactly("ApiKey realm=\"orders\", header=\"X-Key\""));
        Authenticator tokensOnly =
                Authenticator.builder().bearerTokens(Tokens.verifier().build()).build();
        assertThat(tokensOnly.authenticate(Request.of("X-API-Key", issued.key()), ARRIVAL))
                .isInstanceOf(Authentication.None.class);
        assertThat(tokensOnly.challenges().credentialRequired()).containsExactly("Bearer realm=\"api\"");
    }

    @Test
    void authenticate_signedTokenWhoseHeaderBeginsWithALine_isNoOpaqueOne() {
        IntrospectionVerifier nobody = IntrospectionVerifier.forIssuer(URI.create(Tokens.ISSUER))
                .endpoint(URI.create("http://127.0.0.1:1/introspect"))
                .client(ClientAuthentication.basic("orders", "s3cret"))
                .audience("orders")
                .allowInsecureLoopback()
                .build();
        Authenticator authenticator = Authenticator.builder()
                .bearerTokens(Tokens.verifier().build())
                .opaqueTokens(nobody)
                .build();
        for (String space : List.of("", " ", "\n", "\r\n", "\t")) {
            String header = "{" + space + "\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"}";
            String claims =
                    "{\"iss\":\"" + Tokens.ISSUER + "\",\"aud\":\"orders\",\"sub\":\"alice\",\"client_id\":\"shop\","
                            + "\"jti\":\"1\",\"iat\":" + Tokens.NOW.getEpochSecond() + ",\"exp\":"
                            + (Tokens.NOW.getEpochSecond() + 300) + "}";
            assertThat(authenticator.authenticate(authorization("Bearer " + Tokens.KEY.sign(header, claims)), ARRIVAL))
                    .isInstanceOf(Authentication.Success.class);
        }
    }

    @Test
    void authenticate_secretOfFingerprintsGone_isUnavailable() {
        AtomicBoolean gone = new AtomicBoolean();
        SecretSource failing = new SecretSource() {
            @Override
            public Optional<Secret> current(String name) {
                return gone.get() ? Optional.empty() : secrets.current(name);
            }

            @Override
            public Optional<Secret> version(String name, String keyId) {
                return secrets.version(name, keyId);
            }
        };
        Authenticator authenticator = Authenticator.builder()
                .apiKeys(apiKeys)
                .fingerprint(Fingerprint.with(failing))
                .build();
        gone.set(true);
        assertThat(authenticator.authenticate(Request.of("X-API-Key", issued.key()), ARRIVAL))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(failure.retryAfter()).isPositive();
                    assertThat(failure.detail()).doesNotContain(issued.key());
                });
    }

    @Test
    void authenticate_revoked_isRefusedWhateverRemembersIt() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        Instant until = Tokens.NOW.plusSeconds(3600);
        JwtVerifier verifier = Tokens.verifier().build();
        try (RevocationList list = RevocationList.following(new InMemoryRevocationStore(10, () -> Tokens.NOW))
                .scheduler(scheduler)
                .clock(() -> Tokens.NOW)
                .build()) {
            list.warmUp();
            Request bearer = authorization("Bearer " + token().text());
            Request key = Request.of("X-API-Key", issued.key());
            List<Authenticator> authenticators = Stream.<AccessTokenVerifier>of(
                            verifier, JwtVerifier.forIssuers(verifier))
                    .map(tokens -> Authenticator.builder()
                            .bearerTokens(tokens)
                            .apiKeys(apiKeys)
                            .revocations(list)
                            .build())
                    .toList();
            for (Authenticator authenticator : authenticators) {
                assertThat(authenticator.authenticate(bearer, ARRIVAL)).isInstanceOf(Authentication.Success.class);
                assertThat(authenticator.authenticate(key, ARRIVAL)).isInstanceOf(Authentication.Success.class);
            }
            list.revoke(new Revocation.Token(Tokens.ISSUER, "id-1", until));
            list.revoke(new Revocation.ApiKey(issued.stored().id(), until));
            for (Authenticator authenticator : authenticators) {
                assertRevoked(authenticator.authenticate(bearer, ARRIVAL));
                assertRevoked(authenticator.authenticate(key, ARRIVAL));
            }
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static void assertRevoked(Authentication authentication) {
        assertThat(authentication).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(failure.reason()).isEqualTo("credential.revoked");
        });
    }

    @Test
    void build_contradictorySettings_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authenticator.builder().build())
                .withMessageContaining("bearerTokens");
        AuthenticatorBuilder builder = Authenticator.builder().apiKeys(apiKeys);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.apiKeyHeader("authorization").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.apiKeyHeader("X: y").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.apiKeyHeader("").build());
        for (String realm : List.of("", "a\r\nSet-Cookie: x", "\u00e9", "x".repeat(201))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.apiKeyHeader("X-Key").realm(realm).build());
        }
    }

    // challenges

    @Test
    void challenges_realmWithQuotes_isQuoted() {
        assertThat(Challenges.of(new Challenges.Taken("a \"b\" \\c, d=e", true, List.of(), null, List.of(), null))
                        .credentialRequired())
                .containsExactly("Bearer realm=\"a \\\"b\\\" \\\\c, d=e\"");
    }

    @Test
    void challenges_insufficientScope_namesThem() {
        assertThat(both.challenges().insufficientScope(TokenScheme.BEARER, List.of("orders:read", "orders:write")))
                .containsExactly(
                        BEARER + ", error=\"insufficient_scope\", scope=\"orders:read orders:write\"", API_KEY);
        assertThat(both.challenges().insufficientScope(TokenScheme.BEARER, List.of()))
                .containsExactly(BEARER + ", error=\"insufficient_scope\"", API_KEY);
        assertThat(Challenges.of(new Challenges.Taken("r", false, List.of(), "X-Key", List.of(), null))
                        .insufficientScope(TokenScheme.BEARER, List.of("a")))
                .containsExactly("ApiKey realm=\"r\", header=\"X-Key\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"", "a\\", "a\r\nb", "\u00e9", "a\u0000"})
    void challenges_whatIsNoScope_isRefused(String scope) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.challenges().insufficientScope(TokenScheme.BEARER, List.of(scope)));
    }
}
