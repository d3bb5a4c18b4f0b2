package io.apiguard;

import io.apiguard.GuardSettings.Profile;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the bearer tokens of one issuer are verified (RFC 9068, RFC 8725). Nothing is accepted unless an issuer is set.
 *
 * @param issuer the issuer's URL, exactly as tokens carry it in iss
 * @param audiences what aud must name, at least one of them; demanded with an issuer
 * @param jwksUri where the keys are; by default what the issuer's discovery document says
 * @param profile which rules tokens follow
 * @param expectTypes what typ in the header must be, in place of what the profile says
 * @param ignoreType take any typ in the header, or none
 * @param expectClaims claims that must be there, and what they must be
 * @param ignoreClaims claims that the profile demands and that may be absent
 * @param algorithms signature algorithms that are accepted; empty: RS, PS, ES of 256, 384, 512 and EdDSA
 * @param decryptionKeys a file with a JWK set of private keys; tokens encrypted for them are then accepted too
 * @param encryptedOnly refuse tokens that are only signed; needs decryptionKeys
 * @param clockSkew how far the issuer's clock may be off
 * @param maxLifetime the longest time between iat and exp
 * @param maxAge how long after iat a token is taken, even if it has not expired; by default until then
 * @param maxLength the longest token, in characters
 * @param tenantClaim the claim that names the caller's tenant; a dot leads into an object
 * @param tenant the tenant that all callers of this issuer belong to
 * @param roleClaims claims that name the caller's roles; a dot leads into an object. Empty: those of the profile
 * @param cacheSize how many verified tokens are remembered, never past exp; 0: none
 * @param cacheBytes about how much memory these may take
 * @param refreshInterval how often the keys are fetched again
 * @param brake the shortest time between two fetches that unknown key ids cause
 * @param maxStale how long keys are used while they cannot be fetched again (503 beyond)
 * @param connectTimeout how long connecting to the issuer may take
 * @param requestTimeout how long one answer of the issuer may take
 * @param allowLoopbackHttp let issuer and key set be on plain HTTP at a loopback address; for development
 * @param requiredAtStart refuse to start while the keys cannot be fetched
 */
