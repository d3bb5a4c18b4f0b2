package io.apiguard.contract;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API keys of the contract: issued as an operator would, and stored in the settings as hashes. */
public final class ApiKeyFixture {

    private final SecretSource secrets = SecretSources.of(
            new Secret(
                    ApiKeys.SECRET_NAME, "v1", "contract-secret-of-api-keys-0123".getBytes(StandardCharsets.US_ASCII)),
            secret("fingerprints"),
            secret("dpop-nonce"),
            secret("introspection-client"));
    private final ApiKeys issuer;
    private final List<ApiKeyRecord> stored = new ArrayList<>();
    private final String reader;
    private final String plain;
    private final String expired;
    private final String unstored;

    ApiKeyFixture(ContractClock clock) {
        issuer = ApiKeys.using(secrets, ApiKeyStore.of(List.of()))
                .withPrefix("ag")
                .withClock(clock);
        reader = store(ApiKeyGrant.to("job").withScopes("orders:read").inTenant("acme"));
        plain = store(ApiKeyGrant.to("plain"));
        expired = store(ApiKeyGrant.to("late").until(clock.instant()));
        unstored = issuer.issue(ApiKeyGrant.to("nobody")).key();
    }

    private static Secret secret(String name) {
        return new Secret(
                name, "v1", ("contract-secret-of-thirty-two-bytes-of-" + name).getBytes(StandardCharsets.US_ASCII));
    }

    private String store(ApiKeyGrant grant) {
        IssuedApiKey issued = issuer.issue(grant);
        stored.add(issued.stored());
        return issued.key();
    }

    /** {@return what keys are hashed with} */
    SecretSource secrets() {
        return secrets;
    }

    /** {@return a key with the scope orders:read} */
    String reader() {
        return reader;
    }

    /** {@return a key without scopes} */
    String plain() {
        return plain;
    }

    /** {@return a key that expires at this very instant} */
    String expired() {
        return expired;
    }

    /** {@return a well-formed key that nobody stored} */
    String unstored() {
        return unstored;
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("secrets.source", "application");
        for (int i = 0; i < stored.size(); i++) {
            ApiKeyRecord key = stored.get(i);
            String at = "api-keys.keys[" + i + "].";
            settings.put(at + "id", key.id());
            settings.put(at + "hash", key.hash());
            settings.put(at + "secret-key-id", key.secretKeyId());
            settings.put(at + "subject", key.grant().subject());
            if (!key.grant().scopes().isEmpty()) {
                settings.put(at + "scopes", String.join(",", key.grant().scopes()));
            }
            if (key.grant().tenant() != null) {
                settings.put(at + "tenant", key.grant().tenant());
            }
            if (key.grant().expiresAt() != null) {
                settings.put(at + "expires", key.grant().expiresAt().toString());
            }
        }
        return settings;
    }
}
