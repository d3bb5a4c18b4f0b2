package io.apiguard.audit;

import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events for tests. */
final class AuditEvents {

    static final Instant NOW = Instant.parse("2030-01-31T12:00:00.123456Z");

    private AuditEvents() {}

    static AuditEvent event(String id) {
        return event(id, AuditEvent.Outcome.PERMITTED);
    }

    static AuditEvent event(String id, AuditEvent.Outcome outcome) {
        return new AuditEvent(
                NOW,
                id,
                new AuditEvent.Request("GET", "/", null, null, "192.0.2.1"),
                null,
                null,
                new AuditEvent.Verdict(outcome, 200, null, null, null, false),
                List.of(),
                null,
                new AuditEvent.Traffic(Duration.ofNanos(1_234_567), -1, -1));
    }

    /** Returns an event with the given text in every field that holds text. */
    static AuditEvent filledWith(String text) {
        String subject = text.isBlank() ? "x" + text : text;
        Identity identity = Identity.builder(subject, AuthenticationMethod.API_KEY)
                .issuer(text)
                .tenant(text)
                .clientId(text)
                .keyId(text)
                .claims(Map.of("secret-claim", "secret-claim"))
                .build();
        return new AuditEvent(
                NOW,
                text,
                new AuditEvent.Request(text, text, text, text, text),
                identity,
                text,
                new AuditEvent.Verdict(AuditEvent.Outcome.REPORTED, 403, text, text, text, true),
                List.of(text, text),
                text,
                new AuditEvent.Traffic(Duration.ofMillis(5), 10, 20));
    }
}
