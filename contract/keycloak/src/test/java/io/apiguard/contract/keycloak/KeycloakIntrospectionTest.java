package io.apiguard.contract.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionResult;
import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.introspection.IntrospectionVerifierBuilder;
import io.apiguard.identity.Identity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Keycloak says of tokens when it is asked (RFC 7662). */
@Tag("keycloak")
@ExtendWith(RunningKeycloak.class)
class KeycloakIntrospectionTest {

    private final KeycloakServer keycloak;
    private final Realm realm;

    KeycloakIntrospectionTest(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.realm = new Realm(keycloak);
    }

    @Test
    void verify_clientCredentials_isActive() {
        Identity identity = accepted(verifier().build().verify(realm.reportingToken()));

        assertThat(identity.clientId()).contains("reporting");
        assertThat(identity.scopes()).containsExactly("orders:read");
    }

    @Test
    void verify_boundToken_carriesTheThumbprint() throws Exception {
        Prover prover = new Prover();

        Identity identity = accepted(verifier().build().verify(realm.walletToken(prover)));

        assertThat(identity.confirmation().orElseThrow().jwkThumbprint()).isEqualTo(prover.thumbprint());
    }

    @Test
    void verify_lightweightToken_getsItsAudienceFromKeycloak() {
        String client = Realm.unique("lightweight");
        realm.create(
                "clients",
                Map.of(
                        "clientId", client,
                        "secret", realm.secret(client),
                        "serviceAccountsEnabled", true,
                        "defaultClientScopes", List.of("basic", "roles", "orders:read"),
                        "attributes", Map.of("client.use.lightweight.access.token.enabled", "true")));

        accepted(verifier().build().verify(Realm.accessToken(realm.token(client, Map.of(), null))));
    }

    @Test
    void verify_otherAudience_isRefused() {
        String token = Realm.accessToken(realm.token("reporting", Map.of(), null));

        assertThat(reason(verifier().build().verify(token))).isEqualTo(Reason.AUDIENCE);
    }

    /** Keycloak says {@code active: true} of ID tokens and refresh tokens too. */
    @Test
    void verify_tokensOfALogin_onlyTheAccessTokenIsTaken() {
        Login login = Login.of(realm);
        IntrospectionVerifier anyAudience = bare().ignoreAudience().build();

        assertThat(accepted(verifier().build().verify(login.accessToken())).authenticationContext())
                .contains("1");
        assertThat(reason(anyAudience.verify(login.idToken()))).isEqualTo(Reason.TYPE);
        assertThat(reason(anyAudience.verify(login.refreshToken()))).isEqualTo(Reason.TYPE);
    }

    @Test
    void verify_revokedToken_isRefusedAtOnceWithoutCache() {
        IntrospectionVerifier verifier =
                verifier().cacheActiveFor(Duration.ZERO).build();
        String token = realm.reportingToken();
        accepted(verifier.verify(token));

        realm.revoke("reporting", token);

        assertThat(reason(verifier.verify(token))).isEqualTo(Reason.INACTIVE);
    }

    @Test
    void verify_garbage_isInactive() {
        assertThat(reason(verifier().build().verify("garbage"))).isEqualTo(Reason.INACTIVE);
    }

    @Test
    void verify_wrongSecret_cannotBeKnown() {
        IntrospectionVerifier verifier = verifier()
                .client(ClientAuthentication.basic("orders-api", "wrong"))
                .build();

        assertThat(verifier.verify(realm.reportingToken())).isInstanceOf(IntrospectionResult.Unavailable.class);
    }

    private IntrospectionVerifierBuilder verifier() {
        return bare().audience("orders-api");
    }

    private IntrospectionVerifierBuilder bare() {
        return IntrospectionVerifier.forIssuer(keycloak.issuer())
                .endpoint(URI.create(realm.tokenEndpoint() + "/introspect"))
                .client(ClientAuthentication.basic("orders-api", keycloak.variable("ORDERS_API_SECRET")))
                .allowInsecureLoopback();
    }

    private static Identity accepted(IntrospectionResult result) {
        assertThat(result).isInstanceOf(IntrospectionResult.Valid.class);
        return ((IntrospectionResult.Valid) result).token().identity();
    }

    private static Reason reason(IntrospectionResult result) {
        assertThat(result).isInstanceOf(IntrospectionResult.Invalid.class);
        return ((IntrospectionResult.Invalid) result).reason();
    }
}
