package io.apiguard;

import io.apiguard.authn.introspection.AssertionAlgorithm;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the issuer is asked about tokens that only it can read (RFC 7662). Nobody is unless an issuer is set.
 *
 * @param issuer the issuer's URL; an iss in its answers must be the same
 * @param endpoint the issuer's introspection endpoint; demanded with an issuer
 * @param clientId the id that the issuer knows this service by; demanded with an issuer
 * @param authentication how this service proves that it is that client
 * @param keyFile the private key as PKCS#8 in PEM, for authentication: private-key-jwt
 * @param keyId the kid that the issuer knows that key by
 * @param keyAlgorithm what the key signs with
 * @param audiences what aud in an answer must name, at least one of them; demanded unless ignore-audience is true
 * @param ignoreAudience take tokens for any audience, for issuers that answer active only to the service a token is for
 * @param assumedLifetime how long a token lives of which the issuer does not say so; not set: such a token is refused
 * @param ignoreMissingType take tokens of which the issuer does not say the token_type, for issuers that never do; others leave it out for ID
 *     and refresh tokens
 * @param signedAnswers believe signed answers only (RFC 9701)
 * @param jwksUri where the keys are that answers are signed with; by default what the issuer's discovery document says
 * @param tenantClaim the member of answers that names the caller's tenant; a dot leads into an object
 * @param tenant the tenant that all callers of this issuer belong to
 * @param roleClaims members of answers that name the caller's roles; a dot leads into an object
 * @param cacheActive how long a token is taken for active without asking again, never past exp
 * @param cacheInactive how long a token is taken for bad without asking again
 * @param cacheSize how many answers are remembered of good tokens, and as many of bad ones; 0: none
 * @param connectTimeout how long connecting to the endpoint may take
 * @param requestTimeout how long one answer may take from the call to its last byte (503 beyond)
 * @param breakerFailures after how many failures in a row the endpoint is left alone
 * @param breakerPeriod for how long it is left alone then (503)
 * @param maxWaiting how many requests may wait for answers at one time (503 beyond)
 * @param maxLength the longest token that is asked about, in characters
 * @param clockSkew how far the issuer's clock may be off
 * @param allowLoopbackHttp let endpoint and key set be on plain HTTP at a loopback address; for development
 */
