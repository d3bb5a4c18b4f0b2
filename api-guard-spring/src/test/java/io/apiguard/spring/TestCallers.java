package io.apiguard.spring;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One caller with an API key, as beans. */
@Configuration(proxyBeanMethods = false)
class TestCallers {

    private static final SecretSource SECRETS = SecretSources.of(new Secret("api-keys", "1", new byte[32]));
    private static final IssuedApiKey ALICE = ApiKeys.using(SECRETS, ApiKeyStore.of(List.of()))
            .withPrefix("ag")
            .issue(ApiKeyGrant.to("alice").withScopes("orders:read").withRoles("clerk"));

    static String alice() {
        return ALICE.key();
    }

    @Bean
    SecretSource secrets() {
        return SECRETS;
    }

    @Bean
    ApiKeyStore apiKeys() {
        return ApiKeyStore.of(Set.of(ALICE.stored()));
    }
}
