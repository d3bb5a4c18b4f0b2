package io.apiguard.contract.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import io.apiguard.contract.authorizationserver.OAuthClient.Tokens;
import io.apiguard.identity.Identity;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is taken of the tokens that the server hands out, with the keys found by discovery. */
class AccessTokenTest {

    private static final String OTHER_AUDIENCE = "billing";

    private static final TestClock CLOCK = new TestClock();

    private static AuthorizationServer server;
    private static OAuthClient client;
    private static JwkSource keys;

    @BeforeAll
    static void start() {
        server = AuthorizationServer.start(
                Clients.service("alice"), Clients.service(ServerConfiguration.UNTOUCHED), Clients.web("shop"));
        client = server.client();
        keys = JwkSource.discovery(URI.create(server.issuer()))
                .allowInsecureLoopback()
                .build();
    }

    @AfterAll
    static void stop() {
        keys.close();
        server.close();
    }

    private static JwtVerifierBuilder verifier() {
        return JwtVerifier.forIssuer(URI.create(server.issuer()))
                .profile(JwtProfile.SPRING_AUTHORIZATION_SERVER)
                .keys(keys)
                .clock(CLOCK);
    }

    private static JwtResult verify(String token) {
        return verifier().audience(AuthorizationServer.AUDIENCE).build().verify(token);
    }

    private static Identity accepted(JwtResult result) {
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        return ((JwtResult.Valid) result).token().identity();
    }

    private static void refused(JwtResult result, Reason reason) {
        assertThat(result).isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                .isEqualTo(reason));
    }

    private static Tokens ofUser() {
        return client.authorizationCode("shop", Clients.REDIRECT, "openid " + Clients.READ, AuthorizationServer.USER);
    }

    @Test
    void verify_clientCredentials_isAccepted() {
        Identity identity =
                accepted(verify(client.clientCredentials("alice", Clients.READ).access()));

        assertThat(identity.subject()).isEqualTo("alice");
        assertThat(identity.issuer()).contains(server.issuer());
        assertThat(identity.scopes()).containsExactly(Clients.READ);
        assertThat(identity.tokenId()).isPresent();
        assertThat(identity.confirmation()).isEmpty();
    }

    @Test
    void verify_asTheServerMakesThem_isForTheClientItself() {
        String token = client.clientCredentials(ServerConfiguration.UNTOUCHED, Clients.READ)
                .access();

        accepted(verifier().audience(ServerConfiguration.UNTOUCHED).build().verify(token));
        refused(verify(token), Reason.AUDIENCE);
    }

    @Test
    void verify_forAnotherAudience_isRefused() {
        String token = client.clientCredentials("alice", Clients.READ).access();

        refused(verifier().audience(OTHER_AUDIENCE).build().verify(token), Reason.AUDIENCE);
    }

    @Test
    void verify_withTheStrictProfile_isRefused() {
        String token = client.clientCredentials("alice", Clients.READ).access();

        refused(
                verifier()
                        .profile(JwtProfile.RFC9068)
                        .audience(AuthorizationServer.AUDIENCE)
                        .build()
                        .verify(token),
                Reason.TYPE);
    }

    @Test
    void verify_accessTokenOfUser_isAccepted() {
        Identity identity = accepted(verify(ofUser().access()));

        assertThat(identity.subject()).isEqualTo(AuthorizationServer.USER);
        assertThat(identity.scopes()).containsExactlyInAnyOrder("openid", Clients.READ);
    }

    @Test
    void verify_accessTokenAfterRefresh_isAccepted() {
        String token = client.refreshed("shop", ofUser().refresh()).access();

        assertThat(accepted(verify(token)).subject()).isEqualTo(AuthorizationServer.USER);
    }

    @Test
    void verify_idToken_isRefusedForWhateverAudience() {
        String token = ofUser().id();
        refused(verify(token), Reason.AUDIENCE);
        refused(verifier().audience("shop").build().verify(token), Reason.NOT_ACCESS_TOKEN);
        refused(verifier().insecureIgnoreAudience().build().verify(token), Reason.NOT_ACCESS_TOKEN);
    }

    @Test
    void verify_idTokenAfterRefresh_isRefused() {
        String token = client.refreshed("shop", ofUser().refresh()).id();

        refused(verifier().audience("shop").build().verify(token), Reason.NOT_ACCESS_TOKEN);
    }

    @Test
    void verify_refreshToken_isRefused() {
        refused(verify(ofUser().refresh()), Reason.MALFORMED);
    }

    @Test
    void verify_pastItsEnd_isRefused() {
        String token = client.clientCredentials("alice", Clients.READ).access();
        TestClock later = new TestClock();
        later.advance(Duration.ofHours(13));

        refused(
                verifier()
                        .clock(later)
                        .audience(AuthorizationServer.AUDIENCE)
                        .build()
                        .verify(token),
                Reason.EXPIRED);
    }
}
