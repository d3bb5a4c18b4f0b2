package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.audit.RecordingAuditSink;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.http.Answer;
import io.apiguard.identity.Identity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose tokens are accepted, by settings and by what the application says. */
class IssuersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LoopbackIssuer staff = new LoopbackIssuer();
    private final LoopbackIssuer partners = new LoopbackIssuer();
    private final Map<String, String> settings = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        staff.close();
        partners.close();
    }

    private void issuer(String section, LoopbackIssuer issuer, String audience) {
        settings.put(section + ".issuer", issuer.issuer());
        settings.put(section + ".audiences", audience);
        settings.put(section + ".jwks-uri", issuer.issuer() + "/jwks");
        settings.put(section + ".allow-loopback-http", "true");
    }

    private Guard guard(UnaryOperator<GuardBuilder> more) {
        GuardBuilder builder =
                Guard.builder(GuardSettings.of(settings)).clock(() -> NOW).auditSink(RecordingAuditSink.ofLatest(10));
        return more.apply(builder).build();
    }

    private Guard guard() {
        return guard(builder -> builder);
    }

    /** Who a token makes the caller, or empty if it is refused with 401. */
    private static Optional<Identity> caller(Guard guard, String token) {
        Received received = guard.receive(FakeRequest.get("/any").bearer(token));
        Optional<Answer> answer = received.answer();
        answer.ifPresent(refusal -> assertThat(refusal.status()).isEqualTo(401));
        assertThat(received.exchange().identity().isPresent()).isEqualTo(answer.isEmpty());
        return received.exchange().identity();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::guard).message().contains(message);
    }

    @Test
    void verify_tokensOfTwoIssuers_areEachJudgedByTheirOwnRules() {
        issuer("jwt", staff, "orders");
        issuer("issuers[0]", partners, "orders-partners");
        settings.put("issuers[0].tenant", "acme");
        settings.put("issuers[0].role-claims", "groups");
        try (Guard guard = guard()) {
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).get().satisfies(ann -> assertThat(ann.tenant())
                    .isEmpty());
            String ben = partners.token(
                    NOW, "ben", "orders-partners", claims -> claims.setStringListClaim("groups", List.of("clerk")));
            assertThat(caller(guard, ben)).get().satisfies(found -> {
                assertThat(found.tenant()).contains("acme");
                assertThat(found.roles()).containsExactly("clerk");
                assertThat(found.issuer()).contains(partners.issuer());
            });
            assertThat(caller(guard, partners.token(NOW, "ben", "orders"))).isEmpty();
            assertThat(caller(guard, staff.token(NOW, "ann", "orders-partners")))
                    .isEmpty();
        }
    }

    @Test
    void verify_issuerThatIsNotListed_isRefused() {
        issuer("issuers[0]", staff, "orders");
        try (Guard guard = guard()) {
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).isPresent();
            assertThat(caller(guard, partners.token(NOW, "ben", "orders"))).isEmpty();
        }
    }

    @Test
    void verify_issuerThatSignsForAnother_isRefused() {
        issuer("issuers[0]", staff, "orders");
        issuer("issuers[1]", partners, "orders");
        try (Guard guard = guard()) {
            String forged = staff.token(NOW, "ben", "orders", claims -> claims.setIssuer(partners.issuer()));
            assertThat(caller(guard, forged)).isEmpty();
        }
    }

    @Test
    void of_contradictingIssuers_nameSettingAndRemedy() {
        issuer("issuers[0]", staff, "orders");
        issuer("issuers[1]", staff, "orders");
        assertRefused("issuers[1].issuer is '" + staff.issuer()
                + "', which jwt.issuer or another of issuers is already. Name every issuer once");
        settings.keySet().removeIf(key -> key.startsWith("issuers[1]"));
        issuer("jwt", staff, "orders");
        assertRefused("issuers[0].issuer is '" + staff.issuer() + "', which jwt.issuer");
        issuer("jwt", partners, "orders");
        settings.put("jwt.decryption-keys", "/nowhere/keys.json");
        assertRefused("jwt.decryption-keys is set while there are several issuers");
        settings.remove("jwt.decryption-keys");
        settings.put("issuers[0].decryption-keys", "/nowhere/keys.json");
        assertRefused("issuers[0].decryption-keys is set while there are several issuers");
    }

    @Test
    void of_contradictingRules_nameSettingAndRemedy() {
        issuer("issuers[0]", staff, "orders");
        contradiction(
                "tenant", "acme", "tenant-claim", "org", "issuers[0].tenant is set while tenant-claim is set too");
        contradiction(
                "ignore-type", "true", "expect-types", "JWT", "issuers[0].ignore-type is true while expect-types");
        contradiction(
                "ignore-claims", "jti", "expect-claims", "jti", "issuers[0].ignore-claims has 'jti', which stands");
    }

    private void contradiction(String one, String value, String other, String otherValue, String message) {
        settings.put("issuers[0]." + one, value);
        settings.put("issuers[0]." + other, otherValue);
        assertRefused(message);
        settings.remove("issuers[0]." + one);
        settings.remove("issuers[0]." + other);
    }

    @Test
    void build_ruleThatTheVerifierCannotKeep_namesTheSection() {
        issuer("issuers[0]", staff, "orders");
        settings.put("issuers[0].ignore-claims", "email");
        assertRefused("issuers[0]: ignoreClaim cannot ignore 'email'");
        settings.put("issuers[0].ignore-claims", "jti");
        settings.put("issuers[0].expect-claims", "exp");
        assertRefused("issuers[0]: expectClaim cannot judge 'exp'");
    }

    @Test
    void build_issuerOutOfReach_namesItsSetting() {
        issuer("issuers[0]", staff, "orders");
        settings.put("issuers[0].jwks-uri", "http://127.0.0.1:1/jwks");
        assertRefused("issuers[0].required-at-start: false");
        settings.put("issuers[0].required-at-start", "false");
        try (Guard guard = guard()) {
            assertThat(guard.receive(FakeRequest.get("/any").bearer(staff.token(NOW, "ann", "orders")))
                            .answer()
                            .orElseThrow()
                            .status())
                    .isEqualTo(503);
        }
    }

    @Test
    void metadata_authorizationServersNotSet_areAllIssuers() {
        issuer("jwt", staff, "orders");
        issuer("issuers[0]", partners, "orders");
        settings.put("resource.identifier", "https://api.example.com");
        try (Guard guard = guard()) {
            Answer answer = guard.receive(FakeRequest.get("/.well-known/oauth-protected-resource"))
                    .answer()
                    .orElseThrow();
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("\"authorization_servers\":[\"" + staff.issuer() + "\",\"" + partners.issuer() + "\"]");
        }
    }

    @Test
    void verify_expectedClaims_mustBeThereAndRight() {
        issuer("jwt", staff, "orders");
        settings.put("jwt.expect-claims", "email, azp=web, azp=app");
        try (Guard guard = guard()) {
            assertThat(caller(guard, claims(Map.of("email", "a@example.com", "azp", "web"))))
                    .isPresent();
            assertThat(caller(guard, claims(Map.of("email", "a@example.com", "azp", "app"))))
                    .isPresent();
            assertThat(caller(guard, claims(Map.of("email", "a@example.com", "azp", "cli"))))
                    .isEmpty();
            assertThat(caller(guard, claims(Map.of("email", "a@example.com")))).isEmpty();
            assertThat(caller(guard, claims(Map.of("azp", "web")))).isEmpty();
        }
    }

    private String claims(Map<String, String> more) {
        return staff.token(NOW, "ann", "orders", claims -> more.forEach(claims::setStringClaim));
    }

    @Test
    void verify_ignoredClaimsAndTypes_areAsSet() {
        issuer("jwt", staff, "orders");
        String withoutId = staff.token(NOW, "ann", "orders", claims -> claims.unsetClaim("jti"));
        try (Guard guard = guard()) {
            assertThat(caller(guard, withoutId)).isEmpty();
        }
        settings.put("jwt.ignore-claims", "jti");
        try (Guard guard = guard()) {
            assertThat(caller(guard, withoutId)).isPresent();
        }
        settings.put("jwt.expect-types", "access+jwt");
        try (Guard guard = guard()) {
            assertThat(caller(guard, withoutId)).isEmpty();
        }
        settings.remove("jwt.expect-types");
        settings.put("jwt.ignore-type", "true");
        try (Guard guard = guard()) {
            assertThat(caller(guard, withoutId)).isPresent();
        }
    }

    @Test
    void verify_tokenLongerThanSet_isRefused() {
        issuer("jwt", staff, "orders");
        settings.put("jwt.max-length", "256");
        settings.put("jwt.cache-size", "0");
        settings.put("jwt.cache-bytes", "64KB");
        try (Guard guard = guard()) {
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).isEmpty();
        }
    }

    @Test
    void verify_encryptedToken_isTakenWithItsKeyOnly(@TempDir Path dir) throws Exception {
        issuer("jwt", staff, "orders");
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("enc-1");
        key.setAlgorithm("RSA-OAEP-256");
        Path file = dir.resolve("keys.json");
        settings.put("jwt.decryption-keys", file.toString());
        assertRefused("jwt.decryption-keys: the file " + file + " cannot be read");
        Files.writeString(file, "{\"keys\":[]}");
        assertRefused("jwt.decryption-keys: ");
        Files.writeString(file, new JsonWebKeySet(key).toJson(OutputControlLevel.INCLUDE_PRIVATE));
        String token = encrypted(key, staff.token(NOW, "ann", "orders"));
        try (Guard guard = guard()) {
            assertThat(caller(guard, token)).isPresent();
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).isPresent();
        }
        settings.put("jwt.encrypted-only", "true");
        try (Guard guard = guard()) {
            assertThat(caller(guard, token)).isPresent();
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).isEmpty();
        }
        settings.remove("jwt.decryption-keys");
        assertRefused("jwt.encrypted-only is true while there is nothing to decrypt with");
        settings.remove("jwt.encrypted-only");
        try (Guard guard = guard()) {
            assertThat(caller(guard, token)).isEmpty();
        }
    }

    @Test
    void verify_tokenOlderThanSet_isRefused() {
        issuer("jwt", staff, "orders");
        String token = staff.token(NOW.minusSeconds(100), "ann", "orders");
        try (Guard guard = guard()) {
            assertThat(caller(guard, token)).isPresent();
        }
        settings.put("jwt.max-age", "71s");
        try (Guard guard = guard()) {
            assertThat(caller(guard, token)).isPresent();
        }
        settings.put("jwt.max-age", "70s"); // and 30 s for the clocks
        try (Guard guard = guard()) {
            assertThat(caller(guard, token)).isEmpty();
        }
    }

    private static String encrypted(RsaJsonWebKey key, String token) throws Exception {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue("RSA-OAEP-256");
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        jwe.setHeader("cty", "JWT");
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setKey(key.getPublicKey());
        jwe.setPayload(token);
        return jwe.getCompactSerialization();
    }

    @Test
    void verify_issuersOfAResolver_areTakenWithTheGuardsClock() {
        String known = partners.issuer();
        JwkSource keys = partners.signer.keys();
        UnaryOperator<GuardBuilder> resolver = builder -> builder.issuers(issuer -> issuer.equals(known)
                ? Optional.of(JwtVerifier.forIssuer(URI.create(known))
                        .audience("orders")
                        .keys(keys)
                        .tenant("acme"))
                : Optional.empty());
        try (Guard guard = guard(resolver)) {
            assertThat(caller(guard, partners.token(NOW, "ben", "orders")))
                    .get()
                    .satisfies(ben -> assertThat(ben.tenant()).contains("acme"));
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).isEmpty();
        }
        issuer("jwt", staff, "orders");
        assertThatThrownBy(() -> guard(resolver))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("jwt.issuer or issuers does so too");
    }

    @Test
    void build_keysOfNoIssuer_areRefusedAndNotPassedOver() {
        JwkSource keys = staff.signer.keys();
        assertThatThrownBy(() -> guard(builder -> builder.keys(keys).issuers(issuer -> Optional.empty())))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("keys(...)");
        issuer("issuers[0]", staff, "orders");
        assertThatThrownBy(() -> guard(builder -> builder.keys(keys)))
                .isInstanceOf(GuardConfigurationException.class)
                .hasMessageContaining("jwt.issuer");
    }

    @Test
    void verify_verifierOfTheApplication_standsInPlaceOfSettings() {
        JwtVerifier verifier = JwtVerifier.forIssuer(URI.create(staff.issuer()))
                .audience("orders")
                .keys(staff.signer.keys())
                .clock(() -> NOW)
                .build();
        try (Guard guard = guard(builder -> builder.accessTokens(verifier))) {
            assertThat(caller(guard, staff.token(NOW, "ann", "orders"))).isPresent();
        }
        assertThatThrownBy(() -> guard(builder -> builder.accessTokens(verifier).issuers(issuer -> Optional.empty())))
                .hasMessageContaining("both issuers(...) and accessTokens(...)");
        issuer("jwt", staff, "orders");
        assertThatThrownBy(() -> guard(builder -> builder.accessTokens(verifier)))
                .hasMessageContaining("jwt.issuer or issuers does so too");
    }
}
