package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.GuardSettings.Access;
import io.apiguard.field.Mask;
import io.apiguard.internal.settings.SettingsException;
import io.apiguard.ratelimit.LimitKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardSettingsTest {

    private static final Map<String, String> JWT =
            Map.of("jwt.issuer", "https://id.example.com", "jwt.audiences", "orders");

    @Test
    void defaults_nothingSet_areStrict() {
        GuardSettings settings = GuardSettings.defaults();
        assertThat(settings.mode()).isEqualTo(GuardSettings.Mode.ENFORCE);
        assertThat(settings.transport().requireTls()).isTrue();
        assertThat(settings.transport().hstsMaxAge()).isEqualTo(Duration.ofDays(365));
        assertThat(settings.cors().allowedOrigins()).isEmpty();
        assertThat(settings.proxies().forwarded()).isEqualTo(GuardSettings.Forwarded.NONE);
        assertThat(settings.size().maxBody()).isEqualTo(1 << 20);
        assertThat(settings.jwt().inUse()).isFalse();
        assertThat(settings.apiKeys().inUse()).isFalse();
        assertThat(settings.framework().actuator()).isEqualTo(Access.DENIED);
        assertThat(settings.framework().health()).isEqualTo(Access.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transport.methods | '' | transport.methods is empty",
                "transport.methods | GET, TRACE | TRACE or CONNECT",
                "transport.methods | G ET | no HTTP token",
                "transport.hsts-max-age | 9999d | transport.hsts-max-age is 9999d. Use a duration from 0s to 3650d",
                "transport.allowed-hosts | a b | transport.allowed-hosts has 'a b'",
                "cors.allowed-origins | https://a.example/x | cors.allowed-origins has 'https://a.example/x'",
                "cors.allowed-origins | null | no origin",
                "cors.allowed-origins | https://*.example | no origin",
                "proxies.forwarded | x-forwarded | proxies.trusted is empty",
                "proxies.trusted | 10.0.0.0/8 | proxies.forwarded is none",
                "proxies.trusted | 10.0.0.0/33 | proxies.trusted has '10.0.0.0/33'",
                "proxies.trusted | proxy.example | proxies.trusted has",
                "proxies.trusted | 1.2.3 | proxies.trusted has",
                "proxies.trusted | 1::2::3 | proxies.trusted has",
                "probes.paths | /health/** | no exact canonical path",
                "probes.paths | /a/../b | no exact canonical path",
                "size.max-url | 10 | Use a number from 256",
                "size.max-body | 65MB | size.max-buffered is smaller than size.max-body",
                "size.content-types | json | no media type",
                "size.read-timeout | 0s | size.read-timeout is 0s",
                "json.max-depth | 0 | Use a number from 1 to 1000",
                "limits.pre | 10/1m by identity | limits.pre counts by something",
                "limits.default | 10/0s | at least 1s",
                "limits.default | 0/1m | at least 1 request",
                "limits.default | 10/1m cost 11 | cost is at least 1 and at most its requests",
                "limits.default | 10 per minute | Write a limit as",
                "limits.max-keys | 1 | limits.max-keys is 1",
                "jwt.issuer | https://id.example.com | jwt.audiences is missing",
                "jwt.jwks-uri | https://id.example.com/keys | jwt.jwks-uri is set while the issuer beside it is not",
                "jwt.audiences | orders | jwt.audiences is set while the issuer beside it is not",
                "jwt.algorithms | HS256 | Choose from RS256",
                "jwt.algorithms | none | Choose from RS256",
                "jwt.clock-skew | 11m | jwt.clock-skew is 11m",
                "jwt.max-length | 255 | jwt.max-length is 255. Use a number from 256 to 65536",
                "jwt.max-stale | 10m | jwt.max-stale is 10m, which is not longer than refresh-interval",
                "issuers[0].refresh-interval | 1h | issuers[0].max-stale is 1h",
                "jwt.cache-size | 1000001 | Use a number from 0 to 1000000",
                "jwt.cache-bytes | 1KB | jwt.cache-bytes is 1024",
                "jwt.tenant-claim | a..b | jwt.tenant-claim has 'a..b', which leads to no claim",
                "jwt.role-claims | roles, /a//b | jwt.role-claims has '/a//b'",
                "jwt.expect-claims | =web | jwt.expect-claims is '=web'. Write a claim as email",
                "issuers[0].audiences | orders | issuers[0].audiences is set while the issuer beside it is not",
                "issuers[0].profile | keycloak | issuers[0].issuer is missing",
                "issuers[0].issuer | https://id.example.com | issuers[0].audiences is missing",
                "issuers[0].issuer | http://id.example.com | issuers[0].issuer is a URL that is not protected",
                "issuers.issuer | https://id.example.com | issuers",
                "api-keys.enabled | true | secrets.source is none while API keys are accepted",
                "api-keys.file | keys.yaml | secrets.source is none while API keys are accepted",
                "api-keys.prefix | A- | api-keys.prefix is 'A-'",
                "api-keys.prefix | a | Use 2 to 16 lower case letters",
                "api-keys.cache-for | 6m | api-keys.cache-for is 6m. Use a duration from 0s to 5m",
                "revocation.poll-interval | 2s | revocation.poll-interval is 2s",
                "revocation.max-stale | 900ms | revocation.max-stale is",
                "revocation.capacity | 0 | revocation.capacity is 0",
                "api-keys.cache-size | 0 | api-keys.cache-size is 0",
                "api-keys.usage-interval | 500ms | api-keys.usage-interval",
                "api-keys.usage-interval | 2h | api-keys.usage-interval is 2h",
                "api-keys.usage-maximum | 0 | api-keys.usage-maximum is 0",
                "secrets.source | directory | secrets.directory is missing",
                "secrets.directory | /etc/keys | secrets.directory is set while secrets.source is not directory",
                "headers.realm | a\"b | headers.realm",
                "redaction.rules | card.number | redaction.rules is 'card.number'",
                "redaction.rules | $.a mask=gone | Write mask=replace",
                "audit.sink | file | audit.file is missing",
                "audit.file | a.log | audit.file is set while audit.sink is not file",
                "audit.queue-size | 1 | audit.queue-size is 1",
                "routes[0].access | public | routes[0].endpoint is missing",
                "routes[0].endpoint | GET orders | Write an endpoint as",
            })
    void of_valueThatCannotBeUsed_namesKeyAndRemedy(String key, String value, String message) {
        assertThatThrownBy(() -> GuardSettings.of(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n")
                .endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://id.example.com",
                "http://id.example.com",
                "id.example.com",
                "https://u:hunter2@id.example.com",
                "https://id.example.com/#f",
                "https:///x",
                "::"
            })
    void of_issuerThatIsNoHttpsUrl_isRefusedWithoutShowingIt(String issuer) {
        assertThatThrownBy(() -> GuardSettings.of(Map.of("jwt.issuer", issuer, "jwt.audiences", "a")))
                .hasMessageStartingWith("jwt.issuer is ")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void of_loopbackIssuerOverHttp_onlyWhereAllowed() {
        Map<String, String> values = new LinkedHashMap<>(JWT);
        values.put("jwt.issuer", "http://127.0.0.1:9000");
        assertThatThrownBy(() -> GuardSettings.of(values)).hasMessageContaining("allow-loopback-http: true");
        values.put("jwt.allow-loopback-http", "true");
        assertThat(GuardSettings.of(values).jwt().issuer()).isEqualTo("http://127.0.0.1:9000");
        values.put("jwt.issuer", "http://127.0.0.1.example.com");
        assertThatThrownBy(() -> GuardSettings.of(values)).hasMessageContaining("not protected by TLS");
    }

    @Test
    void of_anyOriginWithCredentials_isAContradiction() {
        assertThatThrownBy(
                        () -> GuardSettings.of(Map.of("cors.allowed-origins", "*", "cors.allow-credentials", "true")))
                .hasMessageStartingWith("cors.allow-credentials is true while allowed-origins has *");
    }

    @Test
    void of_sameEndpointTwice_isAContradiction() {
        assertThatThrownBy(
                        () -> GuardSettings.of(Map.of("routes[0].endpoint", "GET /a", "routes[1].endpoint", "GET  /a")))
                .hasMessageStartingWith("routes[1].endpoint is 'GET /a', which stands in routes twice");
    }

    @Test
    void of_publicRouteWithScopes_isAContradiction() {
        assertThatThrownBy(() -> GuardSettings.of(
                        Map.of("routes[0].endpoint", "/a", "routes[0].access", "public", "routes[0].scopes", "read")))
                .hasMessageStartingWith("routes[0].access contradicts the scopes");
    }

    @Test
    void of_routeBodyLargerThanBuffer_isAContradiction() {
        assertThatThrownBy(() -> GuardSettings.of(Map.of("routes[0].endpoint", "/a", "routes[0].max-body", "65MB")))
                .hasMessageStartingWith("routes[0].max-body is greater than size.max-buffered");
    }

    @Test
    void limitsOf_textAndName_areResolved() {
        GuardSettings settings = GuardSettings.of(Map.of(
                "limits.named.search", "100/1h by tenant",
                "routes[0].endpoint", "GET /search",
                "routes[0].limits", "5/10s, search cost 7"));
        assertThat(settings.limitsOf(settings.routes().get(0)))
                .containsExactly(
                        new LimitText(null, 5, Duration.ofSeconds(10), null, 1),
                        new LimitText("search", 100, Duration.ofHours(1), LimitKey.TENANT, 7));
    }

    @Test
    void of_limitNameThatIsNotDefined_isRefused() {
        assertThatThrownBy(() -> GuardSettings.of(Map.of("routes[0].endpoint", "/a", "routes[0].limits", "serach")))
                .hasMessageStartingWith("routes[0].limits has a limit that cannot be used. Define 'serach'");
    }

    @Test
    void of_preLimitOff_isNoLimit() {
        assertThat(GuardSettings.of(Map.of("limits.pre", "off")).limits().pre()).isNull();
        assertThat(Objects.requireNonNull(GuardSettings.defaults().limits().pre())
                        .requests())
                .isEqualTo(1200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"600/1m", "600/1m by api-key", "1/366d", "10/90s by client-address cost 10"})
    void limitText_parsed_readsBackTheSame(String text) {
        assertThat(LimitText.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /orders/{id}",
                "/admin/**",
                "/",
                "OrdersController.get",
                "com.example.Orders$Inner.get",
                "/a/*/b"
            })
    void endpoint_parsed_readsBackTheSame(String text) {
        assertThat(RouteEndpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a//b",
                "/a/",
                "/a;x",
                "/a%2fb",
                "/a/./b",
                "/**/a",
                "get /a",
                "GET Orders.get",
                "Orders",
                "/a?b",
                "/a#b",
                "/{a"
            })
    void endpoint_notCanonical_isRefused(String text) {
        assertThatThrownBy(() -> RouteEndpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redactionRule_withOptions_isRead() {
        RedactionRuleText rule =
                RedactionRuleText.parse("$.card.number mask=last-four scope=cards scope=admin role=support");
        assertThat(rule.mask()).isEqualTo(Mask.LAST_FOUR);
        assertThat(rule.visibleToScopes()).containsExactly("cards", "admin");
        assertThat(rule.visibleToRoles()).containsExactly("support");
    }

    @Test
    void allKeys_fileOfKeys_comesAfterTheSettingsOwn(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("keys.yaml"), key("k2"));
        ApiKeySettings keys = apiKeys(file);
        assertThat(keys.allKeys()).extracting(StoredKey::id).containsExactly("k1", "k2");
        assertThat(keys.toString()).doesNotContain("c2VjcmV0");
        Files.writeString(file, key("k1"));
        assertThatThrownBy(keys::allKeys).hasMessageContaining("api-keys.keys[1].id is 'k1'");
        Files.delete(file);
        assertThatThrownBy(keys::allKeys).hasMessageContaining("cannot be read");
    }

    private static String key(String id) {
        return "keys:\n  - id: " + id + "\n    hash: c2VjcmV0\n    secret-key-id: v1\n    subject: batch\n";
    }

    private static ApiKeySettings apiKeys(Path file) {
        return GuardSettings.of(Map.of(
                        "secrets.source", "environment",
                        "api-keys.file", file.toString(),
                        "api-keys.keys[0].id", "k1",
                        "api-keys.keys[0].hash", "c2VjcmV0",
                        "api-keys.keys[0].secret-key-id", "v1",
                        "api-keys.keys[0].subject", "batch"))
                .apiKeys();
    }

    @Test
    void load_file_namesFileAndLineOfWhatIsWrong(@TempDir Path dir) throws Exception {
        Path file =
                Files.writeString(dir.resolve("guard.yaml"), "mode: enforce\njwt:\n  isuer: https://id.example.com\n");
        assertThatThrownBy(() -> GuardSettings.load(file))
                .hasMessage("jwt.isuer is no setting. Did you mean jwt.issuer? (" + file + " line 3)");
    }

    @Test
    void of_prefixedKeys_areNamedAsWritten() {
        assertThatThrownBy(
                        () -> GuardSettings.of(Map.of("api-guard.size.maxUrl", "7"), key -> "application.yaml line 4"))
                .hasMessageStartingWith("api-guard.size.maxUrl is 7. Use a number from 256")
                .hasMessageEndingWith("(application.yaml line 4)");
    }
}