public record JwtSettings(
        @Setting(description = "The issuer's URL, exactly as tokens carry it in iss.") @Nullable String issuer,

        @Setting(description = "What aud must name, at least one of them; demanded with an issuer.")
        List<String> audiences,

        @Setting(description = "Where the keys are; by default what the issuer's discovery document says.") @Nullable String jwksUri,

        @Setting(description = "Which rules tokens follow.", defaultValue = "rfc9068")
        Profile profile,

        @Setting(description = "What typ in the header must be, in place of what the profile says.")
        List<String> expectTypes,

        @Setting(description = "Take any typ in the header, or none.", defaultValue = "false")
        boolean ignoreType,

        @Setting(
                description =
                        "Claims that must be there (email), and what they must be (azp=web); one listed twice may be either.")
        List<ExpectedClaim> expectClaims,

        @Setting(description = "Claims that the profile demands and that may be absent.")
        List<String> ignoreClaims,

        @Setting(
                description =
                        "Signature algorithms that are accepted; empty: RS, PS, ES of 256, 384, 512 and " + "EdDSA.")
        List<String> algorithms,

        @Setting(
                description =
                        "A file with a JWK set of private keys; tokens encrypted for them are then accepted too (RFC 7516).")
        @Nullable Path decryptionKeys,

        @Setting(
                description = "Refuse tokens that are only signed; decryption-keys must be set.",
                defaultValue = "false")
        boolean encryptedOnly,

        @Setting(description = "How far the issuer's clock may be off.", defaultValue = "30s")
        Duration clockSkew,

        @Setting(description = "The longest time between iat and exp.", defaultValue = "24h")
        Duration maxLifetime,

        @Setting(
                description = "How long after iat a token is taken, even if it has not expired; by default until then.")
        @Nullable Duration maxAge,

        @Setting(description = "The longest token, in characters.", defaultValue = "16384")
        int maxLength,

        @Setting(description = "The claim that names the caller's tenant; a dot leads into an object.") @Nullable String tenantClaim,

        @Setting(description = "The tenant that all callers of this issuer belong to.") @Nullable String tenant,

        @Setting(
                description = "Claims that name the caller's roles; a dot leads into an object. Empty: those "
                        + "of the profile.")
        List<String> roleClaims,

        @Setting(
                description = "How many verified tokens are remembered, never past exp; 0: none.",
                defaultValue = "10000")
        int cacheSize,

        @Setting(description = "About how much memory these may take.", defaultValue = "64MB", bytes = true)
        int cacheBytes,

        @Setting(description = "How often the keys are fetched again.", defaultValue = "10m")
        Duration refreshInterval,

        @Setting(
                description = "The shortest time between two fetches that unknown key ids cause.",
                defaultValue = "30s")
        Duration brake,

        @Setting(
                description = "How long keys are used while they cannot be fetched again (503 beyond).",
                defaultValue = "1h")
        Duration maxStale,

        @Setting(description = "How long connecting to the issuer may take.", defaultValue = "2s")
        Duration connectTimeout,

        @Setting(description = "How long one answer of the issuer may take.", defaultValue = "5s")
        Duration requestTimeout,

        @Setting(
                description = "Let issuer and key set be on plain HTTP at a loopback address; for development.",
                defaultValue = "false")
        boolean allowLoopbackHttp,

        @Setting(description = "Refuse to start while the keys cannot be fetched.", defaultValue = "true")
        boolean requiredAtStart) {

    private static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public JwtSettings {
        audiences = List.copyOf(audiences);
        expectTypes = List.copyOf(expectTypes);
        expectClaims = List.copyOf(expectClaims);
        ignoreClaims = List.copyOf(ignoreClaims);
        algorithms = List.copyOf(algorithms);
        roleClaims = List.copyOf(roleClaims);
        checkIssuer(issuer, audiences, jwksUri, allowLoopbackHttp);
        checkClaims(expectTypes, ignoreType, expectClaims, ignoreClaims);
        checkPlaces(tenantClaim, tenant, roleClaims);
        for (String algorithm : algorithms) {
            Checks.that(
                    ALGORITHMS.contains(algorithm),
                    "algorithms",
                    "has " + Texts.quote(algorithm) + ", which is not accepted",
                    "Choose from " + String.join(", ", ALGORITHMS));
        }
        Checks.range("clock-skew", clockSkew, Duration.ZERO, Duration.ofMinutes(10));
        Checks.range("max-lifetime", maxLifetime, Duration.ofSeconds(1), Duration.ofDays(366));
        if (maxAge != null) {
            Checks.range("max-age", maxAge, Duration.ofSeconds(1), Duration.ofDays(366));
        }
        Checks.that(
                decryptionKeys != null || !encryptedOnly,
                "encrypted-only",
                "is true while there is nothing to decrypt with",
                "Set decryption-keys, or remove encrypted-only");
        Checks.range("max-length", maxLength, 256, 65_536);
        Checks.range("cache-size", cacheSize, 0, 1_000_000);
        Checks.range("cache-bytes", cacheBytes, 65_536, 1 << 30);
        Checks.range("refresh-interval", refreshInterval, Duration.ofSeconds(1), Duration.ofDays(1));
        Checks.range("brake", brake, Duration.ofSeconds(1), Duration.ofHours(1));
        Checks.range("max-stale", maxStale, Duration.ZERO, Duration.ofDays(7));
        Checks.that(
                refreshInterval.compareTo(maxStale) < 0,
                "max-stale",
                "is " + Texts.of(maxStale)
                        + ", which is not longer than refresh-interval, so that there would be times without keys",
                "Raise it, or lower refresh-interval");
        Checks.range("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        Checks.range("request-timeout", requestTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    private static void checkIssuer(
            @Nullable String issuer, List<String> audiences, @Nullable String jwksUri, boolean loopback) {
        if (issuer != null) {
            Checks.url("issuer", issuer, loopback);
        }
        Checks.that(
                issuer != null || jwksUri == null,
                "jwks-uri",
                "is set while the issuer beside it is not",
                "Set issuer to the URL in iss");
        Checks.that(
                issuer != null || audiences.isEmpty(),
                "audiences",
                "is set while the issuer beside it is not",
                "Set issuer to the URL in iss");
        Checks.that(
                issuer == null || !audiences.isEmpty(),
                "audiences",
                "is missing, so that tokens meant for other services would be let in",
                "Set audiences to what this service is called in aud");
        if (jwksUri != null) {
            Checks.url("jwks-uri", jwksUri, loopback);
        }
    }

    private static void checkClaims(
            List<String> types, boolean ignoreType, List<ExpectedClaim> expected, List<String> ignored) {
        Checks.that(
                types.isEmpty() || !ignoreType,
                "ignore-type",
                "is true while expect-types is set",
                "Remove one of them");
        for (ExpectedClaim claim : expected) {
            Checks.that(
                    !ignored.contains(claim.name()),
                    "ignore-claims",
                    "has " + Texts.quote(claim.name()) + ", which stands in expect-claims too",
                    "Remove it from one of them");
        }
    }

    private static void checkPlaces(@Nullable String tenantClaim, @Nullable String tenant, List<String> roleClaims) {
        Checks.that(
                tenantClaim == null || tenant == null,
                "tenant",
                "is set while tenant-claim is set too",
                "Remove one of them");
        if (tenantClaim != null) {
            ClaimPaths.check("tenant-claim", tenantClaim);
        }
        roleClaims.forEach(path -> ClaimPaths.check("role-claims", path));
    }

    /** {@return whether bearer tokens are accepted at all: whether an issuer is set} */
    public boolean inUse() {
        return issuer != null;
    }

    /**
     * A claim that must be there, as it is written: {@code email}, or with what it must be, {@code azp=web}.
     *
     * @param name the claim's name
     * @param value what it must be, or {@code null} for anything
     */
    public record ExpectedClaim(String name, @Nullable String value) {

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if it is blank; the message says how to write it
         */
        public ExpectedClaim {
            if (name.isBlank()) {
                throw new IllegalArgumentException("Write a claim as email, or as azp=web");
            }
        }

        /**
         * Reads a claim.
         *
         * @param text a name, or a name, an equals sign and a value
         * @return the claim
         * @throws IllegalArgumentException if it is written otherwise; the message says how to write it
         */
        public static ExpectedClaim parse(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new ExpectedClaim(text.strip(), null)
                    : new ExpectedClaim(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
        }

        @Override
        public String toString() {
            return value == null ? name : name + "=" + value;
        }
    }
}
