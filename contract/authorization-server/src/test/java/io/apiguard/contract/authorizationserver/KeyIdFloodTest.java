package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens with made-up key ids, each with another, come in masses. */
@Timeout(120)
class KeyIdFloodTest {

    private static final int TOKENS = 10_000;
    private static final int INTERVALS = 5;
    private static final int ATTACKERS = 4;
    private static final int CALLERS = 2;
    private static final Duration BRAKE = Duration.ofSeconds(30);

    private static AuthorizationServer server;
    private static TestClock clock;
    private static ClockScheduler scheduler;
    private static JwkSource keys;
    private static GuardedApi api;

    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Instant> fetches = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        server = AuthorizationServer.start(Clients.service("alice"));
        clock = new TestClock();
        scheduler = new ClockScheduler(clock);
        keys = JwkSource.url(URI.create(server.keySetAddress()))
                .allowInsecureLoopback()
                .refreshEvery(Duration.ofHours(1))
                .brake(BRAKE)
                .maxStale(Duration.ofHours(2))
                .clock(clock)
                .scheduler(scheduler)
                .build();
        keys.warmUp(WhenUnreachable.REFUSE);
        api = GuardedApi.start(server, guard -> guard.clock(clock).keys(keys));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        keys.close();
        scheduler.shutdown();
        server.close();
    }

    @Test
    void get_floodOfUnknownKeyIds_causesOneFetchPerIntervalAndHindersNobody() throws Exception {
        String good = server.client().clientCredentials("alice", Clients.READ).access();
        scheduler.advance(BRAKE);
        server.tap().onRequest(() -> fetches.add(clock.instant()));
        Instant begin = clock.instant();

        try (Callers callers = Callers.start(api, CALLERS, List.of(good))) {
            for (int interval = 0; interval < INTERVALS; interval++) {
                flood(good, interval * TOKENS / INTERVALS, (interval + 1) * TOKENS / INTERVALS);
                callers.awaitRounds();
                scheduler.advance(BRAKE);
            }
            assertThat(callers.wrong()).isEmpty();
            assertThat(callers.retries())
                    .as("callers with a known key never wait")
                    .isZero();
        }

        assertThat(answers).containsOnlyKeys(401, 503);
        assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(TOKENS);
        assertThat(answers.get(503)).as("while the brake holds").isGreaterThan(TOKENS / 2);
        assertThat(fetches).hasSizeBetween(1, intervals(begin));
        assertThat(closest(List.copyOf(fetches))).isGreaterThan(BRAKE.minusSeconds(1));
    }

    private static int intervals(Instant begin) {
        return (int) Duration.between(begin, clock.instant()).dividedBy(BRAKE) + 1;
    }

    private static Duration closest(List<Instant> instants) {
        return IntStream.range(1, instants.size())
                .mapToObj(index -> Duration.between(instants.get(index - 1), instants.get(index)))
                .min(Duration::compareTo)
                .orElse(Duration.ofDays(1));
    }

    private void flood(String good, int from, int to) throws Exception {
        ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int attacker = 0; attacker < ATTACKERS; attacker++) {
                int first = from + attacker;
                done.add(attackers.submit(() -> {
                    for (int number = first; number < to; number += ATTACKERS) {
                        attack(withKeyId(good, "made-up-" + number));
                    }
                }));
            }
            for (Future<?> attack : done) {
                attack.get();
            }
        } finally {
            attackers.shutdown();
        }
    }

    private void attack(String token) {
        HttpResponse<String> answer = api.bearer(token);
        boolean complete = answer.statusCode() != 503
                || answer.headers().firstValue("Retry-After").isPresent();
        answers.merge(complete ? answer.statusCode() : -answer.statusCode(), 1, Integer::sum);
    }

    private static String withKeyId(String token, String keyId) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'));
    }
}
