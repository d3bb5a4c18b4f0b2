package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.SettingsBinder;
import io.apiguard.internal.settings.SettingsLoader;
import io.apiguard.internal.settings.SettingsSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a guard, whatever file or framework it was written in; every value that nobody sets has a safe default.
 *
 * <p>Keys are the components' names in kebab case ({@code jwt.max-stale}). Durations are written {@code 30s}, {@code 10m}, {@code 1h},
 * {@code 365d} or in ISO 8601, sizes {@code 8KB} or as a number of bytes, lists with commas or as lists. An unknown key is an error.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * GuardSettings settings = GuardSettings.of(Map.of(
 *         "jwt.issuer", "https://id.example.com",
 *         "jwt.audiences", "orders"));
 * }</pre>
 *
 * @param mode whether refusals are enforced, or only judged and audited
 * @param transport what a request must look like on the wire before anything else is asked
 * @param cors which browser applications of other origins may call (Fetch standard, section 3.2)
 * @param proxies which proxies stand in front, and how they tell the caller's address
 * @param probes requests of a platform's health checks that are exempt from TLS and authentication: path and peer
 *     must both match
 * @param size how much a request may hold. Sizes are in bytes
 * @param json how large and how deep a JSON body may be. Lengths are in characters
 * @param limits how many requests are let in. A limit is written as in "600/1m by identity cost 1"
 * @param jwt how bearer tokens are verified (RFC 9068, RFC 8725). Nothing is accepted unless an issuer is set
 * @param issuers further issuers whose bearer tokens are verified, each with settings as those of jwt
 * @param introspection how the issuer is asked about tokens that only it can read (RFC 7662)
 * @param revocation how the store of revocations is followed that the application gives
 * @param apiKeys how API keys are verified. None is accepted unless keys, a file of keys, or enabled is set
 * @param dpop how tokens that are bound to a key of the caller are proven (DPoP, RFC 9449)
 * @param mtls which client certificates are taken, and what for (mutual TLS, RFC 8705, RFC 9440)
 * @param signatures how signatures over requests are verified (RFC 9421, RFC 9530)
 * @param resource what clients are told of how to get a token for this service (RFC 9728)
 * @param secrets where the keys of keyed functions come from
 * @param headers what the header fields of answers say
 * @param redaction which members of JSON answers are masked, besides those that models annotate
 * @param audit where the record of each exchange goes
 * @param errors what becomes of errors that handlers leave to the container
 * @param spring what only the Spring adapter uses
 * @param framework who may call what the framework itself serves and the application did not write
 * @param routes what endpoints demand, for those that no annotation describes or beside annotations
 */
