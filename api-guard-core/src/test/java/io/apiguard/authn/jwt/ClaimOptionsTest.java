package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.ISSUER;
import static io.apiguard.authn.jwt.Tokens.KEY;
import static io.apiguard.authn.jwt.Tokens.NOW;
import static io.apiguard.authn.jwt.Tokens.token;
import static io.apiguard.authn.jwt.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Identity;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that are expected or ignored by name, and tokens that are bound to a key. */
class ClaimOptionsTest {

    private static final long SECOND = NOW.getEpochSecond();
    private static final String SHA_256 = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"; // RFC 9449 section 6.1

    private static void refused(JwtVerifierBuilder by, Tokens token, Reason reason) {
        assertThat(by.build().verify(token.text()))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .as(invalid.detail())
                        .isEqualTo(reason));
    }

    private static Identity accepted(JwtVerifierBuilder by, Tokens token) {
        JwtResult result = by.build().verify(token.text());
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        return ((JwtResult.Valid) result).token().identity();
    }

    private static void contradictory(JwtVerifierBuilder builder, String message) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
    }

    private static JwtVerifierBuilder bound() {
        return verifier().acceptSenderConstrained();
    }

    private static JwtVerifierBuilder withoutAudience() {
        return JwtVerifier.forIssuer(URI.create(ISSUER))
                .keys(JwkSource.of(TestKey.set(KEY)))
                .clock(() -> NOW);
    }

    // what the identity says

    @Test
    void identity_ofAFullToken_saysWhenAndHow() {
        Identity identity = accepted(
                verifier(),
                token().claim("sid", "session-1")
                        .claim("auth_time", SECOND - 60)
                        .claim("acr", "urn:mfa"));
        assertThat(identity.tokenId()).contains("id-1");
        assertThat(identity.sessionId()).contains("session-1");
        assertThat(identity.issuedAt()).contains(NOW);
        assertThat(identity.authenticatedAt()).contains(NOW.minusSeconds(60));
        assertThat(identity.authenticationContext()).contains("urn:mfa");
        assertThat(identity.confirmation()).isEmpty();
        assertThat(identity.isSenderConstrained()).isFalse();
    }

    @Test
    void identity_ofAPlainToken_saysNothingItDoesNotKnow() {
        Identity identity = accepted(verifier(), token());
        assertThat(identity.sessionId()).isEmpty();
        assertThat(identity.authenticatedAt()).isEmpty();
        assertThat(identity.authenticationContext()).isEmpty();
    }

    static List<Object[]> wrongTypes() {
        return List.of(
                new Object[] {"sid", 1},
                new Object[] {"sid", ""},
                new Object[] {"sid", List.of("s")},
                new Object[] {"sid", null},
                new Object[] {"acr", 1},
                new Object[] {"acr", " "},
                new Object[] {"acr", List.of("1")},
                new Object[] {"acr", null},
                new Object[] {"jti", ""},
                new Object[] {"auth_time", "0"},
                new Object[] {"auth_time", true},
                new Object[] {"auth_time", -1},
                new Object[] {"auth_time", Long.MAX_VALUE},
                new Object[] {"auth_time", null});
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void verify_claimOfTheWrongType_isRefused(String name, Object value) {
        refused(verifier(), token().claim(name, value), Reason.CLAIM);
    }

    @Test
    void verify_authenticationInTheFuture_isRefusedBeyondTheSkew() {
        accepted(verifier(), token().claim("auth_time", SECOND + 30));
        refused(verifier(), token().claim("auth_time", SECOND + 31), Reason.NOT_YET_VALID);
    }

    // cnf

    @Test
    void verify_boundToken_isRefusedUnlessAccepted() {
        Tokens jkt = token().claim("cnf", Map.of("jkt", SHA_256));
        refused(verifier(), jkt, Reason.SENDER_CONSTRAINED);
        Identity identity = accepted(bound(), jkt);
        assertThat(identity.confirmation().orElseThrow().jwkThumbprint()).isEqualTo(SHA_256);
        assertThat(identity.confirmation().orElseThrow().certificateThumbprint())
                .isNull();
        assertThat(identity.isSenderConstrained()).isTrue();
    }

    @Test
    void verify_boundToACertificateOrToBoth_isAccepted() {
        Identity certificate = accepted(bound(), token().claim("cnf", Map.of("x5t#S256", SHA_256)));
        assertThat(certificate.confirmation().orElseThrow().certificateThumbprint())
                .isEqualTo(SHA_256);
        Identity both = accepted(bound(), token().claim("cnf", Map.of("x5t#S256", SHA_256, "jkt", SHA_256)));
        assertThat(both.confirmation().orElseThrow().jwkThumbprint()).isEqualTo(SHA_256);
        assertThat(both.confirmation().orElseThrow().certificateThumbprint()).isEqualTo(SHA_256);
    }

    @Test
    void verify_bearerTokenWhereBoundOnesAreAccepted_isABearerToken() {
        assertThat(accepted(bound(), token()).confirmation()).isEmpty();
    }

    static List<Object> malformedConfirmations() {
        return Arrays.asList(
                null,
                "x",
                1,
                true,
                List.of(),
                List.of(Map.of("jkt", SHA_256)),
                Map.of(),
                Map.of("jkt", 1),
                Map.of("jkt", ""),
                Map.of("jkt", SHA_256 + "="),
                Map.of("jkt", SHA_256 + "AA"),
                Map.of("jkt", SHA_256.substring(1)),
                Map.of("jkt", SHA_256.substring(0, 42) + "J"),
                Map.of("jkt", SHA_256.replace('-', '+')),
                Map.of("jkt", List.of(SHA_256)),
                Map.of("jkt", SHA_256, "x5t#S256", "x"),
                java.util.Collections.singletonMap("x5t#S256", null));
    }

    @ParameterizedTest
    @MethodSource("malformedConfirmations")
    void verify_malformedConfirmation_isRefused(Object cnf) {
        refused(bound(), token().claim("cnf", cnf), Reason.CLAIM);
        refused(verifier(), token().claim("cnf", cnf), Reason.SENDER_CONSTRAINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwk", "jwe", "kid", "jku", "x5t", "JKT", "jkt ", "osc", ""})
    void verify_confirmationNotUnderstood_isRefused(String member) {
        refused(bound(), token().claim("cnf", Map.of(member, SHA_256)), Reason.SENDER_CONSTRAINED);
        refused(bound(), token().claim("cnf", Map.of("jkt", SHA_256, member, "x")), Reason.SENDER_CONSTRAINED);
    }

    @Test
    void verify_keycloakDpopToken_needsAConfirmation() {
        JwtVerifierBuilder keycloak = bound().profile(JwtProfile.KEYCLOAK);
        Tokens token = token().header("typ", "JWT").claim("azp", "shop").claim("typ", "DPoP");
        refused(keycloak, token, Reason.NOT_ACCESS_TOKEN);
        refused(keycloak, token.claim("cnf", Map.of("x5t#S256", SHA_256)), Reason.NOT_ACCESS_TOKEN);
        accepted(keycloak, token.claim("cnf", Map.of("jkt", SHA_256)));
        accepted(keycloak, token.claim("typ", "Bearer"));
        refused(keycloak, token.claim("typ", "ID"), Reason.NOT_ACCESS_TOKEN);
        refused(keycloak, token.claim("typ", "Refresh"), Reason.NOT_ACCESS_TOKEN);
    }

    // typ

    @Test
    void expectType_replacesTheProfiles() {
        JwtVerifierBuilder by = verifier().expectType("application/Token+JWT", "jwt");
        accepted(by, token().header("typ", "token+jwt"));
        accepted(by, token().header("typ", "JWT"));
        refused(by, token(), Reason.TYPE);
        refused(by, token().withoutHeader("typ"), Reason.TYPE);
    }

    @Test
    void ignoreType_takesAnyButNoOtherToken() {
        JwtVerifierBuilder by = verifier().ignoreType();
        accepted(by, token().withoutHeader("typ"));
        accepted(by, token().header("typ", "x"));
        refused(by, token().header("typ", 1), Reason.MALFORMED);
        refused(by, token().withoutHeader("typ").without("client_id"), Reason.CLAIM);
        refused(by, token().withoutHeader("typ").claim("nonce", "n"), Reason.NOT_ACCESS_TOKEN);
    }

    // claims

    @Test
    void expectClaim_withValues_takesThoseStringsAlone() {
        JwtVerifierBuilder by = verifier().expectClaim("region", "eu", "ch");
        accepted(by, token().claim("region", "eu"));
        accepted(by, token().claim("region", "ch"));
        refused(by, token(), Reason.CLAIM);
        for (Object wrong : Arrays.asList("us", "EU", "eu ", "", 1, true, List.of("eu"), Map.of("eu", "eu"), null)) {
            refused(by, token().claim("region", wrong), Reason.CLAIM);
        }
    }

    @Test
    void expectClaim_withoutValues_demandsItsPresence() {
        JwtVerifierBuilder by = verifier().expectClaim("acr").expectClaim("sub", "alice", "bob");
        accepted(by, token().claim("acr", "1"));
        refused(by, token(), Reason.CLAIM);
        refused(by, token().claim("acr", null), Reason.CLAIM);
        refused(by, token().claim("acr", "1").claim("sub", "carol"), Reason.CLAIM);
    }

    @Test
    void ignoreClaim_takesTokensWithoutItButNotOfAnotherType() {
        JwtVerifierBuilder by = verifier().ignoreClaim("jti").ignoreClaim("iat").ignoreClaim("client_id");
        accepted(by, token().without("jti").without("iat").without("client_id"));
        refused(by, token().claim("jti", 1), Reason.CLAIM);
        refused(by, token().claim("iat", "x"), Reason.CLAIM);
        refused(by, token().claim("iat", SECOND + 31), Reason.NOT_YET_VALID);
        refused(by, token().claim("client_id", 1), Reason.CLAIM);
    }

    @Test
    void insecureIgnoreAudience_takesAnyAudienceOfTheRightType() {
        accepted(withoutAudience().insecureIgnoreAudience(), token().claim("aud", "billing"));
        accepted(withoutAudience().insecureIgnoreAudience(), token().without("aud"));
        for (Object wrong : Arrays.asList(1, null, List.of(1), Map.of())) {
            refused(withoutAudience().insecureIgnoreAudience(), token().claim("aud", wrong), Reason.CLAIM);
        }
        refused(
                withoutAudience().insecureIgnoreAudience(),
                token().claim("iss", "https://other.example"),
                Reason.ISSUER);
    }

    // contradictions

    @Test
    void build_contradictoryOptions_areRefused() {
        contradictory(verifier().expectType("JWT").ignoreType(), "ignoreType");
        contradictory(verifier().insecureIgnoreAudience(), "audience");
        contradictory(verifier().expectClaim("jti", "a").ignoreClaim("jti"), "jti");
        contradictory(verifier().expectClaim("azp", "a").expectClaim("azp", "b"), "more than once");
        contradictory(verifier().tenant("acme").tenantFrom("org"), "tenant");
        contradictory(verifier().tenant(" "), "tenant");
        contradictory(verifier().keysFrom(JwkSource.discovery(URI.create(ISSUER))), "keysFrom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "cnf", ""})
    void expectClaim_withAnOptionOfItsOwn_isRefused(String name) {
        contradictory(verifier().expectClaim(name, "x"), "expectClaim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "nbf", "auth_time"})
    void expectClaim_ofADate_takesNoValue(String name) {
        contradictory(verifier().expectClaim(name, "0"), name);
        verifier().expectClaim(name).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "sub", "nbf", "nonce", "azp", "cnf", ""})
    void ignoreClaim_thatIsNotForIgnoring_isRefused(String name) {
        contradictory(verifier().ignoreClaim(name), "ignoreClaim");
    }

    @Test
    void ignoreClaim_ofTheLastMarkOfAccessTokens_isRefused() {
        contradictory(verifier().ignoreType().ignoreClaim("client_id"), "client_id");
        contradictory(verifier().expectType("JWT").ignoreClaim("client_id"), "client_id");
        verifier().expectType("at+jwt").ignoreClaim("client_id").build();
        contradictory(verifier().profile(JwtProfile.SPRING_AUTHORIZATION_SERVER).ignoreClaim("nbf"), "'nbf'");
        verifier().profile(JwtProfile.KEYCLOAK).ignoreClaim("azp").ignoreType().build();
    }

    @Test
    void expectType_blankOrNone_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> verifier().expectType());
        assertThatIllegalArgumentException().isThrownBy(() -> verifier().expectType("JWT", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> verifier().expectType("application/"));
    }
}
