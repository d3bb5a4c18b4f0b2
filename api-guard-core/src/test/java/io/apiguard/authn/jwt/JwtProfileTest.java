package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.NOW;
import static io.apiguard.authn.jwt.Tokens.token;
import static io.apiguard.authn.jwt.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as the issuers really write them. */
class JwtProfileTest {

    private final JwtVerifier keycloak = verifier().profile(JwtProfile.KEYCLOAK).build();
    private final JwtVerifier spring =
            verifier().profile(JwtProfile.SPRING_AUTHORIZATION_SERVER).build();
    private final JwtVerifier microProfile =
            verifier().profile(JwtProfile.MICROPROFILE_JWT).build();
    private final JwtVerifier strict = verifier().build();

    private static Tokens keycloakToken(String payloadType) {
        return token().header("typ", "JWT")
                .claim("typ", payloadType)
                .claim("azp", "shop")
                .claim("aud", List.of("orders", "account"))
                .claim("scope", "openid email")
                .claim("realm_access", Map.of("roles", List.of("clerk", "uma_authorization")))
                .without("client_id");
    }

    private static Tokens springToken() {
        return token().withoutHeader("typ")
                .without("client_id")
                .claim("nbf", NOW.getEpochSecond())
                .claim("scope", List.of("orders:read"));
    }

    private static Tokens springIdToken() {
        return token().withoutHeader("typ")
                .without("client_id")
                .without("scope")
                .claim("azp", "orders")
                .claim("auth_time", NOW.getEpochSecond())
                .claim("sid", "s");
    }

    private static Identity accepted(JwtVerifier by, Tokens token) {
        JwtResult result = by.verify(token.text());
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        return ((JwtResult.Valid) result).token().identity();
    }

    private static void refused(JwtVerifier by, Tokens token, Reason reason) {
        assertThat(by.verify(token.text()))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(reason));
    }

    @Test
    void keycloak_accessToken_isValid() {
        Identity identity = accepted(keycloak, keycloakToken("Bearer"));
        assertThat(identity.roles()).containsExactly("clerk", "uma_authorization");
        assertThat(identity.clientId()).contains("shop");
        accepted(keycloak, keycloakToken("Bearer").header("typ", "at+jwt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout", "DPoP", "bearer", ""})
    void keycloak_otherToken_isRefused(String payloadType) {
        refused(keycloak, keycloakToken(payloadType), Reason.NOT_ACCESS_TOKEN);
    }

    @Test
    void keycloak_withoutItsMarks_isRefused() {
        refused(keycloak, keycloakToken("Bearer").without("typ"), Reason.NOT_ACCESS_TOKEN);
        refused(keycloak, keycloakToken("Bearer").without("azp"), Reason.CLAIM);
        refused(keycloak, keycloakToken("Bearer").withoutHeader("typ"), Reason.TYPE);
        refused(keycloak, keycloakToken("Bearer").claim("at_hash", "h"), Reason.NOT_ACCESS_TOKEN);
        refused(keycloak, keycloakToken("Bearer").claim("cnf", Map.of("jkt", "x")), Reason.SENDER_CONSTRAINED);
        refused(
                keycloak,
                keycloakToken("Bearer")
                        .claim("realm_access", Map.of("roles", "x y", "z", 1))
                        .claim("aud", "account"),
                Reason.AUDIENCE);
    }

    @Test
    void spring_accessToken_isValid() {
        assertThat(accepted(spring, springToken()).scopes()).containsExactly("orders:read");
        accepted(spring, springToken().without("scope"));
        accepted(spring, springToken().header("typ", "JWT"));
    }

    @Test
    void spring_accessTokenOfLogin_tellsOfIt() {
        Identity identity = accepted(
                spring,
                springToken()
                        .claim("auth_time", NOW.getEpochSecond())
                        .claim("acr", "phr")
                        .claim("sid", "session-1"));
        assertThat(identity.authenticatedAt()).isPresent();
        assertThat(identity.authenticationContext()).contains("phr");
        assertThat(identity.sessionId()).contains("session-1");
    }

    @Test
    void spring_idToken_isRefused() {
        refused(spring, springIdToken(), Reason.NOT_ACCESS_TOKEN);
        refused(spring, springIdToken().without("azp"), Reason.CLAIM);
        refused(spring, springToken().claim("nonce", "n"), Reason.NOT_ACCESS_TOKEN);
        refused(spring, springToken().header("typ", "logout+jwt"), Reason.TYPE);
    }

    private static Tokens microProfileToken() {
        return token().header("typ", "JWT")
                .without("client_id")
                .without("scope")
                .claim("upn", "alice@example.com")
                .claim("groups", List.of("clerk", "auditor"))
                .claim("auth_time", NOW.getEpochSecond());
    }

    @Test
    void microProfile_token_isValid() {
        Identity identity = accepted(microProfile, microProfileToken());
        assertThat(identity.roles()).containsExactly("clerk", "auditor");
        assertThat(identity.subject()).isEqualTo("alice");
        accepted(microProfile, microProfileToken().header("typ", "at+jwt"));
        accepted(microProfile, microProfileToken().without("jti").without("upn"));
        assertThat(accepted(microProfile, microProfileToken().without("groups")).roles())
                .isEmpty();
    }

    @Test
    void microProfile_otherToken_isRefused() {
        refused(microProfile, microProfileToken().claim("nonce", "n"), Reason.NOT_ACCESS_TOKEN);
        refused(microProfile, microProfileToken().claim("at_hash", "h"), Reason.NOT_ACCESS_TOKEN);
        refused(microProfile, microProfileToken().claim("aud", "shop"), Reason.AUDIENCE);
        refused(microProfile, microProfileToken().without("aud"), Reason.CLAIM);
        refused(microProfile, microProfileToken().without("iat"), Reason.CLAIM);
        refused(microProfile, microProfileToken().without("sub"), Reason.CLAIM);
        refused(microProfile, microProfileToken().claim("groups", List.of(1)), Reason.CLAIM);
        refused(microProfile, microProfileToken().withoutHeader("typ"), Reason.TYPE);
        refused(microProfile, microProfileToken().header("typ", "logout+jwt"), Reason.TYPE);
    }

    @Test
    void rfc9068_tokensOfTheOtherProfiles_areRefused() {
        refused(strict, keycloakToken("Bearer"), Reason.TYPE);
        refused(strict, springToken(), Reason.TYPE);
        refused(strict, microProfileToken(), Reason.TYPE);
        refused(strict, springIdToken(), Reason.TYPE);
    }
}