public record GuardSettings(
        @Setting(description = "Whether refusals are enforced, or only judged and audited.", defaultValue = "enforce")
        Mode mode,

        @Setting(description = "What a request must look like on the wire before anything else is asked.")
        TransportSettings transport,

        @Setting(description = "Which browser applications of other origins may call (Fetch standard, section 3.2).")
        CorsSettings cors,

        @Setting(description = "Which proxies stand in front, and how they tell the caller's address.")
        ProxiesSettings proxies,

        @Setting(
                description = "Requests of a platform's health checks that are exempt from TLS and "
                        + "authentication: path and peer must both match.")
        ProbesSettings probes,

        @Setting(description = "How much a request may hold. Sizes are in bytes.")
        SizeSettings size,

        @Setting(description = "How large and how deep a JSON body may be. Lengths are in bytes.")
        JsonSettings json,

        @Setting(description = "How many requests are let in. A limit is written as in \"600/1m by identity cost 1\".")
        LimitsSettings limits,

        @Setting(
                description = "How bearer tokens are verified (RFC 9068, RFC 8725). Nothing is accepted unless "
                        + "an issuer is set.")
        JwtSettings jwt,

        @Setting(
                description = "Further issuers whose bearer tokens are verified, each with settings as those of jwt; "
                        + "every one has keys, audiences and tenants of its own.")
        List<JwtSettings> issuers,

        @Setting(
                description = "How the issuer is asked about tokens that only it can read (RFC 7662). Nobody is "
                        + "unless an issuer is set.")
        IntrospectionSettings introspection,

        @Setting(
                description = "How the store of revocations is followed that the application gives; without one "
                        + "nothing here has an effect.")
        RevocationSettings revocation,

        @Setting(
                description = "How API keys are verified. None is accepted unless keys, a file of keys, or "
                        + "enabled is set.")
        ApiKeySettings apiKeys,

        @Setting(description = "How tokens that are bound to a key of the caller are proven (DPoP, RFC 9449).")
        DpopSettings dpop,

        @Setting(description = "Which client certificates are taken, and what for (mutual TLS, RFC 8705, RFC 9440).")
        MtlsSettings mtls,

        @Setting(description = "How signatures over requests are verified (RFC 9421, RFC 9530).")
        SignatureSettings signatures,

        @Setting(description = "What clients are told of how to get a token for this service (RFC 9728).")
        ResourceSettings resource,

        @Setting(description = "Where the keys of keyed functions come from.")
        SecretsSettings secrets,

        @Setting(description = "What the header fields of answers say.")
        HeadersSettings headers,

        @Setting(description = "Which members of JSON answers are masked, besides those that models annotate.")
        RedactionSettings redaction,

        @Setting(description = "Where the record of each exchange goes.")
        AuditSettings audit,

        @Setting(description = "What becomes of errors that handlers leave to the container.")
        ErrorsSettings errors,

        @Setting(description = "What only the Spring adapter uses.")
        SpringSettings spring,

        @Setting(description = "Who may call what the framework itself serves and the application did not write.")
        FrameworkSettings framework,

        @Setting(description = "What endpoints demand, for those that no annotation describes or beside annotations.")
        List<RouteSettings> routes) {

    /** What every key starts with where it stands among an application's other properties: {@value}. */
    public static final String PREFIX_OF_KEYS = "api-guard";

    /**
     * Checks what one section demands of another.
     *
     * @throws IllegalArgumentException if sections contradict each other; the message names the setting and the remedy
     */
    public GuardSettings {
        issuers = List.copyOf(issuers);
        Issuers.check(jwt, issuers);
        routes = List.copyOf(routes);
        SettingsRules.checkUnique(routes, RouteSettings::endpoint, "routes", "endpoint");
        Checks.that(
                !apiKeys.inUse() || secrets.source() != SecretsFrom.NONE,
                "secrets.source",
                "is none while API keys are accepted, whose hashes need a secret",
                "Set secrets.source to environment, directory or application");
        Checks.that(
                mtls.forwarded() == MtlsSettings.ForwardedBy.NONE || proxies.forwarded() != Forwarded.NONE,
                "mtls.forwarded",
                "is set while no proxy is trusted, so that nobody could tell a certificate",
                "Set proxies.trusted and proxies.forwarded, or remove mtls.forwarded");
        for (int i = 0; i < routes.size(); i++) {
            checkRoute(i, routes.get(i), limits, size);
        }
    }

    /**
     * Returns the settings that hold when nothing is set.
     *
     * @return the defaults, with which no caller can authenticate
     */
    public static GuardSettings defaults() {
        return of(Map.of());
    }

    /**
     * Binds settings from keys and values.
     *
     * @param values values by key, such as {@code jwt.issuer} and {@code routes[0].endpoint}, all with or all without {@code api-guard.}
     * @return the settings
     * @throws IllegalArgumentException if a key is unknown or a value cannot be used; the message names the key and the remedy
     */
    public static GuardSettings of(Map<String, String> values) {
        return of(values, key -> null);
    }

    /**
     * Binds settings from keys and values that come from somewhere a message should name.
     *
     * @param values values by key, such as {@code jwt.issuer} and {@code routes[0].endpoint}, all with or all without {@code api-guard.}
     * @param origin tells where a key stands, such as {@code application.yaml line 7}, or {@code null} if it does not know
     * @return the settings
     * @throws IllegalArgumentException if a key is unknown or a value cannot be used; the message names key, place and remedy
     */
    public static GuardSettings of(Map<String, String> values, Function<String, @Nullable String> origin) {
        return SettingsBinder.bind(GuardSettings.class, SettingsSource.of(values, origin, PREFIX_OF_KEYS));
    }

    /**
     * Loads the file that the system property {@code apiguard.config} or the environment variable {@code APIGUARD_CONFIG} names, or else
     * {@code api-guard.yaml}, {@code api-guard.yml} or {@code api-guard.properties} on the class path.
     *
     * @return the settings
     * @throws IllegalArgumentException if there is no file, or two, or it cannot be used; the message says what to do
     */
    public static GuardSettings load() {
        return SettingsBinder.bind(GuardSettings.class, SettingsLoader.system().load());
    }

    /**
     * Loads a given file.
     *
     * @param file a YAML file or, if its name ends so, a {@code .properties} file, in UTF-8
     * @return the settings
     * @throws IllegalArgumentException if the file cannot be read or used; the message says what to do
     */
    public static GuardSettings load(Path file) {
        return SettingsBinder.bind(GuardSettings.class, SettingsLoader.read(file));
    }

    /**
     * Returns the limits that a route sets, with named ones resolved.
     *
     * @param route one of {@link #routes()}
     * @return the limits in order, empty if the route sets none and the standard ones hold
     */
    public List<LimitText> limitsOf(RouteSettings route) {
        return resolve(route, limits);
    }

    private static void checkRoute(int index, RouteSettings route, LimitsSettings limits, SizeSettings size) {
        String key = "routes[" + index + "].";
        try {
            resolve(route, limits);
        } catch (IllegalArgumentException e) {
            Checks.that(false, key + "limits", "has a limit that cannot be used", String.valueOf(e.getMessage()));
        }
        Long own = route.maxBody();
        Checks.that(
                own == null || own <= size.maxBuffered(),
                key + "max-body",
                "is greater than size.max-buffered",
                "Raise size.max-buffered or lower it");
    }

    private static List<LimitText> resolve(RouteSettings route, LimitsSettings limits) {
        return route.limits().stream()
                .map(text -> text.indexOf('/') >= 0 ? LimitText.parse(text) : LimitText.reference(text, limits.named()))
                .toList();
    }

    /** Whether the guard refuses. */
    public enum Mode {
        /** What is judged bad is refused. */
        ENFORCE,
        /** What is judged bad is audited and let in, unless it cannot even be parsed. */
        REPORT
    }

    /** Which header fields tell the caller's address. */
    public enum Forwarded {
        /** None: the peer is the caller. */
        NONE,
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED,
        /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. */
        X_FORWARDED
    }

    /** Which rules tokens follow. */
    public enum Profile {
        /** RFC 9068 to the letter. */
        RFC9068,
        /** What Spring Authorization Server issues by default. */
        SPRING_AUTHORIZATION_SERVER,
        /** What Keycloak issues by default. */
        KEYCLOAK,
        /** What MicroProfile JWT 2.1 demands; {@link io.apiguard.authn.jwt.JwtProfile#MICROPROFILE_JWT} says what it lacks. */
        MICROPROFILE_JWT
    }

    /** Where secrets are read from. */
    public enum SecretsFrom {
        /** Nowhere: nothing that needs a secret can be used. */
        NONE,
        /** Environment variables; {@link io.apiguard.secret.SecretSources#environment()} says which. */
        ENVIRONMENT,
        /** One file per secret version; {@link io.apiguard.secret.SecretSources#directory} says how they are named. */
        DIRECTORY,
        /** The application hands a secret source to the guard. */
        APPLICATION
    }

    /** Where audit events are written. */
    public enum AuditTo {
        /** The logger {@code io.apiguard.audit} at INFO. */
        LOG,
        /** A file, appended to. */
        FILE,
        /** The standard output. */
        STDOUT,
        /** Nowhere: no exchange leaves a record. */
        DISCARD
    }

    /** Which exchanges are recorded. */
    public enum AuditLevel {
        /** Every exchange. */
        ALL,
        /** Only those that were refused, would have been in report mode, or failed. */
        REFUSALS
    }

    /** Who answers when a handler throws or calls sendError. */
    public enum Rendering {
        /** The guard, as a problem document (RFC 9457). */
        PROBLEM,
        /** The container's error dispatch and the application's own error page; the guard adds its header fields. */
        APPLICATION
    }

    /** Who may call an endpoint. */
    public enum Access {
        /** Everyone. */
        PUBLIC,
        /** Every caller with an identity. */
        AUTHENTICATED,
        /** Nobody. */
        DENIED
    }
}
