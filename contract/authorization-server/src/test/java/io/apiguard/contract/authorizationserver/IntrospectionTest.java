package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.introspection.AssertionAlgorithm;
import io.apiguard.authn.introspection.ClientAuthentication;
import io.apiguard.authn.introspection.IntrospectionResult;
import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import io.apiguard.authn.introspection.IntrospectionVerifier;
import io.apiguard.authn.introspection.IntrospectionVerifierBuilder;
import io.apiguard.identity.Identity;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server says of tokens, to resources that authenticate themselves by secrets and assertions. */
class IntrospectionTest {

    private static final String KEY_ID = "orders-1";
    private static final KeyPair KEYS = Certificates.keyPair();
    private static final Duration CACHED = Duration.ofSeconds(60);

    private static ClientKeySet published;
    private static AuthorizationServer server;
    private static OAuthClient client;

    private final TestClock clock = new TestClock();

    @BeforeAll
    static void start() {
        published = ClientKeySet.of(KEYS, KEY_ID);
        server = AuthorizationServer.start(
                Clients.opaque("olga"),
                Clients.service("alice"),
                Clients.opaque(ServerConfiguration.UNTOUCHED),
                Clients.web("shop"),
                Clients.resource("orders-api"),
                Clients.signingResource("signing-api", published));
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
        published.close();
    }

    private IntrospectionVerifierBuilder by(ClientAuthentication authentication) {
        return IntrospectionVerifier.forIssuer(URI.create(server.issuer()))
                .endpoint(URI.create(server.introspectionAddress()))
                .allowInsecureLoopback()
                .client(authentication)
                .cacheActiveFor(CACHED)
                .clock(clock);
    }

    private IntrospectionVerifierBuilder bySecret() {
        return by(ClientAuthentication.basic("orders-api", AuthorizationServer.secretOf("orders-api")));
    }

    private IntrospectionResult verify(String token) {
        return bySecret().audience(AuthorizationServer.AUDIENCE).build().verify(token);
    }

    private static Identity accepted(IntrospectionResult result) {
        assertThat(result).isInstanceOf(IntrospectionResult.Valid.class);
        return ((IntrospectionResult.Valid) result).token().identity();
    }

    private static void refused(IntrospectionResult result, Reason reason) {
        assertThat(result)
                .isInstanceOfSatisfying(IntrospectionResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(reason));
    }

    private static String opaque(String of) {
        return client.clientCredentials(of, Clients.READ).access();
    }

    private static OAuthClient.Tokens ofUser() {
        return client.authorizationCode("shop", Clients.REDIRECT, "openid " + Clients.READ, AuthorizationServer.USER);
    }

    @Test
    void verify_opaqueTokenBySecret_isAccepted() {
        Identity identity = accepted(verify(opaque("olga")));

        assertThat(identity.subject()).isEqualTo("olga");
        assertThat(identity.clientId()).contains("olga");
        assertThat(identity.scopes()).containsExactly(Clients.READ);
        assertThat(identity.expiresAt()).isPresent();
    }

    @Test
    void verify_opaqueTokenByAssertion_isAccepted() {
        ClientAuthentication assertion =
                ClientAuthentication.privateKeyJwt("signing-api", KEYS.getPrivate(), KEY_ID, AssertionAlgorithm.ES256);
        IntrospectionVerifier verifier =
                by(assertion).audience(AuthorizationServer.AUDIENCE).build();

        assertThat(accepted(verifier.verify(opaque("olga"))).subject()).isEqualTo("olga");
        assertThat(accepted(verifier.verify(opaque("olga"))).subject()).isEqualTo("olga");
    }

    @Test
    void verify_byAssertionOfAnotherKey_isUnavailable() {
        ClientAuthentication assertion = ClientAuthentication.privateKeyJwt(
                "signing-api", Certificates.keyPair().getPrivate(), KEY_ID, AssertionAlgorithm.ES256);

        assertThat(by(assertion).audience(AuthorizationServer.AUDIENCE).build().verify(opaque("olga")))
                .isInstanceOf(IntrospectionResult.Unavailable.class);
    }

    @Test
    void verify_byWrongSecret_isUnavailable() {
        ClientAuthentication wrong = ClientAuthentication.basic("orders-api", "wrong");

        assertThat(by(wrong).audience(AuthorizationServer.AUDIENCE).build().verify(opaque("olga")))
                .isInstanceOfSatisfying(
                        IntrospectionResult.Unavailable.class,
                        unavailable -> assertThat(unavailable.detail()).contains("401", "orders-api"));
    }

    @Test
    void verify_unknownToken_isInactive() {
        refused(verify("unknown"), Reason.INACTIVE);
    }

    @Test
    void verify_asTheServerMakesThem_isForTheClientItself() {
        String token = opaque(ServerConfiguration.UNTOUCHED);

        accepted(bySecret().audience(ServerConfiguration.UNTOUCHED).build().verify(token));
        refused(verify(token), Reason.AUDIENCE);
    }

    @Test
    void verify_signedToken_isAccepted() {
        assertThat(accepted(verify(opaque("alice"))).scopes()).containsExactly(Clients.READ);
    }

    @Test
    void verify_accessTokenOfUser_isAccepted() {
        assertThat(accepted(verify(ofUser().access())).subject()).isEqualTo(AuthorizationServer.USER);
    }

    /** To the server they are active tokens like any other. */
    @Test
    void verify_idToken_isRefused() {
        String token = ofUser().id();

        refused(verify(token), Reason.AUDIENCE);
        refused(bySecret().audience("shop").build().verify(token), Reason.TYPE);
        refused(bySecret().ignoreAudience().build().verify(token), Reason.TYPE);
    }

    @Test
    void verify_refreshToken_isRefused() {
        String token = ofUser().refresh();

        refused(verify(token), Reason.AUDIENCE);
        refused(bySecret().ignoreAudience().build().verify(token), Reason.TYPE);
    }

    @Test
    void verify_revokedToken_isRefusedWhenItsAnswerIsOld() {
        IntrospectionVerifier verifier =
                bySecret().audience(AuthorizationServer.AUDIENCE).build();
        String token = opaque("olga");
        accepted(verifier.verify(token));

        client.revoke("olga", token);
        accepted(verifier.verify(token));
        clock.advance(CACHED);

        refused(verifier.verify(token), Reason.INACTIVE);
    }

    @Test
    void verify_revokedTokenWithoutCache_isRefusedAtOnce() {
        IntrospectionVerifier verifier = bySecret()
                .audience(AuthorizationServer.AUDIENCE)
                .cacheActiveFor(Duration.ZERO)
                .build();
        String token = opaque("olga");
        accepted(verifier.verify(token));

        client.revoke("olga", token);

        refused(verifier.verify(token), Reason.INACTIVE);
    }
}
