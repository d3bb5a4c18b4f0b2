package io.apiguard.jaxrs;

import io.apiguard.GuardCustomizer;
import io.apiguard.GuardSettings;
import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditSink;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a test gives a guard: settings, two callers with API keys, an owner check, and a recording of the audit. */
final class TestGuard {

    private static final SecretSource SECRETS = SecretSources.ephemeral(new SecureRandom());
    private static final ApiKeys KEYS = ApiKeys.using(SECRETS, ApiKeyStore.of(List.of()));
    private static final IssuedApiKey ALICE =
            KEYS.issue(ApiKeyGrant.to("alice").withScopes("orders:read").withRoles("clerk"));
    private static final IssuedApiKey ADMIN = KEYS.issue(
            ApiKeyGrant.to("admin").withScopes("orders:read", "items:read").withRoles("admin"));

    private final BlockingQueue<AuditEvent> events = new LinkedBlockingQueue<>();
    private final Map<String, String> settings =
            new HashMap<>(Map.of("transport.allow-loopback-http", "true", "api-keys.prefix", ApiKeys.DEFAULT_PREFIX));

    static String alice() {
        return ALICE.key();
    }

    static String admin() {
        return ADMIN.key();
    }

    TestGuard set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    GuardSettings settings() {
        return GuardSettings.of(settings);
    }

    GuardCustomizer customizer() {
        return builder -> builder.auditSink(sink())
                .secretSource(SECRETS)
                .apiKeyStore(ApiKeyStore.of(List.of(ALICE.stored(), ADMIN.stored())))
                .objectCheck(
                        "owner",
                        (identity, object) -> identity.subject().equals("admin")
                                || object.pathParameter("id")
                                        .filter("1"::equals)
                                        .isPresent());
    }

    ApiGuardFeature feature() {
        return ApiGuardFeature.of(settings(), customizer());
    }

    private AuditSink sink() {
        return new AuditSink() {
            @Override
            public void accept(AuditEvent event) {
                events.add(event);
            }

            @Override
            public void close() {}
        };
    }

    /** Waits for the next event: it is written when the client has its answer already. */
    AuditEvent event() {
        try {
            AuditEvent event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no audit event");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean hasMoreEvents() {
        return !events.isEmpty();
    }

    /** Everybody comes from loopback, over plain HTTP. */
    static final class Loopback implements PeerSource {

        @Override
        public String peerAddress(ContainerRequestContext request) {
            return "127.0.0.1";
        }

        @Override
        public boolean secure(ContainerRequestContext request) {
            return false;
        }
    }
}
