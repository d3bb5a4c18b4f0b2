package io.apiguard.contract.authorizationserver;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** What the authorization server is made of. */
@SpringBootConfiguration
@EnableAutoConfiguration
class ServerConfiguration {

    /** A client whose tokens are as the server makes them by itself: for the client as their audience. */
    static final String UNTOUCHED = "untouched";

    /** The clients of this server. */
    record Registered(List<RegisteredClient> clients) {}

    @Bean
    RegisteredClientRepository clients(Registered registered) {
        return new InMemoryRegisteredClientRepository(registered.clients());
    }

    @Bean
    SigningKeys signingKeys() {
        return new SigningKeys();
    }

    @Bean
    JWKSource<SecurityContext> publishedKeys(SigningKeys keys) {
        return keys.published();
    }

    @Bean
    JwtEncoder encoder(SigningKeys keys) {
        return keys.encoder();
    }

    @Bean
    KeySetTap keySetTap() {
        return new KeySetTap();
    }

    @Bean
    FilterRegistrationBean<KeySetTap> keySetTapRegistration(KeySetTap tap) {
        FilterRegistrationBean<KeySetTap> registration = new FilterRegistrationBean<>(tap);
        registration.addUrlPatterns("/oauth2/jwks");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    @Order(1)
    SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
        http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(withDefaults());
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
        return http.build();
    }

    /** Users log in by the form; that it is their own form is not what is tried here. */
    @Bean
    @Order(2)
    SecurityFilterChain login(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(withDefaults())
                .csrf(csrf -> csrf.disable());
        return http.build();
    }

    @Bean
    UserDetailsService users() {
        String password = "{noop}" + AuthorizationServer.secretOf(AuthorizationServer.USER);
        return new InMemoryUserDetailsManager(User.withUsername(AuthorizationServer.USER)
                .password(password)
                .roles("USER")
                .build());
    }

    /** Names the API that access tokens are for, which the server does not do by itself. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> signedClaims() {
        return token -> {
            if (isForApi(token)) {
                token.getClaims().audience(List.of(AuthorizationServer.AUDIENCE));
            }
        };
    }

    @Bean
    OAuth2TokenCustomizer<OAuth2TokenClaimsContext> opaqueClaims() {
        return token -> {
            if (isForApi(token)) {
                token.getClaims().audience(List.of(AuthorizationServer.AUDIENCE));
            }
        };
    }

    private static boolean isForApi(OAuth2TokenContext token) {
        return token.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)
                && !token.getRegisteredClient().getClientId().equals(UNTOUCHED);
    }
}
