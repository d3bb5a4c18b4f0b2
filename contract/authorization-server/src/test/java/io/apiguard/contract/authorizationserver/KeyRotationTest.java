package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's keys change while callers go on calling. */
@Timeout(120)
class KeyRotationTest {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration BRAKE = Duration.ofSeconds(30);
    private static final int CALLERS = 4;
    private static final int ROTATIONS = 5;

    private static AuthorizationServer server;
    private static OAuthClient client;
    private static TestClock clock;
    private static ClockScheduler scheduler;
    private static JwkSource keys;
    private static GuardedApi api;

    @BeforeAll
    static void start() throws Exception {
        server = AuthorizationServer.start(Clients.service("alice"));
        client = server.client();
        clock = new TestClock();
        scheduler = new ClockScheduler(clock);
        keys = JwkSource.url(URI.create(server.keySetAddress()))
                .allowInsecureLoopback()
                .refreshEvery(REFRESH)
                .brake(BRAKE)
                .clock(clock)
                .scheduler(scheduler)
                .build();
        api = GuardedApi.start(server, guard -> guard.clock(clock).keys(keys));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        keys.close();
        scheduler.shutdown();
        server.close();
    }

    @BeforeEach
    void haveTheKeys() throws InterruptedException {
        keys.warmUp(WhenUnreachable.REFUSE);
        scheduler.advance(REFRESH);
    }

    private static String token() {
        return client.clientCredentials("alice", Clients.READ).access();
    }

    @Test
    void get_validTokensWhileKeysRotate_areNeverRefused() throws Exception {
        String old = token();
        try (Callers callers = Callers.start(api, CALLERS, List.of(old))) {
            callers.awaitRounds();
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                old = rotate(old, callers);
            }
            assertThat(callers.wrong()).isEmpty();
            assertThat(callers.retries()).as("the brake held at times").isPositive();
        }
    }

    /** Returns the token of the new key, the only one that is valid in the end. */
    private static String rotate(String old, Callers callers) throws InterruptedException {
        RSAKey withdrawn = server.keys().current();
        server.keys().publishNew();
        String fresh = token();
        callers.use(List.of(old, fresh));
        scheduler.advance(BRAKE);
        callers.awaitRounds();
        assertThat(callers.accepted(fresh))
                .as("accepted one brake interval after the first call")
                .isPositive();

        callers.use(List.of(fresh));
        server.keys().withdraw(withdrawn);
        scheduler.advance(REFRESH);
        assertThat(api.bearer(old).statusCode()).as("the key is withdrawn").isIn(401, 503);
        return fresh;
    }

    @Test
    void get_tokenOfWithdrawnKey_isRefusedWithinTheRefreshInterval() throws Exception {
        String old = token();
        assertThat(api.bearer(old).statusCode()).isEqualTo(200);
        RSAKey withdrawn = server.keys().current();
        server.keys().publishNew();
        server.keys().withdraw(withdrawn);

        scheduler.advance(REFRESH);

        assertThat(statusInTheEnd(old)).isEqualTo(401);
        assertThat(api.bearer(token()).statusCode()).isEqualTo(200);
    }

    @Test
    void get_tokenOfWithdrawnKeyDuringTheBrake_isNeverAccepted() throws Exception {
        String old = token();
        assertThat(api.bearer(old).statusCode()).isEqualTo(200);
        RSAKey withdrawn = server.keys().current();
        server.keys().publishNew();
        assertThat(statusInTheEnd(token())).isEqualTo(200);
        server.keys().withdraw(withdrawn);

        scheduler.advance(REFRESH);

        assertThat(statusInTheEnd(old)).isEqualTo(401);
    }

    @Test
    void get_tokenOfNewKeyBeforeTheRefresh_isAcceptedAtOnceOrAfterTheBrake() throws Exception {
        server.keys().publishNew();
        assertThat(api.bearer(token()).statusCode()).isEqualTo(200);

        server.keys().publishNew();
        String newer = token();
        HttpResponse<String> held = api.bearer(newer);
        assertThat(held.statusCode()).isEqualTo(503);
        assertThat(held.headers().allValues("WWW-Authenticate")).isEmpty();
        int seconds = Integer.parseInt(held.headers().firstValue("Retry-After").orElseThrow());
        assertThat(Duration.ofSeconds(seconds)).isBetween(Duration.ofSeconds(1), BRAKE);

        scheduler.advance(Duration.ofSeconds(seconds));
        assertThat(api.bearer(newer).statusCode()).isEqualTo(200);
    }

    /** Does as it is told by {@code Retry-After}, a few times. */
    private static int statusInTheEnd(String token) throws InterruptedException {
        HttpResponse<String> answer = api.bearer(token);
        for (int tries = 0; answer.statusCode() == 503 && tries < 3; tries++) {
            scheduler.advance(Duration.ofSeconds(
                    Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow())));
            answer = api.bearer(token);
        }
        return answer.statusCode();
    }
}
