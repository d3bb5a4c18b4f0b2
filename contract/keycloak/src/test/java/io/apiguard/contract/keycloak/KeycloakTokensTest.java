package io.apiguard.contract.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.identity.Identity;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Keycloak's tokens are to the profile {@code keycloak}: access tokens for this API and nothing else pass. */
@Tag("keycloak")
@ExtendWith(RunningKeycloak.class)
class KeycloakTokensTest {

    private final KeycloakServer keycloak;
    private final Realm realm;
    private final JwkSource keys;

    KeycloakTokensTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.realm = new Realm(keycloak);
        this.keys =
                JwkSource.discovery(keycloak.issuer()).allowInsecureLoopback().build();
    }

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void discovery_encryptionKeyInTheSet_isPassedOver() {
        assertThat(realm.keys()).extracting(key -> key.get("use")).contains("enc", "sig");

        keys.warmUp(WhenUnreachable.REFUSE);
    }

    @Test
    void discovery_issuerWithATrailingSlash_isRefusedWithTheRemedy() {
        try (JwkSource source = JwkSource.discovery(URI.create(keycloak.issuer() + "/"))
                .allowInsecureLoopback()
                .build()) {
            assertThatThrownBy(() -> source.warmUp(WhenUnreachable.REFUSE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("set the issuer exactly as the document writes it")
                    .hasMessageContaining("'" + keycloak.issuer() + "'");
        }
    }

    @Test
    void verify_clientCredentials_namesClientScopesAndRoles() {
        Identity identity = accepted(verify("orders-api", realm.reportingToken()));

        assertThat(identity.clientId()).contains("reporting");
        assertThat(identity.scopes()).containsExactly("orders:read");
        assertThat(identity.roles()).contains("clerk");
        assertThat(identity.issuer()).contains(keycloak.issuer().toString());
        assertThat(identity.confirmation()).isEmpty();
    }

    @Test
    void verify_tokenWithoutTheScopeOfTheMapper_isForAnotherAudience() {
        String token = Realm.accessToken(realm.token("reporting", Map.of(), null));

        assertThat(reason(verify("orders-api", token))).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void verify_otherAudience_isRefused() {
        assertThat(reason(verify("payments-api", realm.reportingToken()))).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void verify_tokensOfALogin_onlyTheAccessTokenIsTaken() {
        Login login = Login.of(realm);

        Identity identity = accepted(verify("orders-api", login.accessToken()));

        assertThat(identity.authenticationContext()).contains("1");
        assertThat(identity.sessionId()).isPresent();
        assertThat(identity.clientId()).contains(login.client());
        assertThat(reason(verify(login.client(), login.idToken()))).isEqualTo(Reason.NOT_ACCESS_TOKEN);
        assertThat(reason(verify(keycloak.issuer().toString(), login.refreshToken())))
                .isEqualTo(Reason.ALGORITHM);
    }

    /** Since Keycloak 25 it is the scope {@code basic} that brings {@code sub}. */
    @Test
    void verify_loginAtAClientWithoutTheScopeBasic_lacksTheSubject() {
        Login login = Login.of(realm, List.of("orders:read"));

        JwtResult result = verify("orders-api", login.accessToken());

        assertThat(reason(result)).isEqualTo(Reason.CLAIM);
        assertThat(((JwtResult.Invalid) result).detail()).contains("'sub'");
    }

    /** Keycloak writes the host that it was asked at, as long as its setting {@code hostname} does not say otherwise. */
    @Test
    void verify_tokenFetchedUnderAnotherHostName_isOfAnotherIssuer() {
        String token = realm.underTheName("localhost").reportingToken();

        assertThat(reason(verify("orders-api", token))).isEqualTo(Reason.ISSUER);
    }

    @Test
    void verify_boundToken_carriesTheThumbprint() throws Exception {
        Prover prover = new Prover();

        Identity identity = accepted(verify("orders-api", realm.walletToken(prover)));

        assertThat(identity.confirmation().orElseThrow().jwkThumbprint()).isEqualTo(prover.thumbprint());
    }

    @Test
    void verify_boundTokenWhereBoundOnesAreNotExpected_isRefused() throws Exception {
        JwtVerifier verifier = JwtVerifier.forIssuer(keycloak.issuer())
                .keys(keys)
                .profile(JwtProfile.KEYCLOAK)
                .audience("orders-api")
                .build();

        assertThat(reason(verifier.verify(realm.walletToken(new Prover())))).isEqualTo(Reason.SENDER_CONSTRAINED);
    }

    @Test
    void verify_lightweightToken_lacksTheAudience() {
        String client = client("lightweight", Map.of("client.use.lightweight.access.token.enabled", "true"));

        String token = Realm.accessToken(realm.token(client, Map.of("scope", "orders:read"), null));

        assertThat(reason(verify("orders-api", token))).isEqualTo(Reason.CLAIM);
    }

    @Test
    void verify_lightweightTokenWithTheMappersMadeForIt_isTaken() {
        String client = client("lightweight", Map.of("client.use.lightweight.access.token.enabled", "true"));
        realm.create("clients/" + realm.idOf(client) + "/protocol-mappers/models", lightAudience());

        String token = Realm.accessToken(realm.token(client, Map.of(), null));

        accepted(verify("orders-api", token));
    }

    @Test
    void verify_rolesOfAClient_areReadFromWhereTheyStand() {
        String role = Realm.unique("manager");
        String client = client("roles", Map.of());
        realm.create("clients/" + realm.idOf("orders-api") + "/roles", Map.of("name", role));
        realm.assign(client, "orders-api", role);

        String token = Realm.accessToken(realm.token(client, Map.of("scope", "orders:read"), null));
        JwtVerifier verifier = JwtVerifier.forIssuer(keycloak.issuer())
                .keys(keys)
                .profile(JwtProfile.KEYCLOAK)
                .audience("orders-api")
                .rolesFrom("realm_access.roles", "/resource_access/orders-api/roles")
                .build();

        assertThat(accepted(verifier.verify(token)).roles()).contains(role, "offline_access");
    }

    /** Keycloak makes a key for an algorithm as soon as a client's tokens are to be signed with it. */
    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES256", "ES512", "EdDSA"})
    void verify_otherAlgorithms_areTaken(String algorithm) {
        String client = client(algorithm, Map.of("access.token.signed.response.alg", algorithm));

        String token = Realm.accessToken(realm.token(client, Map.of("scope", "orders:read"), null));

        accepted(verify("orders-api", token));
    }

    @Test
    void verify_hmac_isRefused() {
        String client = client("HS256", Map.of("access.token.signed.response.alg", "HS256"));

        String token = Realm.accessToken(realm.token(client, Map.of("scope", "orders:read"), null));

        assertThat(reason(verify("orders-api", token))).isEqualTo(Reason.ALGORITHM);
    }

    private String client(String name, Map<String, Object> attributes) {
        String id = Realm.unique(name);
        realm.create(
                "clients",
                Map.of(
                        "clientId",
                        id,
                        "secret",
                        realm.secret(id),
                        "serviceAccountsEnabled",
                        true,
                        "defaultClientScopes",
                        List.of("basic", "roles"),
                        "optionalClientScopes",
                        List.of("orders:read"),
                        "attributes",
                        attributes));
        return id;
    }

    private static Map<String, Object> lightAudience() {
        return Map.of(
                "name", "audience",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-audience-mapper",
                "config",
                        Map.of(
                                "included.custom.audience", "orders-api",
                                "access.token.claim", "true",
                                "lightweight.claim", "true"));
    }

    private JwtResult verify(String audience, String token) {
        return JwtVerifier.forIssuer(keycloak.issuer())
                .keys(keys)
                .profile(JwtProfile.KEYCLOAK)
                .audience(audience)
                .acceptSenderConstrained()
                .build()
                .verify(token);
    }

    private static Identity accepted(JwtResult result) {
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        return ((JwtResult.Valid) result).token().identity();
    }

    private static Reason reason(JwtResult result) {
        assertThat(result).isInstanceOf(JwtResult.Invalid.class);
        return ((JwtResult.Invalid) result).reason();
    }
}
