package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.ISSUER;
import static io.apiguard.authn.jwt.Tokens.KEY;
import static io.apiguard.authn.jwt.Tokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several issuers side by side, each with a key of the same id. */
class MultiIssuerVerifierTest {

    private static final String OTHER = "https://other.example";
    private static final TestKey THEIRS = TestKey.of("k1", JwsAlgorithm.ES256);

    private final Tokens.Clock clock = new Tokens.Clock();
    private final Map<String, JwtVerifierBuilder> table = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private JwtVerifierBuilder settings(String issuer, TestKey key) {
        return JwtVerifier.forIssuer(URI.create(issuer))
                .audience("orders")
                .keys(JwkSource.of(TestKey.set(key)))
                .clock(clock);
    }

    private MultiIssuerVerifier fixed() {
        return JwtVerifier.forIssuers(
                settings(ISSUER, KEY).tenant("ours").build(),
                settings(OTHER, THEIRS).audience("theirs").build());
    }

    private MultiIssuerVerifierBuilder resolving() {
        return JwtVerifier.forIssuers(issuer -> {
                    asked.add(issuer);
                    return Optional.ofNullable(table.get(issuer));
                })
                .clock(clock);
    }

    private static Tokens ours() {
        return token();
    }

    private static Tokens theirs() {
        return token().claim("iss", OTHER).claim("aud", "theirs").signedBy(THEIRS);
    }

    private static VerifiedJwt valid(AccessTokenVerifier by, Tokens token) {
        JwtResult result = by.verify(token.text());
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        return ((JwtResult.Valid) result).token();
    }

