package io.apiguard;

import io.apiguard.field.Mask;
import io.apiguard.http.AddressBlock;
import io.apiguard.http.HostRules;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.SettingsBinder;
import io.apiguard.internal.settings.SettingsException;
import io.apiguard.internal.settings.SettingsLoader;
import io.apiguard.internal.settings.SettingsSource;
import io.apiguard.internal.settings.Texts;
import io.apiguard.ratelimit.LimitKey;
import io.apiguard.redaction.PathRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        Transport transport,

        @Setting(description = "Which browser applications of other origins may call (Fetch standard, section 3.2).")
        Cors cors,

        @Setting(description = "Which proxies stand in front, and how they tell the caller's address.")
        Proxies proxies,

        @Setting(
                description = "Requests of a platform's health checks that are exempt from TLS and "
                        + "authentication: path and peer must both match.")
        Probes probes,

        @Setting(description = "How much a request may hold. Sizes are in bytes.")
        Size size,

        @Setting(description = "How large and how deep a JSON body may be. Lengths are in bytes.")
        Json json,

        @Setting(description = "How many requests are let in. A limit is written as in \"600/1m by identity cost 1\".")
        Limits limits,

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
        Secrets secrets,

        @Setting(description = "What the header fields of answers say.")
        Headers headers,

        @Setting(description = "Which members of JSON answers are masked, besides those that models annotate.")
        Redaction redaction,

        @Setting(description = "Where the record of each exchange goes.")
        Audit audit,

        @Setting(description = "What becomes of errors that handlers leave to the container.")
        Errors errors,

        @Setting(description = "What only the Spring adapter uses.")
        Spring spring,

        @Setting(description = "Who may call what the framework itself serves and the application did not write.")
        Framework framework,

        @Setting(description = "What endpoints demand, for those that no annotation describes or beside annotations.")
        List<Route> routes) {

    /** What every key starts with where it stands among an application's other properties: {@value}. */
    public static final String PREFIX_OF_KEYS = "api-guard";

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[a-z0-9-]++(?:\\.[a-z0-9-]++)*+|\\[[0-9a-f:.]++])(?::\\d{1,5})?");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]++/(?:\\*\\+)?[a-z0-9!#$&^_.+-]++");
    private static final Pattern REALM = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]{1,100}");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]++");

    /**
     * Checks what one section demands of another.
     *
     * @throws IllegalArgumentException if sections contradict each other; the message names the setting and the remedy
     */
    public GuardSettings {
        issuers = List.copyOf(issuers);
        Issuers.check(jwt, issuers);
        routes = List.copyOf(routes);
        checkUnique(routes, Route::endpoint, "routes", "endpoint");
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
    public List<LimitText> limitsOf(Route route) {
        return resolve(route, limits);
    }

    private static void checkRoute(int index, Route route, Limits limits, Size size) {
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

    private static List<LimitText> resolve(Route route, Limits limits) {
        return route.limits().stream()
                .map(text -> text.indexOf('/') >= 0 ? LimitText.parse(text) : LimitText.reference(text, limits.named()))
                .toList();
    }

    static <T> void checkUnique(List<T> elements, Function<T, Object> by, String key, String part) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            Object value = by.apply(elements.get(i));
            Checks.that(
                    seen.add(value),
                    key + "[" + i + "]." + part,
                    "is " + Texts.quote(value.toString()) + ", which stands in " + key + " twice",
                    "Make one of the two");
        }
    }

    /** Asks the very code that will read the values later. */
    static void checkReadable(String key, List<String> values, Consumer<String> reader) {
        for (String value : values) {
            try {
                reader.accept(value);
            } catch (IllegalArgumentException e) {
                throw SettingsException.of(key, "has " + Texts.quote(value), String.valueOf(e.getMessage()));
            }
        }
    }

    private static void checkMediaTypes(List<String> types) {
        for (String type : types) {
            Checks.that(
                    MEDIA_TYPE.matcher(type).matches(),
                    "content-types",
                    "has " + Texts.quote(type) + ", which is no media type",
                    "Write it in lower case without parameters, as application/json or application/*+json");
        }
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

    /**
     * A limit as it is written: {@code 600/1m by identity cost 1}.
     *
     * @param name the name under which endpoints share its count, or {@code null}
     * @param requests how many requests may be made within the period, at least 1
     * @param period the length of the period, at least one second
     * @param by whose requests are counted together, or {@code null} if it is not written
     * @param cost what one request takes, 1 to {@code requests}
     */
    public record LimitText(
            @Nullable String name,
            long requests,
            Duration period,
            @Nullable LimitKey by,
            long cost) {

        private static final Pattern FORM = Pattern.compile(
                "(\\d{1,12})\\s*/\\s*(\\w++)(?:\\s++by\\s++(identity|tenant|api-key|client-address))?(?:\\s++cost\\s++(\\d{1,12}))?");
        private static final Pattern REFERENCE = Pattern.compile("([A-Za-z0-9_-]++)(?:\\s++cost\\s++(\\d{1,12}))?");
        private static final String HOW =
                "Write a limit as 600/1m, 600/1m by identity (or tenant, api-key, client-address)"
                        + " or 600/1m by identity cost 5";

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if a number is out of its bounds
         */
        public LimitText {
            demand(requests >= 1, "A limit allows at least 1 request");
            demand(period.compareTo(Duration.ofSeconds(1)) >= 0, "A limit's period is at least 1s");
            demand(period.compareTo(Duration.ofDays(366)) <= 0, "A limit's period is at most 366d");
            demand(cost >= 1 && cost <= requests, "A limit's cost is at least 1 and at most its requests");
        }

        /**
         * Reads a limit.
         *
         * @param text requests, a slash, a period and, if wanted, {@code by} with a key and {@code cost} with a number
         * @return the limit, without a name
         * @throws IllegalArgumentException if it is written otherwise; the message says how to write it
         */
        public static LimitText parse(String text) {
            Matcher matcher = FORM.matcher(text.strip());
            demand(matcher.matches(), HOW);
            String by = matcher.group(3);
            String cost = matcher.group(4);
            return new LimitText(
                    null,
                    Long.parseLong(matcher.group(1)),
                    Texts.duration(matcher.group(2)),
                    by == null
                            ? null
                            : LimitKey.valueOf(by.toUpperCase(Locale.ROOT).replace('-', '_')),
                    cost == null ? 1 : Long.parseLong(cost));
        }

        private static LimitText reference(String text, Map<String, LimitText> named) {
            Matcher matcher = REFERENCE.matcher(text.strip());
            demand(matcher.matches(), HOW + ", or name one of limits.named");
            LimitText limit = named.get(matcher.group(1));
            if (limit == null) {
                throw new IllegalArgumentException(
                        "Define '" + matcher.group(1) + "' under limits.named, or write the limit out");
            }
            String cost = matcher.group(2);
            return cost == null ? limit : limit.costing(Long.parseLong(cost));
        }

        /** {@return whose requests are counted together: {@link #by()}, or else the identity} */
        public LimitKey key() {
            return by == null ? LimitKey.IDENTITY : by;
        }

        private LimitText named(String newName) {
            return new LimitText(newName, requests, period, by, cost);
        }

        private LimitText costing(long newCost) {
            return new LimitText(name, requests, period, by, newCost);
        }

        private static void demand(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }

        @Override
        public String toString() {
            return requests + "/" + Texts.of(period)
                    + (by == null
                            ? ""
                            : " by " + by.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    + (cost == 1 ? "" : " cost " + cost);
        }
    }

    /**
     * A path whose values are masked, as it is written: {@code $.card.number mask=last-four scope=cards role=support}.
     *
     * @param path a path as {@link PathRule} reads it
     * @param mask what is shown instead
     * @param visibleToScopes scopes, each of which alone lets a caller see the value
     * @param visibleToRoles roles, each of which alone lets a caller see the value
     */
    public record RedactionRule(String path, Mask mask, List<String> visibleToScopes, List<String> visibleToRoles) {

        private static final Pattern OPTION = Pattern.compile("\\s+(?=(?:mask|scope|role)=)");

        /**
         * Checks the path and copies the lists.
         *
         * @throws IllegalArgumentException if the path cannot be read; the message says where
         */
        public RedactionRule {
            PathRule.of(path, mask);
            visibleToScopes = List.copyOf(visibleToScopes);
            visibleToRoles = List.copyOf(visibleToRoles);
        }

        /**
         * Reads a rule.
         *
         * @param text a path and, separated by spaces, any of {@code mask=}, {@code scope=} and {@code role=}; the last two as often as
         *     needed
         * @return the rule
         * @throws IllegalArgumentException if it is written otherwise; the message says how to write it
         */
        public static RedactionRule parse(String text) {
            String[] parts = OPTION.split(text.strip());
            Mask mask = Mask.REPLACE;
            List<String> scopes = new ArrayList<>();
            List<String> roles = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                String value = parts[i].substring(parts[i].indexOf('=') + 1);
                switch (parts[i].substring(0, parts[i].length() - value.length())) {
                    case "mask=" -> mask = mask(value);
                    case "scope=" -> scopes.add(value);
                    default -> roles.add(value);
                }
            }
            return new RedactionRule(parts[0], mask, scopes, roles);
        }

        private static Mask mask(String name) {
            for (Mask mask : Mask.values()) {
                if (mask.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                    return mask;
                }
            }
            throw new IllegalArgumentException("Write mask=replace, mask=remove or mask=last-four");
        }
    }

    /**
     * Which endpoint a route is about, as it is written: {@code GET /orders/{id}}, {@code /admin/**} or {@code OrdersController.get}.
     *
     * @param method the HTTP method, or {@code null} for all
     * @param target a path template that starts with a slash, or the name of a handler
     */
    public record Endpoint(@Nullable String method, String target) {

        private static final Pattern SEGMENT = Pattern.compile(
                "[A-Za-z0-9._~!$&'()+,=:@-]++|\\*{1,2}|[A-Za-z0-9._~-]*+\\{[A-Za-z_][A-Za-z0-9_-]*+}[A-Za-z0-9._~-]*+");
        private static final Pattern HANDLER =
                Pattern.compile("[\\p{Alpha}_$][\\p{Alnum}_$]*+(?:\\.[\\p{Alpha}_$][\\p{Alnum}_$]*+)++");
        private static final Pattern METHOD = Pattern.compile("[A-Z]{3,20}");

        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the target is neither a canonical path template nor a handler's name, or a handler has a
         *     method; the message says how to write it
         */
        public Endpoint {
            boolean handler = method == null && HANDLER.matcher(target).matches();
            boolean known = method == null || METHOD.matcher(method).matches();
            if (!handler && !(known && isTemplate(target))) {
                throw new IllegalArgumentException(
                        "Write an endpoint as GET /orders/{id}, /admin/** or OrdersController.get");
            }
        }

        /**
         * Reads an endpoint.
         *
         * @param text a path template with or without a method before it, or a handler's name
         * @return the endpoint
         * @throws IllegalArgumentException if it is written otherwise; the message says how to write it
         */
        public static Endpoint parse(String text) {
            String[] parts = text.strip().split("\\s+", 2);
            return parts.length == 2 ? new Endpoint(parts[0], parts[1]) : new Endpoint(null, parts[0]);
        }

        /** {@return whether the target is the name of a handler and not a path template} */
        public boolean isHandler() {
            return target.charAt(0) != '/';
        }

        static boolean isTemplate(String path) {
            if (path.equals("/")) {
                return true;
            }
            String[] segments = path.split("/", -1);
            boolean canonical = segments.length > 1 && segments[0].isEmpty();
            for (int i = 1; i < segments.length; i++) {
                canonical &= isSegment(segments[i]) && (!segments[i].equals("**") || i == segments.length - 1);
            }
            return canonical;
        }

        private static boolean isSegment(String segment) {
            return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
        }

        @Override
        public String toString() {
            return method == null ? target : method + " " + target;
        }
    }

    /**
     * What a request must look like on the wire before anything else is asked.
     *
     * @param requireTls refuse requests that did not arrive over TLS
     * @param allowLoopbackHttp let plain HTTP in from a loopback peer; for development
     * @param allowedHosts host names, with a port where it is not the default, that requests may name; empty: any
     *     well-formed one
     * @param methods the methods that are let in
     * @param hstsMaxAge how long browsers insist on TLS (Strict-Transport-Security); 0s: the field is not sent
     */
    public record Transport(
            @Setting(description = "Refuse requests that did not arrive over TLS.", defaultValue = "true")
            boolean requireTls,

            @Setting(description = "Let plain HTTP in from a loopback peer; for development.", defaultValue = "false")
            boolean allowLoopbackHttp,

            @Setting(
                    description = "Host names, with a port where it is not the default, that requests may name; "
                            + "empty: any well-formed one.")
            List<String> allowedHosts,

            @Setting(description = "The methods that are let in.", defaultValue = "GET, HEAD, POST, PUT, PATCH, DELETE")
            List<String> methods,

            @Setting(
                    description = "How long browsers insist on TLS (Strict-Transport-Security); 0s: the field is "
                            + "not sent.",
                    defaultValue = "365d")
            Duration hstsMaxAge) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Transport {
            allowedHosts = List.copyOf(allowedHosts);
            methods = List.copyOf(methods);
            Checks.tokens("methods", methods);
            Checks.that(
                    !methods.isEmpty(), "methods", "is empty, so that no request could be let in", "Name at least GET");
            Checks.that(
                    !methods.contains("TRACE") && !methods.contains("CONNECT"),
                    "methods",
                    "has TRACE or CONNECT, which no API needs",
                    "Leave them out");
            checkReadable("allowed-hosts", allowedHosts, host -> HostRules.of(List.of(host)));
            Checks.range("hsts-max-age", hstsMaxAge, Duration.ZERO, Duration.ofDays(3650));
        }
    }

    /**
     * Which browser applications of other origins may call (Fetch standard, section 3.2).
     *
     * @param allowedOrigins origins such as https://app.example.com, or * for all; empty: none
     * @param allowedMethods methods that such an application may use
     * @param allowedHeaders request header fields that such an application may send
     * @param exposedHeaders response header fields that it may read, besides those that the guard itself exposes
     * @param allowCredentials whether the browser may send cookies and client certificates along
     * @param maxAge how long a browser may remember the answer to a preflight
     */
    public record Cors(
            @Setting(description = "Origins such as https://app.example.com, or * for all; empty: none.")
            List<String> allowedOrigins,

            @Setting(
                    description = "Methods that such an application may use.",
                    defaultValue = "GET, HEAD, POST, PUT, PATCH, DELETE")
            List<String> allowedMethods,

            @Setting(
                    description = "Request header fields that such an application may send.",
                    defaultValue = "Authorization, Content-Type, X-API-Key, DPoP")
            List<String> allowedHeaders,

            @Setting(
                    description = "Response header fields that it may read, besides those that the guard itself "
                            + "exposes.")
            List<String> exposedHeaders,

            @Setting(
                    description = "Whether the browser may send cookies and client certificates along.",
                    defaultValue = "false")
            boolean allowCredentials,

            @Setting(description = "How long a browser may remember the answer to a preflight.", defaultValue = "10m")
            Duration maxAge) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
            allowedMethods = List.copyOf(allowedMethods);
            allowedHeaders = List.copyOf(allowedHeaders);
            exposedHeaders = List.copyOf(exposedHeaders);
            allowedOrigins.forEach(Cors::checkOrigin);
            Checks.tokens("allowed-methods", allowedMethods);
            Checks.tokens("allowed-headers", allowedHeaders);
            Checks.tokens("exposed-headers", exposedHeaders);
            Checks.that(
                    !allowCredentials || !allowedOrigins.contains("*"),
                    "allow-credentials",
                    "is true while allowed-origins has *",
                    "Name the origins, or set allow-credentials: false");
            Checks.range("max-age", maxAge, Duration.ZERO, Duration.ofDays(1));
        }

        private static void checkOrigin(String origin) {
            Checks.that(
                    origin.equals("*") || ORIGIN.matcher(origin).matches(),
                    "allowed-origins",
                    "has " + Texts.quote(origin) + ", which is no origin",
                    "Write https://app.example.com: scheme, lower case host and port where it is not the default, no path");
        }
    }

    /**
     * Which proxies stand in front, and how they tell the caller's address.
     *
     * @param trusted addresses and networks (CIDR) of the proxies that are believed; empty: none
     * @param forwarded the one family of header fields that they set; others are ignored
     */
    public record Proxies(
            @Setting(description = "Addresses and networks (CIDR) of the proxies that are believed; empty: none.")
            List<String> trusted,

            @Setting(
                    description = "The one family of header fields that they set; others are ignored.",
                    defaultValue = "none")
            Forwarded forwarded) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Proxies {
            trusted = List.copyOf(trusted);
            checkReadable("trusted", trusted, AddressBlock::parse);
            Checks.that(
                    forwarded == Forwarded.NONE || !trusted.isEmpty(),
                    "forwarded",
                    "is set while proxies.trusted is empty, so that it could never be believed",
                    "List the proxies in proxies.trusted, or set forwarded: none");
            Checks.that(
                    forwarded != Forwarded.NONE || trusted.isEmpty(),
                    "trusted",
                    "lists proxies while proxies.forwarded is none, so that every caller would share the proxy's address",
                    "Set proxies.forwarded to forwarded or x-forwarded, whichever the proxies write");
        }
    }

    /**
     * Requests of a platform's health checks that are exempt from TLS and authentication: path and peer must both
     * match.
     *
     * @param paths exact paths, such as /healthz; empty: no exemption
     * @param peers addresses and networks (CIDR) from which probes come
     */
    public record Probes(
            @Setting(description = "Exact paths, such as /healthz; empty: no exemption.")
            List<String> paths,

            @Setting(
                    description = "Addresses and networks (CIDR) from which probes come.",
                    defaultValue = "127.0.0.0/8, ::1")
            List<String> peers) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Probes {
            paths = List.copyOf(paths);
            peers = List.copyOf(peers);
            for (String path : paths) {
                Checks.that(
                        Endpoint.isTemplate(path) && path.indexOf('{') < 0 && path.indexOf('*') < 0,
                        "paths",
                        "has " + Texts.quote(path) + ", which is no exact canonical path",
                        "Write it as /healthz");
            }
            checkReadable("peers", peers, AddressBlock::parse);
        }
    }

    /**
     * How much a request may hold. Sizes are in bytes.
     *
     * @param maxUrl the longest request target (414 beyond)
     * @param maxHeaderCount the most header fields (431 beyond)
     * @param maxHeaders the most bytes of all header fields together (431 beyond)
     * @param maxBody the longest body of an endpoint that sets no bound of its own (413 beyond)
     * @param contentTypes media types that a body may have (415 otherwise); application/*+json stands for the suffix
     * @param maxBuffered the most bytes of bodies held at one time in the whole process (503 beyond)
     * @param readTimeout how long the whole body may take to arrive (408 beyond)
     */
    public record Size(
            @Setting(description = "The longest request target (414 beyond).", defaultValue = "8KB", bytes = true)
            int maxUrl,

            @Setting(description = "The most header fields (431 beyond).", defaultValue = "100")
            int maxHeaderCount,

            @Setting(
                    description = "The most bytes of all header fields together (431 beyond).",
                    defaultValue = "16KB",
                    bytes = true)
            int maxHeaders,

            @Setting(
                    description = "The longest body of an endpoint that sets no bound of its own (413 beyond).",
                    defaultValue = "1MB",
                    bytes = true)
            long maxBody,

            @Setting(
                    description = "Media types that a body may have (415 otherwise); application/*+json stands for "
                            + "the suffix.",
                    defaultValue = "application/json, application/*+json")
            List<String> contentTypes,

            @Setting(
                    description = "The most bytes of bodies held at one time in the whole process (503 beyond).",
                    defaultValue = "64MB",
                    bytes = true)
            long maxBuffered,

            @Setting(description = "How long the whole body may take to arrive (408 beyond).", defaultValue = "30s")
            Duration readTimeout) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Size {
            contentTypes = List.copyOf(contentTypes);
            Checks.range("max-url", maxUrl, 256, 1 << 20);
            Checks.range("max-header-count", maxHeaderCount, 10, 10_000);
            Checks.range("max-headers", maxHeaders, 1024, 1 << 20);
            Checks.range("max-body", maxBody, 0, 1L << 40);
            Checks.range("max-buffered", maxBuffered, 0, 1L << 40);
            Checks.that(
                    maxBuffered >= maxBody,
                    "max-buffered",
                    "is smaller than size.max-body, so that a body of the allowed length could never be read",
                    "Raise max-buffered or lower max-body");
            checkMediaTypes(contentTypes);
            Checks.range("read-timeout", readTimeout, Duration.ofMillis(1), Duration.ofHours(1));
        }
    }

    /**
     * How large and how deep a JSON body may be. Lengths are in bytes.
     *
     * @param maxDepth the deepest nesting of objects and arrays
     * @param maxStringLength the longest string value
     * @param maxNumberLength the longest number
     * @param maxNameLength the longest member name
     * @param maxMembers the most members of one object
     * @param maxElements the most elements of one array
     * @param maxTokens the most tokens of the whole body
     */
    public record Json(
            @Setting(description = "The deepest nesting of objects and arrays.", defaultValue = "64")
            int maxDepth,

            @Setting(description = "The longest string value.", defaultValue = "1MB", bytes = true)
            int maxStringLength,

            @Setting(description = "The longest number.", defaultValue = "128")
            int maxNumberLength,

            @Setting(description = "The longest member name.", defaultValue = "256")
            int maxNameLength,

            @Setting(description = "The most members of one object.", defaultValue = "1000")
            int maxMembers,

            @Setting(description = "The most elements of one array.", defaultValue = "10000")
            int maxElements,

            @Setting(description = "The most tokens of the whole body.", defaultValue = "200000")
            int maxTokens) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Json {
            Checks.range("max-depth", maxDepth, 1, 1000);
            Checks.range("max-string-length", maxStringLength, 1, Integer.MAX_VALUE);
            Checks.range("max-number-length", maxNumberLength, 1, 1000);
            Checks.range("max-name-length", maxNameLength, 1, 50_000);
            Checks.range("max-members", maxMembers, 1, Integer.MAX_VALUE);
            Checks.range("max-elements", maxElements, 1, Integer.MAX_VALUE);
            Checks.range("max-tokens", maxTokens, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * How many requests are let in. A limit is written as in "600/1m by identity cost 1".
     *
     * @param pre the limit of each client address, charged before any cryptography; off: none
     * @param standard limits that every endpoint without limits of its own has
     * @param named limits by name; endpoints that name one share its count
     * @param maxKeys the most callers that are counted at one time; beyond, the least recently seen are forgotten
     */
    public record Limits(
            @Setting(
                    description = "The limit of each client address, charged before any cryptography; off: none.",
                    defaultValue = "1200/1m",
                    canBeOff = true)
            @Nullable LimitText pre,

            @Setting(
                    description = "Limits that every endpoint without limits of its own has.",
                    defaultValue = "600/1m by identity",
                    key = "default")
            List<LimitText> standard,

            @Setting(description = "Limits by name; endpoints that name one share its count.")
            Map<String, LimitText> named,

            @Setting(
                    description = "The most callers that are counted at one time; beyond, the least recently seen "
                            + "are forgotten.",
                    defaultValue = "100000")
            int maxKeys) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Limits {
            standard = List.copyOf(standard);
            named = withNames(named);
            Checks.that(
                    pre == null || pre.by() == null || pre.by() == LimitKey.CLIENT_ADDRESS,
                    "pre",
                    "counts by something that is not known before authentication",
                    "Write it as 1200/1m, without by");
            Checks.range("max-keys", maxKeys, 100, 100_000_000);
        }

        private static Map<String, LimitText> withNames(Map<String, LimitText> limits) {
            Map<String, LimitText> named = new LinkedHashMap<>();
            limits.forEach((name, limit) -> named.put(name, limit.named(name)));
            return Collections.unmodifiableMap(named);
        }
    }

    /**
     * Where the keys of keyed functions come from.
     *
     * @param source where secrets are read from
     * @param directory the directory with one file per secret version, for source: directory
     */
    public record Secrets(
            @Setting(description = "Where secrets are read from.", defaultValue = "none")
            SecretsFrom source,

            @Setting(description = "The directory with one file per secret version, for source: directory.") @Nullable Path directory) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Secrets {
            Checks.that(
                    source != SecretsFrom.DIRECTORY || directory != null,
                    "directory",
                    "is missing while secrets.source is directory",
                    "Set secrets.directory to the directory that holds the secret files");
            Checks.that(
                    directory == null || source == SecretsFrom.DIRECTORY,
                    "directory",
                    "is set while secrets.source is not directory",
                    "Set secrets.source: directory, or remove secrets.directory");
        }
    }

    /**
     * What the header fields of answers say.
     *
     * @param realm the realm in WWW-Authenticate (RFC 9110 section 11.5)
     */
    public record Headers(
            @Setting(description = "The realm in WWW-Authenticate (RFC 9110 section 11.5).", defaultValue = "api")
            String realm) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Headers {
            Checks.that(
                    REALM.matcher(realm).matches(),
                    "realm",
                    "is " + Texts.quote(realm),
                    "Use 1 to 100 printable ASCII characters without quotes and backslashes");
        }
    }

    /**
     * Which members of JSON answers are masked, besides those that models annotate.
     *
     * @param names member names that are sensitive wherever they stand, in every answer
     * @param rules paths that are masked in every answer, such as $.card.number mask=last-four scope=cards
     */
    public record Redaction(
            @Setting(description = "Member names that are sensitive wherever they stand, in every answer.")
            List<String> names,

            @Setting(
                    description = "Paths that are masked in every answer, such as $.card.number mask=last-four "
                            + "scope=cards.")
            List<RedactionRule> rules) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Redaction {
            names = List.copyOf(names);
            rules = List.copyOf(rules);
        }
    }

    /**
     * Where the record of each exchange goes.
     *
     * @param sink where audit events are written
     * @param file the file that events are appended to, for sink: file
     * @param queueSize how many events may wait to be written; beyond, they are dropped and counted
     * @param level which exchanges are recorded
     */
    public record Audit(
            @Setting(description = "Where audit events are written.", defaultValue = "log")
            AuditTo sink,

            @Setting(description = "The file that events are appended to, for sink: file.") @Nullable Path file,

            @Setting(
                    description = "How many events may wait to be written; beyond, they are dropped and counted.",
                    defaultValue = "8192")
            int queueSize,

            @Setting(description = "Which exchanges are recorded.", defaultValue = "all")
            AuditLevel level) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Audit {
            Checks.that(
                    sink != AuditTo.FILE || file != null,
                    "file",
                    "is missing while audit.sink is file",
                    "Set audit.file");
            Checks.that(
                    file == null || sink == AuditTo.FILE,
                    "file",
                    "is set while audit.sink is not file",
                    "Set audit.sink: file, or remove audit.file");
            Checks.range("queue-size", queueSize, 16, 1 << 20);
        }
    }

    /**
     * What becomes of errors that handlers leave to the container; refusals are always the guard's own.
     *
     * @param render who answers when a handler throws or calls sendError
     */
    public record Errors(
            @Setting(description = "Who answers when a handler throws or calls sendError.", defaultValue = "problem")
            Rendering render) {}

    /**
     * What only the Spring adapter uses.
     *
     * @param securityContext fill Spring Security's SecurityContext with the identity
     */
    public record Spring(
            @Setting(description = "Fill Spring Security's SecurityContext with the identity.", defaultValue = "false")
            boolean securityContext) {}

    /**
     * Who may call what the framework itself serves and the application did not write.
     *
     * @param health the health endpoint
     * @param error the handler of ERROR dispatches; calling it directly stays denied
     * @param actuator management endpoints other than health
     * @param apiDocs API descriptions and their pages (OpenAPI, Swagger UI, WADL)
     * @param staticResources static resources and default servlets
     */
    public record Framework(
            @Setting(description = "The health endpoint.", defaultValue = "public")
            Access health,

            @Setting(
                    description = "The handler of ERROR dispatches; calling it directly stays denied.",
                    defaultValue = "public")
            Access error,

            @Setting(description = "Management endpoints other than health.", defaultValue = "denied")
            Access actuator,

            @Setting(
                    description = "API descriptions and their pages (OpenAPI, Swagger UI, WADL).",
                    defaultValue = "denied")
            Access apiDocs,

            @Setting(description = "Static resources and default servlets.", defaultValue = "denied")
            Access staticResources) {}

    /**
     * What one endpoint or a group of endpoints demands; adds up with the annotations found there.
     *
     * @param endpoint the endpoint: GET /orders/{id}, /admin/**, or a handler's name, OrdersController.get
     * @param access who may call; not set: what the annotations say, or authenticated where the route demands
     *     something
     * @param scopes scopes that the caller must all have
     * @param roles roles of which the caller must have one
     * @param objectChecks names of object checks that must all let the caller in
     * @param acr authentication contexts, one of which the credential must name (RFC 9470)
     * @param maxAuthAge how long ago the caller may have logged in at the issuer
     * @param boundOnly take only credentials bound to a key of the caller
     * @param limits limits in place of the standard ones, each as a text or as the name of a named one (search cost
     *     5)
     * @param auditAction what audit events call a request to this endpoint
     * @param report judge and audit, but do not refuse
     * @param maxBody the longest body; not set: size.max-body
     * @param contentTypes media types of bodies; empty: size.content-types
     * @param redact paths that are masked in this endpoint's answers
     */
    public record Route(
            @Setting(
                    description = "The endpoint: GET /orders/{id}, /admin/**, or a handler's name, "
                            + "OrdersController.get.",
                    required = true)
            Endpoint endpoint,

            @Setting(
                    description = "Who may call; not set: what the annotations say, or authenticated where the "
                            + "route demands something.")
            @Nullable Access access,

            @Setting(description = "Scopes that the caller must all have.")
            List<String> scopes,

            @Setting(description = "Roles of which the caller must have one.")
            List<String> roles,

            @Setting(description = "Names of object checks that must all let the caller in.")
            List<String> objectChecks,

            @Setting(description = "Authentication contexts (acr), one of which the credential must name (RFC 9470).")
            List<String> acr,

            @Setting(description = "How long ago the caller may have logged in at the issuer (auth_time).") @Nullable Duration maxAuthAge,

            @Setting(description = "Take only credentials bound to a key of the caller.", defaultValue = "false")
            boolean boundOnly,

            @Setting(
                    description = "Limits in place of the standard ones, each as a text or as the name of a named "
                            + "one (search cost 5).")
            List<String> limits,

            @Setting(description = "What audit events call a request to this endpoint.") @Nullable String auditAction,

            @Setting(description = "Judge and audit, but do not refuse.", defaultValue = "false")
            boolean report,

            @Setting(description = "The longest body; not set: size.max-body.", bytes = true) @Nullable Long maxBody,

            @Setting(description = "Media types of bodies; empty: size.content-types.")
            List<String> contentTypes,

            @Setting(description = "Paths that are masked in this endpoint's answers.")
            List<RedactionRule> redact) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public Route {
            scopes = List.copyOf(scopes);
            roles = List.copyOf(roles);
            objectChecks = List.copyOf(objectChecks);
            acr = List.copyOf(acr);
            limits = List.copyOf(limits);
            contentTypes = List.copyOf(contentTypes);
            redact = List.copyOf(redact);
            boolean stepUp = !acr.isEmpty() || maxAuthAge != null || boundOnly;
            boolean demanding = stepUp || !scopes.isEmpty() || !roles.isEmpty() || !objectChecks.isEmpty();
            Checks.that(
                    !demanding || access == null || access == Access.AUTHENTICATED,
                    "access",
                    "contradicts the scopes, roles, object checks or authentication demanded beside it",
                    "Set access: authenticated, or remove them");
            for (String scope : scopes) {
                Checks.that(
                        SCOPE.matcher(scope).matches(),
                        "scopes",
                        "has " + Texts.quote(scope) + ", which is no scope (RFC 6749 section 3.3)",
                        "Write one scope per element");
            }
            if (maxAuthAge != null) {
                Checks.range("max-auth-age", maxAuthAge, Duration.ZERO, Duration.ofDays(366));
            }
            for (String context : acr) {
                Checks.that(
                        SCOPE.matcher(context).matches(),
                        "acr",
                        "has " + Texts.quote(context) + ", which cannot stand in acr_values (RFC 9470 section 3)",
                        "Write one context per element, without spaces and quotes");
            }
            if (maxBody != null) {
                Checks.range("max-body", maxBody, 0, 1L << 40);
            }
            checkMediaTypes(contentTypes);
        }
    }
}
