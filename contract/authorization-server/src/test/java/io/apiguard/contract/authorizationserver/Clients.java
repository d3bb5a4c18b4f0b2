package io.apiguard.contract.authorizationserver;

import java.time.Duration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The clients that an authorization server knows. */
final class Clients {

    static final String READ = "orders:read";
    static final String REDIRECT = "http://127.0.0.1/callback";

    /** Longer than any test moves the clock on. */
    private static final Duration LIFETIME = Duration.ofHours(12);

    private Clients() {}

    /** Gets JWTs in its own name. */
    static RegisteredClient service(String id) {
        return withSecret(id)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(READ)
                .tokenSettings(
                        TokenSettings.builder().accessTokenTimeToLive(LIFETIME).build())
                .build();
    }

    /** Gets tokens in its own name that only the server can read. */
    static RegisteredClient opaque(String id) {
        return withSecret(id)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(READ)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                        .accessTokenTimeToLive(LIFETIME)
                        .build())
                .build();
    }

    /** Gets access, ID and refresh tokens in the name of users. */
    static RegisteredClient web(String id) {
        return withSecret(id)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUri(REDIRECT)
                .scope(OidcScopes.OPENID)
                .scope(READ)
                .clientSettings(ClientSettings.builder().requireProofKey(false).build())
                .build();
    }

    /** Gets tokens that are bound to its certificate, which an authority issued. */
    static RegisteredClient bound(String id, String subject, OAuth2TokenFormat format) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientAuthenticationMethod(ClientAuthenticationMethod.TLS_CLIENT_AUTH)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(READ)
                .clientSettings(ClientSettings.builder()
                        .x509CertificateSubjectDN(subject)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(format)
                        .x509CertificateBoundAccessTokens(true)
                        .build())
                .build();
    }

    /** Asks about tokens, authenticated by its secret. */
    static RegisteredClient resource(String id) {
        return asking(withSecret(id)).build();
    }

    /** Asks about tokens, authenticated by assertions signed with ES256. */
    static RegisteredClient signingResource(String id, ClientKeySet keys) {
        return asking(RegisteredClient.withId(id)
                        .clientId(id)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                .clientSettings(ClientSettings.builder()
                        .jwkSetUrl(keys.address())
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256)
                        .build())
                .build();
    }

    /** Asks about tokens, authenticated by a certificate that an authority issued. */
    static RegisteredClient certifiedResource(String id, String subject) {
        return asking(RegisteredClient.withId(id)
                        .clientId(id)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.TLS_CLIENT_AUTH))
                .clientSettings(ClientSettings.builder()
                        .x509CertificateSubjectDN(subject)
                        .build())
                .build();
    }

    /** Asks about tokens, authenticated by a certificate of its own making. */
    static RegisteredClient selfSignedResource(String id, ClientKeySet keys) {
        return asking(RegisteredClient.withId(id)
                        .clientId(id)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH))
                .clientSettings(
                        ClientSettings.builder().jwkSetUrl(keys.address()).build())
                .build();
    }

    private static RegisteredClient.Builder withSecret(String id) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret("{noop}" + AuthorizationServer.secretOf(id))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    }

    /** Every client must be for a grant; this one is not used. */
    private static RegisteredClient.Builder asking(RegisteredClient.Builder client) {
        return client.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
    }
}
