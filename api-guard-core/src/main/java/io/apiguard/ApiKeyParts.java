package io.apiguard;

import io.apiguard.GuardSettings.SecretsFrom;
import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeyUsage;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.BatchedApiKeyUsage;
import io.apiguard.authn.apikey.CachingApiKeyStore;
import io.apiguard.secret.SecretSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Puts together what verifies API keys: those of the settings, or of a store that the application gave. */
final class ApiKeyParts {

    private final GuardSettings settings;
    private final @Nullable ApiKeyStore given;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Opened opened;

    ApiKeyParts(
            GuardSettings settings,
            @Nullable ApiKeyStore given,
            InstantSource clock,
            SecureRandom random,
            Opened opened) {
        this.settings = settings;
        this.given = given;
        this.clock = clock;
        this.random = random;
        this.opened = opened;
    }

    /** Returns what verifies keys, or {@code null} if none are taken. */
    @Nullable ApiKeys apiKeys(SecretSource secrets) {
        if (given == null && !settings.apiKeys().inUse()) {
            return null;
        }
        demandSecret(secrets);
        demandKeys();
        return ApiKeys.using(secrets, given == null ? ofSettings() : cached(given))
                .withPrefix(settings.apiKeys().prefix())
                .withClock(clock)
                .withRandom(random)
                .withUsage(usage());
    }

    private void demandSecret(SecretSource secrets) {
        if (secrets.current(ApiKeys.SECRET_NAME).isEmpty()) {
            boolean environment = settings.secrets().source() == SecretsFrom.ENVIRONMENT;
            throw new GuardConfigurationException(List.of("secret '" + ApiKeys.SECRET_NAME
                    + "' is missing, which the hashes of API keys are made with. "
                    + (environment
                            ? "Set the environment variable API_GUARD_SECRET_API_KEYS to base64: and at least 32 random bytes in base64"
                            : "Add it to the source that secrets.source names")));
        }
    }

    /** Where there are none, every key would be refused as unknown, and nobody would know why. */
    private void demandKeys() {
        ApiKeySettings keys = settings.apiKeys();
        if (given == null && keys.file() == null && keys.keys().isEmpty()) {
            throw new GuardConfigurationException(List.of(
                    "api-keys.enabled is true, and there is nowhere to look keys up. Give an ApiKeyStore to the guard's builder"
                            + " (in Spring: a bean of that type), or set api-keys.keys or api-keys.file"));
        }
    }

    private ApiKeyStore ofSettings() {
        return ApiKeyStore.of(
                settings.apiKeys().allKeys().stream().map(StoredKey::toRecord).toList());
    }

    private ApiKeyStore cached(ApiKeyStore store) {
        ApiKeySettings keys = settings.apiKeys();
        return keys.cacheFor().isZero()
                ? store
                : CachingApiKeyStore.over(store, keys.cacheFor(), keys.cacheSize(), clock);
    }

    private ApiKeyUsage usage() {
        ApiKeySettings keys = settings.apiKeys();
        if (!(given instanceof ApiKeyRepository repository)
                || keys.usageInterval().isZero()) {
            return ApiKeyUsage.none();
        }
        ScheduledExecutorService scheduler = opened.scheduler("api-guard-key-usage");
        BatchedApiKeyUsage usage =
                BatchedApiKeyUsage.start(repository, scheduler, keys.usageInterval(), keys.usageMaximum());
        opened.add(usage::close);
        return usage;
    }
}