public record IntrospectionSettings(
        @Setting(description = "The issuer's URL; an iss in its answers must be the same.") @Nullable String issuer,

        @Setting(description = "The issuer's introspection endpoint; demanded with an issuer.") @Nullable String endpoint,

        @Setting(description = "The id that the issuer knows this service by; demanded with an issuer.") @Nullable String clientId,

        @Setting(
                description =
                        "How this service proves that it is that client: basic takes the secret introspection-client (its text,"
                                + " at least 32 bytes), private-key-jwt signs with key-file, tls needs an HTTP client with the"
                                + " certificate's key from the application.",
                defaultValue = "basic")
        Authentication authentication,

        @Setting(description = "The private key as PKCS#8 in PEM, for authentication: private-key-jwt.") @Nullable Path keyFile,

        @Setting(description = "The kid that the issuer knows that key by.") @Nullable String keyId,

        @Setting(description = "What the key signs with.", defaultValue = "rs256")
        AssertionAlgorithm keyAlgorithm,

        @Setting(
                description =
                        "What aud in an answer must name, at least one of them; demanded unless ignore-audience is true.")
        List<String> audiences,

        @Setting(
                description =
                        "Take tokens for any audience, for issuers that answer active only to the service a token is for.",
                defaultValue = "false")
        boolean ignoreAudience,

        @Setting(
                description =
                        "How long a token lives of which the issuer does not say so; not set: such a token is refused.")
        @Nullable Duration assumedLifetime,

        @Setting(
                description =
                        "Take tokens of which the issuer does not say the token_type, for issuers that never do; others leave it"
                                + " out for ID and refresh tokens.",
                defaultValue = "false")
        boolean ignoreMissingType,

        @Setting(description = "Believe signed answers only (RFC 9701).", defaultValue = "false")
        boolean signedAnswers,

        @Setting(
                description =
                        "Where the keys are that answers are signed with; by default what the issuer's discovery document says.")
        @Nullable String jwksUri,

        @Setting(description = "The member of answers that names the caller's tenant; a dot leads into an object.")
        @Nullable String tenantClaim,

        @Setting(description = "The tenant that all callers of this issuer belong to.") @Nullable String tenant,

        @Setting(description = "Members of answers that name the caller's roles; a dot leads into an object.")
        List<String> roleClaims,

        @Setting(
                description = "How long a token is taken for active without asking again, never past exp.",
                defaultValue = "60s")
        Duration cacheActive,

        @Setting(description = "How long a token is taken for bad without asking again.", defaultValue = "5s")
        Duration cacheInactive,

        @Setting(
                description = "How many answers are remembered of good tokens, and as many of bad ones; 0: none.",
                defaultValue = "10000")
        int cacheSize,

        @Setting(description = "How long connecting to the endpoint may take.", defaultValue = "2s")
        Duration connectTimeout,

        @Setting(
                description = "How long one answer may take from the call to its last byte (503 beyond).",
                defaultValue = "3s")
        Duration requestTimeout,

        @Setting(description = "After how many failures in a row the endpoint is left alone.", defaultValue = "5")
        int breakerFailures,

        @Setting(description = "For how long it is left alone then (503).", defaultValue = "10s")
        Duration breakerPeriod,

        @Setting(description = "How many requests may wait for answers at one time (503 beyond).", defaultValue = "64")
        int maxWaiting,

        @Setting(description = "The longest token that is asked about, in characters.", defaultValue = "4096")
        int maxLength,

        @Setting(description = "How far the issuer's clock may be off.", defaultValue = "30s")
        Duration clockSkew,

        @Setting(
                description = "Let endpoint and key set be on plain HTTP at a loopback address; for development.",
                defaultValue = "false")
        boolean allowLoopbackHttp) {

    /** How this service authenticates itself at the endpoint (RFC 7662 section 2.1). */
    public enum Authentication {
        /** A client secret in the Authorization field (RFC 6749 section 2.3.1). */
        BASIC,
        /** An assertion that this service signs (RFC 7523). */
        PRIVATE_KEY_JWT,
        /** The client certificate of the connection (RFC 8705). */
        TLS
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public IntrospectionSettings {
        audiences = List.copyOf(audiences);
        roleClaims = List.copyOf(roleClaims);
        checkEndpoint(issuer, endpoint, clientId, allowLoopbackHttp);
        checkKey(authentication, keyFile, keyId, issuer);
        checkAudience(issuer, audiences, ignoreAudience);
        checkAnswers(signedAnswers, jwksUri, allowLoopbackHttp);
        checkPlaces(tenantClaim, tenant, roleClaims);
        if (assumedLifetime != null) {
            Checks.range("assumed-lifetime", assumedLifetime, Duration.ofSeconds(1), Duration.ofHours(24));
        }
        Checks.range("cache-active", cacheActive, Duration.ZERO, Duration.ofHours(1));
        Checks.range("cache-inactive", cacheInactive, Duration.ZERO, Duration.ofHours(1));
        Checks.range("cache-size", cacheSize, 0, 1_000_000);
        Checks.range("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        Checks.range("request-timeout", requestTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        Checks.range("breaker-failures", breakerFailures, 1, 1000);
        Checks.range("breaker-period", breakerPeriod, Duration.ofMillis(1), Duration.ofHours(1));
        Checks.range("max-waiting", maxWaiting, 1, 10_000);
        Checks.range("max-length", maxLength, 1, 65_536);
        Checks.range("clock-skew", clockSkew, Duration.ZERO, Duration.ofMinutes(10));
    }

    private static void checkEndpoint(
            @Nullable String issuer, @Nullable String endpoint, @Nullable String clientId, boolean loopback) {
        if (issuer != null) {
            Checks.url("issuer", issuer, loopback);
        }
        Checks.that(
                issuer != null || (endpoint == null && clientId == null),
                "issuer",
                "is missing while other settings of introspection are there",
                "Set introspection.issuer to the issuer's URL");
        Checks.that(
                issuer == null || endpoint != null,
                "endpoint",
                "is missing",
                "Set introspection.endpoint to the introspection_endpoint of the issuer's metadata");
        Checks.that(
                issuer == null || (clientId != null && !clientId.isBlank()),
                "client-id",
                "is missing",
                "Set introspection.client-id to what the issuer registered this service as");
        if (endpoint != null) {
            Checks.url("endpoint", endpoint, loopback);
        }
    }

    private static void checkKey(
            Authentication authentication, @Nullable Path keyFile, @Nullable String keyId, @Nullable String issuer) {
        boolean signs = authentication == Authentication.PRIVATE_KEY_JWT;
        Checks.that(
                signs || (keyFile == null && keyId == null),
                keyFile != null ? "key-file" : "key-id",
                "is set while introspection.authentication is not private-key-jwt",
                "Set introspection.authentication: private-key-jwt, or remove it");
        Checks.that(
                !signs || issuer == null || keyFile != null,
                "key-file",
                "is missing while introspection.authentication is private-key-jwt",
                "Set it to the file with the private key");
        Checks.that(
                !signs || issuer == null || (keyId != null && !keyId.isBlank()),
                "key-id",
                "is missing while introspection.authentication is private-key-jwt",
                "Set it to the kid that the issuer knows the key by");
    }

    private static void checkAudience(@Nullable String issuer, List<String> audiences, boolean ignored) {
        Checks.that(
                audiences.isEmpty() || !ignored,
                "ignore-audience",
                "is true while introspection.audiences is set",
                "Remove one of them");
        Checks.that(
                issuer == null || ignored || !audiences.isEmpty(),
                "audiences",
                "is missing, so that tokens meant for other services would be let in",
                "Set introspection.audiences to what this service is called in aud, or ignore-audience: true if the issuer"
                        + " answers active only to the service a token is for");
    }

    private static void checkAnswers(boolean signed, @Nullable String jwksUri, boolean loopback) {
        Checks.that(
                signed || jwksUri == null,
                "jwks-uri",
                "is set while introspection.signed-answers is false",
                "Set introspection.signed-answers: true, or remove it");
        if (jwksUri != null) {
            Checks.url("jwks-uri", jwksUri, loopback);
        }
    }

    private static void checkPlaces(@Nullable String tenantClaim, @Nullable String tenant, List<String> roleClaims) {
        Checks.that(
                tenantClaim == null || tenant == null,
                "tenant",
                "is " + Texts.quote(String.valueOf(tenant)) + " while tenant-claim is set too",
                "Remove one of them");
        if (tenantClaim != null) {
            ClaimPaths.check("tenant-claim", tenantClaim);
        }
        roleClaims.forEach(path -> ClaimPaths.check("role-claims", path));
    }

    /** {@return whether an issuer is asked at all: whether one is set} */
    public boolean inUse() {
        return issuer != null;
    }
}
