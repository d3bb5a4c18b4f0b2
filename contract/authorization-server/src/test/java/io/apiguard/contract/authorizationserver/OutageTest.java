package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server cannot be asked for its keys, for shorter and for longer than keys may be old. */
@Timeout(120)
class OutageTest {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration MAX_STALE = Duration.ofMinutes(20);

    private static AuthorizationServer server;
    private static OAuthClient client;

    private final TestClock clock = new TestClock();
    private final ClockScheduler scheduler = new ClockScheduler(clock);
    private JwkSource keys;
    private GuardedApi api;

    /** The ways to be down. */
    enum Outage {
        CLOSED_PORT {
            @Override
            void begin() throws LifecycleException {
                server.goDown();
            }

            @Override
            void end() throws LifecycleException {
                server.comeBack();
            }
        },
        ERRORS {
            @Override
            void begin() {
                server.tap().fail();
            }
        },
        SILENCE {
            @Override
            void begin() {
                server.tap().hold();
            }
        };

        abstract void begin() throws LifecycleException;

        void end() throws LifecycleException {
            server.tap().answer();
        }
    }

    @BeforeAll
    static void startServer() {
        server = AuthorizationServer.start(Clients.service("alice"));
        client = server.client();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() throws Exception {
        keys = JwkSource.url(URI.create(server.keySetAddress()))
                .allowInsecureLoopback()
                .requestTimeout(Duration.ofSeconds(1))
                .refreshEvery(REFRESH)
                .brake(REFRESH)
                .maxStale(MAX_STALE)
                .clock(clock)
                .scheduler(scheduler)
                .build();
        keys.warmUp(WhenUnreachable.REFUSE);
        api = GuardedApi.start(server, guard -> guard.clock(clock).keys(keys));
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        keys.close();
        scheduler.shutdown();
    }

    private static String token() {
        return client.clientCredentials("alice", Clients.READ).access();
    }

    private static Duration unavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().allValues("WWW-Authenticate")).isEmpty();
        return Duration.ofSeconds(
                Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void get_shorterThanMaxStale_isServed(Outage outage) throws Exception {
        String seen = token();
        String unseen = token();
        assertThat(api.bearer(seen).statusCode()).isEqualTo(200);

        outage.begin();
        try {
            scheduler.advance(MAX_STALE.minusSeconds(60));

            assertThat(api.bearer(seen).statusCode()).isEqualTo(200);
            assertThat(api.bearer(unseen).statusCode()).isEqualTo(200);
        } finally {
            outage.end();
        }
        scheduler.advance(MAX_STALE);
        assertThat(api.bearer(seen).statusCode()).as("afterwards").isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void get_longerThanMaxStale_isUnavailableUntilItIsOver(Outage outage) throws Exception {
        String seen = token();
        String unseen = token();
        assertThat(api.bearer(seen).statusCode()).isEqualTo(200);
        Duration retry;

        outage.begin();
        try {
            scheduler.advance(MAX_STALE);

            unavailable(api.bearer(seen));
            retry = unavailable(api.bearer(unseen));
        } finally {
            outage.end();
        }
        scheduler.advance(retry);
        assertThat(api.bearer(seen).statusCode()).as("afterwards").isEqualTo(200);
        assertThat(api.bearer(unseen).statusCode()).as("afterwards").isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void get_unknownKeyWhileDown_isUnavailable(Outage outage) throws Exception {
        server.keys().publishNew();
        String fresh = token();
        Duration retry;

        outage.begin();
        try {
            retry = unavailable(api.bearer(fresh));
        } finally {
            outage.end();
        }
        scheduler.advance(retry);
        assertThat(api.bearer(fresh).statusCode()).as("afterwards").isEqualTo(200);
    }
}
