package io.apiguard.extension.cli;

import io.apiguard.authn.apikey.ApiKeyAdmin;
import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.extension.jdbc.JdbcApiKeyRepository;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the keys are and what they are hashed with; the same for every command. */
final class KeyStoreOptions {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Place place;

    @Option(
            names = "--secrets-directory",
            paramLabel = "<directory>",
            description = "Read the secret api-keys from files in this directory, not from API_GUARD_SECRET_API_KEYS.")
    private @Nullable Path secrets;

    @Option(
            names = "--prefix",
            defaultValue = ApiKeys.DEFAULT_PREFIX,
            description = "What new keys start with, as the guard's api-keys.prefix (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private String prefix;

    /** One of the two. */
    static final class Place {

        @Option(
                names = "--jdbc-url",
                paramLabel = "<url>",
                description =
                        "The database; user and password are taken from API_GUARD_JDBC_USER and API_GUARD_JDBC_PASSWORD.")
        private @Nullable String jdbcUrl;

        @Option(
                names = "--file",
                paramLabel = "<file>",
                description =
                        "The YAML file that the guard reads as api-keys.file; it is written anew, comments are lost.")
        private @Nullable Path file;
    }

    ApiKeyAdmin admin(Map<String, String> environment, InstantSource clock) {
        SecretSource source = secretSource(environment);
        ApiKeyRepository repository = repository(environment);
        try {
            ApiKeys keys = ApiKeys.using(source, repository).withClock(clock).withPrefix(prefix);
            return ApiKeyAdmin.of(keys, repository);
        } catch (IllegalArgumentException e) {
            throw new CannotUseException(String.valueOf(e.getMessage()), e);
        }
    }

    private SecretSource secretSource(Map<String, String> environment) {
        try {
            return secrets == null ? SecretSources.environment(environment) : SecretSources.directory(secrets);
        } catch (IllegalArgumentException e) {
            throw new CannotUseException(String.valueOf(e.getMessage()), e);
        }
    }

    private ApiKeyRepository repository(Map<String, String> environment) {
        if (place.file != null) {
            return new FileApiKeyRepository(place.file);
        }
        return JdbcApiKeyRepository.on(new UrlDataSource(String.valueOf(place.jdbcUrl), environment));
    }
}
