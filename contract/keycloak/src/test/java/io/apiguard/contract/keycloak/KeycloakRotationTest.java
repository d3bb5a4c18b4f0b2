package io.apiguard.contract.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.authn.jwt.JwtVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The realm's signing key is replaced while callers call: none of them is refused, and the old key ends. */
@Tag("keycloak")
@ExtendWith(RunningKeycloak.class)
class KeycloakRotationTest {

    private static final Duration REFRESH = Duration.ofSeconds(2);
    private static final Duration BOUND = REFRESH.multipliedBy(2).plusSeconds(5);
    private static final String KEY_PROVIDER = "org.keycloak.keys.KeyProvider";

    private final KeycloakServer keycloak;
    private final Realm realm;

    KeycloakRotationTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.realm = new Realm(keycloak);
    }

    @Test
    void rotation_underWay_refusesNoGoodTokenAndThenTheOldKeys() throws Exception {
        JwkSource keys = JwkSource.discovery(keycloak.issuer())
                .allowInsecureLoopback()
                .refreshEvery(REFRESH)
                .brake(REFRESH)
                .build();
        try (keys;
                JwtVerifier verifier = verifier(keys);
                Callers callers = new Callers(verifier, realm)) {
            String before = realm.reportingToken();
            assertThat(verifier.verify(before)).isInstanceOf(JwtResult.Valid.class);
            List<Map<String, Object>> providers = signers();

            addProvider();
            String after = realm.reportingToken();
            assertThat(keyId(after)).isNotEqualTo(keyId(before));
            until(verifier, after, JwtResult.Valid.class::isInstance);
            assertThat(verifier.verify(before)).isInstanceOf(JwtResult.Valid.class);
            callers.awaitSome();
            callers.stop();
            assertThat(callers.results()).noneMatch(JwtResult.Invalid.class::isInstance);

            providers.forEach(this::disable);
            JwtResult refused = until(verifier, before, JwtResult.Invalid.class::isInstance);
            assertThat(((JwtResult.Invalid) refused).reason()).isEqualTo(Reason.UNKNOWN_KEY);
            assertThat(verifier.verify(after)).isInstanceOf(JwtResult.Valid.class);
        }
    }

    private JwtVerifier verifier(JwkSource keys) {
        return JwtVerifier.forIssuer(keycloak.issuer())
                .keys(keys)
                .profile(JwtProfile.KEYCLOAK)
                .audience("orders-api")
                .build();
    }

    /** {@return the providers of RS256 keys, before there is a new one} */
    private List<Map<String, Object>> signers() {
        return realm.list("components?type=" + KEY_PROVIDER).stream()
                .filter(provider -> "rsa-generated".equals(provider.get("providerId")))
                .toList();
    }

    private void addProvider() {
        realm.create(
                "components",
                Map.of(
                        "name",
                        Realm.unique("rotated"),
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        KEY_PROVIDER,
                        "config",
                        Map.of("priority", List.of("200"), "algorithm", List.of("RS256"))));
    }

    private void disable(Map<String, Object> provider) {
        @SuppressWarnings("unchecked")
        Map<String, Object> config = new HashMap<>((Map<String, Object>) provider.get("config"));
        config.put("enabled", List.of("false"));
        Map<String, Object> changed = new HashMap<>(provider);
        changed.put("config", config);
        realm.update("components/" + provider.get("id"), changed);
    }

    private static String keyId(String token) throws JoseException {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return (String)
                JsonUtil.parseJson(new String(header, StandardCharsets.UTF_8)).get("kid");
    }

    private static JwtResult until(JwtVerifier verifier, String token, Predicate<JwtResult> wanted) {
        Instant end = Instant.now().plus(BOUND);
        JwtResult result = verifier.verify(token);
        while (!wanted.test(result) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            result = verifier.verify(token);
        }
        assertThat(result).matches(wanted);
        return result;
    }

    /** Asks for tokens and presents them at once, all the time. */
    private static final class Callers implements AutoCloseable {

        private final Queue<JwtResult> results = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        Callers(JwtVerifier verifier, Realm realm) {
            thread.execute(() -> {
                while (!stopped.get()) {
                    results.add(verifier.verify(realm.reportingToken()));
                }
            });
        }

        Queue<JwtResult> results() {
            return results;
        }

        void awaitSome() {
            int seen = results.size();
            Instant end = Instant.now().plus(BOUND);
            while (results.size() < seen + 10 && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            assertThat(results).hasSizeGreaterThanOrEqualTo(seen + 10);
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            thread.shutdown();
            assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            stopped.set(true);
            thread.shutdownNow();
        }
    }
}
