package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AuthenticateStepTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Made once: the source tries again in the background after five seconds, and keys take their time. */
    private static final String TOKEN = new TestIssuer().token(NOW, "alice", List.of(), List.of());

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

    @Test
    void receive_keysCannotBeHad_isToldToWaitForSecondsRoundedUp() {
        try (JwkSource keys = JwkSource.url(URI.create("http://127.0.0.1:1/keys"))
                        .allowInsecureLoopback()
                        .clock(clock::get)
                        .build();
                Guard guard = guard(keys)) {
            assertThat(retryAfter(guard, Duration.ZERO)).isEqualTo("5");
            assertThat(retryAfter(guard, Duration.ofMillis(1))).isEqualTo("5");
            assertThat(retryAfter(guard, Duration.ofMillis(999))).isEqualTo("5");
            assertThat(retryAfter(guard, Duration.ofSeconds(1))).isEqualTo("4");
            assertThat(retryAfter(guard, Duration.ofMillis(4999))).isEqualTo("1");
        }
    }

    private Guard guard(JwkSource keys) {
        return Guard.builder(GuardSettings.of(Map.of("jwt.issuer", TestIssuer.ISSUER, "jwt.audiences", "orders")))
                .clock(clock::get)
                .keys(keys)
                .auditSink(RecordingAuditSink.ofLatest(1))
                .build();
    }

    private String retryAfter(Guard guard, Duration later) {
        clock.set(NOW.plus(later));
        Answer answer =
                guard.receive(FakeRequest.get("/orders").bearer(TOKEN)).answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(503);
        return answer.headers().stream()
                .filter(header -> header.name().equals("Retry-After"))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }
}