    private static void refused(AccessTokenVerifier by, String token, Reason reason) {
        assertThat(by.verify(token))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .as(invalid.detail())
                        .isEqualTo(reason));
    }

    private static void unavailable(AccessTokenVerifier by, Tokens token) {
        assertThat(by.verify(token.text()))
                .isInstanceOfSatisfying(JwtResult.Unavailable.class, result -> assertThat(result.retryAfter())
                        .isPositive());
    }

    // a fixed list

    @Test
    void verify_eachIssuersToken_isJudgedByItsOwnVerifier() {
        MultiIssuerVerifier verifier = fixed();
        verifier.warmUp(WhenUnreachable.REFUSE);
        VerifiedJwt ours = valid(verifier, ours());
        assertThat(ours.identity().issuer()).contains(ISSUER);
        assertThat(ours.identity().tenant()).contains("ours");
        VerifiedJwt theirs = valid(verifier, theirs());
        assertThat(theirs.identity().issuer()).contains(OTHER);
        assertThat(theirs.identity().tenant()).isEmpty();
        assertThat(theirs.identity()).isNotEqualTo(ours.identity());
    }

    @Test
    void verify_keyOrAudienceOfTheOtherIssuer_isRefused() { // CVE-2025-59936, CVE-2018-15801
        MultiIssuerVerifier verifier = fixed();
        refused(verifier, theirs().signedBy(KEY).text(), Reason.SIGNATURE);
        refused(verifier, ours().signedBy(THEIRS).text(), Reason.SIGNATURE);
        refused(verifier, theirs().claim("aud", "orders").text(), Reason.AUDIENCE);
        refused(verifier, ours().claim("aud", "theirs").text(), Reason.AUDIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://attacker.example", ISSUER + "/", "https://LOGIN.example.com", ISSUER + "\u0000"})
    void verify_issuerNotTaken_isRefused(String issuer) {
        refused(fixed(), ours().claim("iss", issuer).text(), Reason.ISSUER);
    }

    @Test
    void verify_issuerOfTheWrongType_isRefused() {
        MultiIssuerVerifier verifier = fixed();
        refused(verifier, ours().without("iss").text(), Reason.CLAIM);
        for (Object wrong : new Object[] {1, true, List.of(ISSUER), Map.of("iss", ISSUER)}) {
            refused(verifier, ours().claim("iss", wrong).text(), Reason.CLAIM);
        }
        refused(verifier, ours().claim("iss", null).text(), Reason.CLAIM);
        refused(verifier, ours().claim("iss", "x".repeat(512)).text(), Reason.ISSUER);
        refused(verifier, ours().claim("iss", "x".repeat(513)).text(), Reason.CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b.c", "e30.e30.e30.e30.e30", "\u0000", "e30.W10.e30"})
    void verify_notAToken_isMalformed(String text) {
        refused(fixed(), text, Reason.MALFORMED);
    }

    @Test
    void verify_tooLarge_isRefusedUnread() {
        refused(fixed(), "a".repeat(16_385), Reason.TOO_LARGE);
        refused(resolving().maximumLength(256).build(), ours().text(), Reason.TOO_LARGE);
        assertThat(asked).isEmpty();
    }

    @Test
    void forIssuers_noneOrTwoOfOneIssuer_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(JwtVerifier::forIssuers);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtVerifier.forIssuers(
                        settings(ISSUER, KEY).build(), settings(ISSUER, THEIRS).build()))
                .withMessageContaining(ISSUER);
        assertThatThrownBy(() -> fixed().withdraw(ISSUER)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void forget_reachesEveryIssuersTokens() {
        MultiIssuerVerifier verifier = fixed();
        Tokens ours = ours();
        String text = ours.text();
        String other = theirs().text();
        VerifiedJwt first = ((JwtResult.Valid) verifier.verify(text)).token();
        VerifiedJwt second = ((JwtResult.Valid) verifier.verify(other)).token();
        verifier.forget(identity -> identity.issuer().equals(Optional.of(OTHER)));
        assertThat(((JwtResult.Valid) verifier.verify(text)).token()).isSameAs(first);
        assertThat(((JwtResult.Valid) verifier.verify(other)).token()).isNotSameAs(second);
        verifier.forgetAll();
        assertThat(((JwtResult.Valid) verifier.verify(text)).token()).isNotSameAs(first);
    }

    // a resolver

    @Test
    void verify_resolvedIssuer_isResolvedOnceAndRemembered() {
        table.put(ISSUER, settings(ISSUER, KEY).tenant("acme"));
        MultiIssuerVerifier verifier = resolving().build();
        String text = ours().text();
        JwtResult first = verifier.verify(text);
        assertThat(((JwtResult.Valid) first).token().identity().tenant()).contains("acme");
        assertThat(verifier.verify(text)).isEqualTo(first);
        valid(verifier, ours().claim("jti", "other"));
        assertThat(asked).containsExactly(ISSUER);
        refused(verifier, theirs().text(), Reason.ISSUER);
    }

    @Test
    void verify_sameKidOfTwoTenants_isTwoKeys() {
        table.put(ISSUER, settings(ISSUER, KEY));
        table.put(OTHER, settings(OTHER, THEIRS).audience("theirs"));
        MultiIssuerVerifier verifier = resolving().build();
        valid(verifier, ours());
        valid(verifier, theirs());
        refused(verifier, theirs().signedBy(KEY).text(), Reason.SIGNATURE);
        refused(verifier, ours().signedBy(THEIRS).text(), Reason.SIGNATURE);
    }

    @Test
    void verify_resolverBreaksOff_isUnavailable() {
        MultiIssuerVerifier verifier = JwtVerifier.forIssuers(issuer -> {
                    throw new IllegalStateException("secret of the database");
                })
                .build();
        unavailable(verifier, ours());
        assertThat(verifier.verify(ours().text()).toString()).doesNotContain("secret");
    }

    @Test
    void verify_resolverAnswersForAnotherIssuerOrWrongly_isUnavailable() {
        MultiIssuerVerifier another = JwtVerifier.forIssuers(issuer -> Optional.of(settings(OTHER, THEIRS)))
                .build();
        unavailable(another, ours());
        MultiIssuerVerifier wrong = JwtVerifier.forIssuers(
                        issuer -> Optional.of(settings(ISSUER, KEY).audience(" ")))
                .build();
        unavailable(wrong, ours());
    }

    @Test
    void verify_issuerNoLongerNamed_isRefusedWithinTheInterval() {
        table.put(ISSUER, settings(ISSUER, KEY));
        MultiIssuerVerifier verifier = resolving().build();
        valid(verifier, ours());
        table.remove(ISSUER);
        clock.advance(Duration.ofMinutes(1).minusMillis(1));
        valid(verifier, ours());
        clock.advance(Duration.ofMillis(1));
        refused(verifier, ours().text(), Reason.ISSUER);
    }

    @Test
    void verify_issuerStillNamed_keepsItsVerifier() {
        table.put(ISSUER, settings(ISSUER, KEY));
        MultiIssuerVerifier verifier = resolving().build();
        String text = ours().text();
        VerifiedJwt first = ((JwtResult.Valid) verifier.verify(text)).token();
        clock.advance(Duration.ofMinutes(1));
        assertThat(((JwtResult.Valid) verifier.verify(text)).token()).isSameAs(first);
        assertThat(asked).hasSize(2);
    }

    @Test
    void withdraw_takesEffectAtOnce() {
        table.put(ISSUER, settings(ISSUER, KEY));
        MultiIssuerVerifier verifier = resolving().build();
        valid(verifier, ours());
        table.put(ISSUER, settings(ISSUER, THEIRS));
        valid(verifier, ours());
        verifier.withdraw(ISSUER);
        verifier.withdraw("https://never.example");
        refused(verifier, ours().text(), Reason.SIGNATURE);
        valid(verifier, ours().signedBy(THEIRS));
    }

    @Test
    void withdraw_whileTheIssuerIsResolved_isNotUndone() {
        table.put(ISSUER, settings(ISSUER, KEY));
        List<MultiIssuerVerifier> self = new ArrayList<>();
        MultiIssuerVerifier verifier = JwtVerifier.forIssuers(issuer -> {
                    asked.add(issuer);
                    Optional<JwtVerifierBuilder> before = Optional.ofNullable(table.get(issuer));
                    if (asked.size() == 1) {
                        table.put(issuer, settings(issuer, THEIRS));
                        self.get(0).withdraw(issuer);
                    }
                    return before;
                })
                .clock(clock)
                .build();
        self.add(verifier);
        verifier.verify(ours().text());
        refused(verifier, ours().text(), Reason.SIGNATURE);
        valid(verifier, ours().signedBy(THEIRS));
    }

    @Test
    void verify_moreIssuersThanPermitted_dropsThoseNeverValidAndThenTheLeastRecent() {
        for (int i = 0; i < 6; i++) {
            table.put(issuer(i), settings(issuer(i), KEY));
        }
        MultiIssuerVerifier verifier = resolving().maximumIssuers(3).build();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            valid(verifier, of(i));
        }
        for (int i = 3; i < 6; i++) { // made-up tokens of tenants that are not in use
            refused(verifier, of(i).signedBy(THEIRS).text(), Reason.SIGNATURE);
        }
        asked.clear();
        valid(verifier, of(1));
        valid(verifier, of(2));
        assertThat(asked).isEmpty();
        valid(verifier, of(0));
        assertThat(asked).containsExactly(issuer(0));
    }

    private static String issuer(int i) {
        return "https://tenant" + i + ".example";
    }

    private static Tokens of(int i) {
        return token().claim("iss", issuer(i));
    }

    @Test
    void verify_tokenRememberedUnderAnEvictedVerifier_isVerifiedAnew() {
        table.put(ISSUER, settings(ISSUER, KEY));
        table.put(OTHER, settings(OTHER, THEIRS).audience("theirs"));
        MultiIssuerVerifier verifier = resolving().maximumIssuers(1).build();
        String text = ours().text();
        JwtResult first = verifier.verify(text);
        valid(verifier, theirs());
        table.put(ISSUER, settings(ISSUER, THEIRS));
        assertThat(first).isInstanceOf(JwtResult.Valid.class);
        refused(verifier, text, Reason.SIGNATURE);
    }

    @Test
    void verify_unknownIssuer_fetchesNothing() throws IOException { // CVE-2026-32301, CVE-2020-10770
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> hits = new CopyOnWriteArrayList<>();
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            hits.add(exchange.getRequestURI().getPath());
            byte[] set = TestKey.set(KEY).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        server.start();
        table.put(
                ISSUER,
                JwtVerifier.forIssuer(URI.create(ISSUER))
                        .audience("orders")
                        .clock(clock)
                        .keysFrom(JwkSource.url(URI.create(origin + "/keys"))
                                .allowInsecureLoopback()
                                .clock(clock)));
        try (MultiIssuerVerifier verifier = resolving().build()) {
            refused(verifier, ours().claim("iss", origin).text(), Reason.ISSUER);
            refused(
                    verifier,
                    ours().claim("iss", origin).header("jku", origin + "/jku").text(),
                    Reason.ISSUER);
            assertThat(hits).isEmpty();
            valid(verifier, ours().header("jku", origin + "/jku"));
            assertThat(hits).containsExactly("/keys");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void verify_manyThreadsAtOnce_useOneVerifier() throws Exception {
        table.put(ISSUER, settings(ISSUER, KEY));
        MultiIssuerVerifier verifier = resolving().build();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<JwtResult>> results = new ArrayList<>();
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < 64; i++) {
                String text = ours().claim("jti", "id-" + i).text();
                results.add(threads.submit(() -> verifier.verify(text)));
            }
            for (Future<JwtResult> result : results) {
                counts.merge(result.get(10, TimeUnit.SECONDS).getClass().getSimpleName(), 1, Integer::sum);
            }
            assertThat(counts).containsExactly(Map.entry("Valid", 64));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void close_endsAll() {
        table.put(ISSUER, settings(ISSUER, KEY));
        MultiIssuerVerifier verifier = resolving().build();
        valid(verifier, ours());
        verifier.close();
        verifier.close();
        unavailable(verifier, ours());
    }

    @Test
    void build_settingOutOfBounds_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolving().maximumIssuers(0).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolving().maximumIssuers(10_001).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolving().maximumLength(255).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolving().cacheSize(-1).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolving().cacheBytes(1).build());
        assertThatIllegalArgumentException().isThrownBy(() -> resolving().askAgainEvery(Duration.ZERO));
        resolving().maximumIssuers(10_000).cacheSize(0).build().close();
    }
}
