package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.KEY;
import static io.apiguard.authn.jwt.Tokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.event.GuardEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source of keys against an issuer on loopback; the clock and the background are the test's. */
class RemoteJwkSourceTest {

    private static final TestKey NEXT = TestKey.of("k2", JwsAlgorithm.ES256);

    private final Tokens.Clock clock = new Tokens.Clock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<GuardEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, Handler> paths = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> hits = new ConcurrentHashMap<>();
    private HttpServer server;
    private ExecutorService threads;
    private String origin;

    private interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            hits.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
            paths.getOrDefault(path, e -> e.sendResponseHeaders(404, -1)).answer(exchange);
            exchange.close();
        });
        server.start();
        origin = "http://127.0.0.1:" + server.getAddress().getPort();
        keys(KEY);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Handler json(String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Handler status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private void keys(TestKey... keys) {
        paths.put("/keys", json(TestKey.set(keys)));
    }

    private void metadata(String path, String issuer) {
        paths.put(path, json("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + origin + "/keys\"}"));
    }

    private int fetches() {
        return hits("/keys");
    }

    private int hits(String path) {
        return hits.getOrDefault(path, new AtomicInteger()).get();
    }

    private RemoteJwkSourceBuilder configured(RemoteJwkSourceBuilder builder) {
        return builder.allowInsecureLoopback().clock(clock).scheduler(scheduler).listener(events::add);
    }

    private JwkSource source() {
        return configured(JwkSource.url(URI.create(origin + "/keys"))).build();
    }

    private JwtVerifier verifier(JwkSource source) {
        return Tokens.verifier().keys(source).clock(clock).build();
    }

    private Tokens fresh() {
        long now = clock.instant().getEpochSecond();
        return token().claim("iat", now).claim("exp", now + 36_000);
    }

    private static void valid(JwtVerifier verifier, String text) {
        assertThat(verifier.verify(text)).isInstanceOf(JwtResult.Valid.class);
    }

    private static void unknownKey(JwtVerifier verifier, String text) {
        assertThat(verifier.verify(text))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(JwtResult.Reason.UNKNOWN_KEY));
    }

    private static Duration unavailable(JwtVerifier verifier, String text) {
        JwtResult result = verifier.verify(text);
        assertThat(result).isInstanceOf(JwtResult.Unavailable.class);
        return ((JwtResult.Unavailable) result).retryAfter();
    }

    @Test
    void find_manyTokens_fetchesOnce() {
        JwtVerifier verifier = verifier(source());
        assertThat(fetches()).isZero();
        for (int i = 0; i < 50; i++) {
            valid(verifier, fresh().claim("jti", "id-" + i).text());
        }
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void find_keyRotatedIn_isFetchedAtOnce() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        clock.advance(Duration.ofSeconds(31));
        keys(KEY, NEXT);
        valid(verifier, fresh().signedBy(NEXT).text());
        valid(verifier, fresh().text());
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void find_unknownKeyWhileTheBrakeHolds_isUnavailableUntilTheTrailingFetch() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        scheduler.advance(Duration.ofSeconds(10));
        String text = fresh().signedBy(NEXT).text();
        assertThat(unavailable(verifier, text)).isEqualTo(Duration.ofSeconds(20));
        keys(KEY, NEXT);
        scheduler.advance(Duration.ofSeconds(19));
        assertThat(unavailable(verifier, text)).isEqualTo(Duration.ofSeconds(1));
        assertThat(fetches()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(fetches()).isEqualTo(2);
        valid(verifier, text);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void find_keyTheIssuerDoesNotHave_isInvalid() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        clock.advance(Duration.ofSeconds(30));
        unknownKey(verifier, fresh().signedBy(NEXT).text());
    }

    @Test
    void find_floodOfKeyIds_fetchesOncePerInterval() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        String input = fresh().text();
        String rest = input.substring(input.indexOf('.'));
        for (int interval = 1; interval <= 3; interval++) {
            for (int i = 0; i < 10_000; i++) {
                String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"flood" + interval + "-" + i + "\"}";
                unavailable(
                        verifier,
                        io.apiguard.authn.jose.Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + rest);
            }
            assertThat(fetches()).isEqualTo(interval);
            valid(verifier, fresh().claim("jti", "during-" + interval).text());
            scheduler.advance(Duration.ofSeconds(30));
            assertThat(fetches()).isEqualTo(interval + 1);
        }
        assertThat(scheduler.waiting()).isLessThanOrEqualTo(2);
    }

    @Test
    void find_knownKeyWhileAFetchHangs_doesNotWait() throws Exception {
        ExecutorService own = Executors.newCachedThreadPool();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (JwkSource source = JwkSource.url(URI.create(origin + "/keys"))
                .allowInsecureLoopback()
                .clock(clock)
                .build()) {
            JwtVerifier verifier = verifier(source);
            valid(verifier, fresh().text());
            clock.advance(Duration.ofSeconds(31));
            paths.put("/keys", exchange -> {
                hanging.countDown();
                await(release);
                json(TestKey.set(KEY, NEXT)).answer(exchange);
            });
            List<Future<JwtResult>> flood = new ArrayList<>();
            String text = fresh().signedBy(NEXT).text();
            for (int i = 0; i < 64; i++) {
                flood.add(own.submit(() -> verifier.verify(text)));
            }
            assertThat(hanging.await(5, TimeUnit.SECONDS)).isTrue();
            valid(verifier, fresh().claim("jti", "other").text());
            long refused = 0;
            while (refused < 64 - 16) {
                refused = flood.stream().filter(Future::isDone).count();
                Thread.onSpinWait();
            }
            release.countDown();
            long answered = 0;
            for (Future<JwtResult> result : flood) {
                answered += result.get(5, TimeUnit.SECONDS) instanceof JwtResult.Valid ? 1 : 0;
            }
            assertThat(answered).isEqualTo(16);
            assertThat(fetches()).isEqualTo(2);
        } finally {
            release.countDown();
            own.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void find_noThreadForTheFetch_isUnavailableAndFetchesLater() {
        ScheduledExecutorService exhausted = new ScheduledThreadPoolExecutor(1) {
            private boolean failed;

            @Override
            public void execute(Runnable task) {
                if (!failed) {
                    failed = true;
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.execute(task);
            }
        };
        try {
            JwtVerifier verifier = verifier(configured(JwkSource.url(URI.create(origin + "/keys")))
                    .scheduler(exhausted)
                    .build());
            unavailable(verifier, fresh().text());
            clock.advance(Duration.ofSeconds(5));
            valid(verifier, fresh().text());
        } finally {
            exhausted.shutdownNow();
        }
    }

    // a token without a key id

    @Test
    void find_withoutKid_fetchesWhenNoKeyVerifies() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().withoutHeader("kid").text());
        clock.advance(Duration.ofSeconds(30));
        keys(NEXT);
        valid(verifier, fresh().signedBy(NEXT).withoutHeader("kid").text());
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void find_withoutKidOfAnAlgorithmTheKeysLack_fetches() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        clock.advance(Duration.ofSeconds(30));
        keys(KEY, Tokens.RSA);
        valid(verifier, fresh().signedBy(Tokens.RSA).withoutHeader("kid").text());
    }

    @Test
    void find_withoutKidWhileTheBrakeHolds_isUnavailableUntilTheTrailingFetch() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        keys(KEY, NEXT);
        String text = fresh().signedBy(NEXT).withoutHeader("kid").text();
        for (int i = 0; i < 1_000; i++) {
            assertThat(unavailable(verifier, text)).isEqualTo(Duration.ofSeconds(30));
        }
        valid(verifier, fresh().withoutHeader("kid").claim("jti", "known").text());
        assertThat(fetches()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(30));
        valid(verifier, text);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void find_withoutKidAndSignedByNobody_isInvalidAfterItsFetch() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        clock.advance(Duration.ofSeconds(30));
        assertThat(verifier.verify(fresh().signedBy(NEXT).withoutHeader("kid").text()))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(JwtResult.Reason.SIGNATURE));
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void read_withoutKid_fetchesWhenNoKeyVerifies() {
        SignedJwtReader reader = new SignedJwtReader("token-introspection+jwt", source());
        assertThat(reader.read(answer(KEY))).isInstanceOf(SignedJwtReader.Result.Genuine.class);
        clock.advance(Duration.ofSeconds(30));
        keys(NEXT);
        assertThat(reader.read(answer(NEXT))).isInstanceOf(SignedJwtReader.Result.Genuine.class);
        assertThat(reader.read(answer(KEY))).isInstanceOf(SignedJwtReader.Result.Unavailable.class);
        assertThat(fetches()).isEqualTo(2);
    }

    private static String answer(TestKey key) {
        return token().header("typ", "token-introspection+jwt")
                .signedBy(key)
                .withoutHeader("kid")
                .text();
    }

    // key ids that the issuer does not have

    @Test
    void find_withdrawnKeyAskedForAgain_isInvalidForWhoeverKeepsToRetryAfter() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        scheduler.advance(Duration.ofSeconds(10));
        String text = fresh().signedBy(NEXT).text();
        scheduler.advance(unavailable(verifier, text)); // the trailing fetch begins the next interval
        scheduler.advance(unavailable(verifier, text));
        unknownKey(verifier, text);
        assertThat(fetches()).isEqualTo(3);
    }

    @Test
    void find_unknownKeyWhileABrakeHoldsThatEndsBetweenMilliseconds_isFetchedForAtItsEnd() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        clock.set(clock.instant().plusSeconds(10).plusNanos(400_000));
        String text = fresh().signedBy(NEXT).text();
        unavailable(verifier, text);
        keys(KEY, NEXT);
        scheduler.advance(Duration.ofSeconds(20));
        assertThat(fetches()).isEqualTo(2);
        valid(verifier, text);
    }

    @Test
    void find_keyThatComesLater_isFoundThoughItWasMissingBefore() {
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        scheduler.advance(Duration.ofSeconds(10));
        String text = fresh().signedBy(NEXT).text();
        unavailable(verifier, text);
        scheduler.advance(Duration.ofSeconds(20));
        unavailable(verifier, text);
        keys(KEY, NEXT);
        scheduler.advance(Duration.ofSeconds(30));
        valid(verifier, text);
    }

    @Test
    void refresh_keyWithdrawn_stopsVerifyingAlsoFromTheCache() { // CVE-2025-22149
        JwtVerifier verifier = verifier(source());
        String text = fresh().text();
        valid(verifier, text);
        keys(NEXT);
        scheduler.advance(Duration.ofMinutes(5).minusMillis(1));
        valid(verifier, text);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(fetches()).isEqualTo(2);
        assertThat(verifier.verify(text)).isNotInstanceOf(JwtResult.Valid.class);
        scheduler.advance(Duration.ofSeconds(30));
        valid(verifier, fresh().signedBy(NEXT).text());
    }

    @Test
    void refresh_keyReplacedUnderItsId_stopsVerifying() {
        JwtVerifier verifier = verifier(source());
        String text = fresh().text();
        valid(verifier, text);
        keys(NEXT.as("k1"));
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(verifier.verify(text)).isInstanceOf(JwtResult.Invalid.class);
    }

    @Test
    void refresh_keyAdded_keepsTheCache() {
        JwtVerifier verifier = verifier(source());
        String text = fresh().text();
        JwtResult before = verifier.verify(text);
        keys(KEY, NEXT);
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(((JwtResult.Valid) verifier.verify(text)).token()).isSameAs(((JwtResult.Valid) before).token());
    }

    @Test
    void refresh_withoutTraffic_goesOn() {
        source().warmUp(WhenUnreachable.REFUSE);
        scheduler.advance(Duration.ofMinutes(26));
        assertThat(fetches()).isEqualTo(6);
    }

    @Test
    void outage_shorterThanMaxStale_isNotNoticedByCallers() {
        JwtVerifier verifier = verifier(source());
        String text = fresh().text();
        valid(verifier, text);
        paths.put("/keys", status(503));
        scheduler.advance(Duration.ofMinutes(59));
        valid(verifier, text);
        valid(verifier, fresh().claim("jti", "new").text());
        assertThat(events).anySatisfy(event -> {
            assertThat(event.name()).isEqualTo("jwks.fetch.failed");
            assertThat(event.severity()).isEqualTo(GuardEvent.Severity.WARNING);
        });
        keys(KEY);
        scheduler.advance(Duration.ofSeconds(30));
        scheduler.advance(Duration.ofMinutes(30));
        valid(verifier, fresh().claim("jti", "newer").text());
    }

    @Test
    void outage_longerThanMaxStale_isUnavailableAndRecovers() {
        JwtVerifier verifier = verifier(source());
        String text = fresh().text();
        valid(verifier, text);
        paths.put("/keys", status(500));
        scheduler.advance(Duration.ofHours(1).minusMillis(1));
        valid(verifier, text);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(unavailable(verifier, text)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        unavailable(verifier, fresh().claim("jti", "new").text());
        int before = fetches();
        for (int i = 0; i < 1_000; i++) {
            unavailable(verifier, text);
        }
        assertThat(fetches() - before).isLessThanOrEqualTo(1);
        assertThat(events).anyMatch(event -> event.severity() == GuardEvent.Severity.ERROR);
        keys(KEY);
        scheduler.advance(Duration.ofSeconds(30));
        valid(verifier, text);
    }

    @Test
    void start_issuerDown_isUnavailableAndRecoversWithoutTraffic() {
        paths.put("/keys", status(503));
        JwtVerifier verifier = verifier(source());
        assertThat(unavailable(verifier, fresh().text())).isEqualTo(Duration.ofSeconds(5));
        keys(KEY);
        scheduler.advance(Duration.ofSeconds(5));
        int before = fetches();
        valid(verifier, fresh().text());
        assertThat(fetches()).isEqualTo(before);
    }

    // start-up

    @Test
    void warmUp_reachable_fetchesOnce() {
        JwkSource source = source();
        source.warmUp(WhenUnreachable.REFUSE);
        source.warmUp(WhenUnreachable.REFUSE);
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void warmUp_unreachable_isAChoice() {
        paths.put("/keys", status(503));
        source().warmUp(WhenUnreachable.CONTINUE);
        assertThatIllegalStateException()
                .isThrownBy(() -> source().warmUp(WhenUnreachable.REFUSE))
                .withMessageContaining(origin)
                .withMessageContaining("503");
    }

    @Test
    void warmUp_connectionRefused_isAChoice() {
        server.stop(0);
        source().warmUp(WhenUnreachable.CONTINUE);
        assertThatIllegalStateException()
                .isThrownBy(() -> source().warmUp(WhenUnreachable.REFUSE))
                .withMessageContaining("cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 204})
    void warmUp_wrongAddress_isNoChoice(int status) {
        paths.put("/keys", status(status));
        wrongSetting(source(), String.valueOf(status));
    }

    private static void wrongSetting(JwkSource source, String message) {
        assertThatIllegalStateException()
                .isThrownBy(() -> source.warmUp(WhenUnreachable.CONTINUE))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void warmUp_redirect_isNotFollowed(int status) {
        paths.put("/moved", json(TestKey.set(KEY)));
        paths.put("/keys", exchange -> {
            exchange.getResponseHeaders().add("Location", origin + "/moved");
            exchange.sendResponseHeaders(status, -1);
        });
        wrongSetting(source(), "redirect");
        assertThat(hits("/moved")).isZero();
    }

    @Test
    void warmUp_documentAtAndOverItsBound_isJudged() {
        String set = TestKey.set(KEY);
        paths.put("/keys", json(set + " ".repeat(JwkFetcher.MAXIMUM_BYTES - set.length())));
        source().warmUp(WhenUnreachable.REFUSE);
        paths.put("/keys", json(set + " ".repeat(JwkFetcher.MAXIMUM_BYTES - set.length() + 1)));
        wrongSetting(source(), "more than");
    }

    @Test
    void warmUp_endlessDocument_isCutOff() {
        paths.put("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });
        wrongSetting(source(), "more than");
    }

    @Test
    void warmUp_bodyThatDoesNotEnd_timesOut() {
        CountDownLatch end = new CountDownLatch(1);
        paths.put("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
        });
        JwkSource source = configured(JwkSource.url(URI.create(origin + "/keys")))
                .requestTimeout(Duration.ofMillis(200))
                .build();
        assertThatIllegalStateException()
                .isThrownBy(() -> source.warmUp(WhenUnreachable.REFUSE))
                .withMessageContaining("did not answer within");
        end.countDown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"keys\":1}",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}"
            })
    void warmUp_noKeySet_isNoChoice(String body) {
        paths.put("/keys", json(body));
        wrongSetting(source(), origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}"})
    void refresh_everyKeyWithdrawn_refusesTheirTokens(String body) { // CVE-2025-22149
        JwtVerifier verifier = verifier(source());
        String text = fresh().text();
        valid(verifier, text);
        paths.put("/keys", json(body));
        scheduler.advance(Duration.ofMinutes(5));
        unknownKey(verifier, text);
        assertThat(events).anySatisfy(event -> {
            assertThat(event.name()).isEqualTo("jwks.changed");
            assertThat(event.severity()).isEqualTo(GuardEvent.Severity.ERROR);
        });
        keys(NEXT);
        scheduler.advance(Duration.ofMinutes(5));
        valid(verifier, fresh().signedBy(NEXT).text());
    }

    @Test
    void discovery_keysMoved_areFoundWhereTheyAreNow() {
        metadata("/.well-known/openid-configuration", origin);
        JwtVerifier verifier = verifier(discovery(origin));
        String old = fresh().text();
        valid(verifier, old);
        paths.put("/moved", json(TestKey.set(NEXT)));
        paths.put(
                "/.well-known/openid-configuration",
                json("{\"issuer\":\"" + origin + "\",\"jwks_uri\":\"" + origin + "/moved\"}"));
        scheduler.advance(Duration.ofMinutes(5));
        valid(verifier, fresh().signedBy(NEXT).text());
        unknownKey(verifier, old);
    }

    @Test
    void discovery_documentOutOfReach_fetchesWhereTheKeysWere() {
        metadata("/.well-known/openid-configuration", origin);
        JwtVerifier verifier = verifier(discovery(origin));
        valid(verifier, fresh().text());
        paths.put("/.well-known/openid-configuration", status(503));
        keys(NEXT);
        scheduler.advance(Duration.ofMinutes(5));
        valid(verifier, fresh().signedBy(NEXT).text());
    }

    @Test
    void warmUp_uselessKeysBesideOne_areLeftOut() {
        paths.put("/keys", json(TestKey.setOf("1", "{\"kty\":\"zzz\"}", "{\"kty\":\"oct\",\"k\":\"AA\"}", KEY.jwk())));
        JwtVerifier verifier = verifier(source());
        valid(verifier, fresh().text());
        assertThat(events).anySatisfy(event -> assertThat(event.attributes().get("ignored"))
                .contains("unknown type"));
    }

    // discovery

    private JwkSource discovery(String issuer) {
        return configured(JwkSource.discovery(URI.create(issuer))).build();
    }

    @Test
    void discovery_openIdDocument_leadsToTheKeys() {
        metadata("/.well-known/openid-configuration", origin);
        discovery(origin).warmUp(WhenUnreachable.REFUSE);
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void discovery_issuerWithPath_asksBothPlaces() {
        metadata("/.well-known/oauth-authorization-server/realms/shop", origin + "/realms/shop");
        discovery(origin + "/realms/shop").warmUp(WhenUnreachable.REFUSE);
        assertThat(hits("/realms/shop/.well-known/openid-configuration")).isEqualTo(1);
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void discovery_issuerWithTrailingSlash_isThatIssuer() {
        metadata("/.well-known/openid-configuration", origin + "/");
        discovery(origin + "/").warmUp(WhenUnreachable.REFUSE);
        wrongSetting(discovery(origin), "not of " + origin);
    }

    @Test
    void discovery_ofAnotherIssuer_isRefused() {
        metadata("/.well-known/openid-configuration", "https://other.example/\\u000a");
        wrongSetting(discovery(origin), "'https://other.example/?'");
        assertThat(fetches()).isZero();
    }

    @Test
    void discovery_oauthDocumentOfAnotherIssuer_isRefused() { // RFC 8414 section 3.3
        metadata("/.well-known/oauth-authorization-server/realms/shop", origin + "/realms/other");
        wrongSetting(discovery(origin + "/realms/shop"), "not of " + origin + "/realms/shop");
        paths.put(
                "/.well-known/oauth-authorization-server/realms/shop",
                json("{\"issuer\":[\"" + origin + "/realms/shop\"],\"jwks_uri\":\"" + origin + "/keys\"}"));
        wrongSetting(discovery(origin + "/realms/shop"), "not of");
        paths.put(
                "/.well-known/oauth-authorization-server/realms/shop", json("{\"jwks_uri\":\"" + origin + "/keys\"}"));
        wrongSetting(discovery(origin + "/realms/shop"), "not of");
        assertThat(fetches()).isZero();
    }

    @Test
    void discovery_nowhere_namesBothPlaces() {
        wrongSetting(discovery(origin + "/x"), "/.well-known/oauth-authorization-server/x");
    }

    @Test
    void discovery_withoutKeys_isRefused() {
        paths.put("/.well-known/openid-configuration", json("{\"issuer\":\"" + origin + "\"}"));
        wrongSetting(discovery(origin), "jwks_uri");
        paths.put("/.well-known/openid-configuration", json("no json"));
        wrongSetting(discovery(origin), "not a discovery document");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://attacker.example/keys",
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "keys",
                "https://u:p@h/",
                "https:// x"
            })
    void discovery_keysAtABadAddress_areNotFetched(String keys) {
        paths.put(
                "/.well-known/openid-configuration",
                json("{\"issuer\":\"" + origin + "\",\"jwks_uri\":\"" + keys + "\"}"));
        wrongSetting(discovery(origin), "jwks_uri");
    }

    @Test
    void discovery_keysMoved_areFoundAfterTheNextFailure() {
        metadata("/.well-known/openid-configuration", origin);
        JwtVerifier verifier =
                Tokens.verifier().keys(discovery(origin)).clock(clock).build();
        valid(verifier, fresh().text());
        paths.remove("/keys");
        paths.put("/moved", json(TestKey.set(KEY, NEXT)));
        paths.put(
                "/.well-known/openid-configuration",
                json("{\"issuer\":\"" + origin + "\",\"jwks_uri\":\"" + origin + "/moved\"}"));
        scheduler.advance(Duration.ofMinutes(6));
        valid(verifier, fresh().signedBy(NEXT).text());
    }

    // settings

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "ftp://127.0.0.1",
                "urn:x",
                "login",
                "https://user@host/",
                "https://host/#f"
            })
    void build_addressNotHttps_isRefused(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwkSource.discovery(URI.create(address))
                        .allowInsecureLoopback()
                        .build())
                .withMessageContaining(address)
                .withMessageContaining("https");
    }

    @Test
    void build_loopbackHttpWithoutPermission_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwkSource.url(URI.create(origin)).build());
        JwkSource.url(URI.create("http://localhost:1/"))
                .allowInsecureLoopback()
                .build()
                .close();
        JwkSource.url(URI.create("http://[::1]:1/"))
                .allowInsecureLoopback()
                .build()
                .close();
        JwkSource.url(URI.create("https://login.example.com/keys")).build().close();
    }

    @Test
    void build_contradictorySettings_areRefused() {
        RemoteJwkSourceBuilder builder = JwkSource.url(URI.create("https://login.example.com/keys"));
        HttpClient redirecting = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.httpClient(redirecting))
                .withMessageContaining("redirects");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.brake(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.refreshEvery(Duration.ofHours(1)).build())
                .withMessageContaining("maxStale");
    }

    @Test
    void close_stopsFetching() {
        JwkSource source = source();
        JwtVerifier verifier = verifier(source);
        valid(verifier, fresh().text());
        source.close();
        source.close();
        scheduler.advance(Duration.ofMinutes(30));
        assertThat(fetches()).isEqualTo(1);
        valid(verifier, fresh().text());
        unavailable(verifier, fresh().signedBy(NEXT).text());
    }

    @Test
    void listener_thatThrows_doesNotHarm() {
        JwkSource source = JwkSource.url(URI.create(origin + "/keys"))
                .allowInsecureLoopback()
                .scheduler(scheduler)
                .clock(clock)
                .listener(event -> {
                    throw new IllegalStateException();
                })
                .build();
        source.warmUp(WhenUnreachable.REFUSE);
        paths.put("/keys", status(500));
        scheduler.advance(Duration.ofMinutes(6));
        valid(verifier(source), fresh().text());
    }
}
