package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.Texts;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

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
public record CorsSettings(
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
                description =
                        "Response header fields that it may read, besides those that the guard itself " + "exposes.")
        List<String> exposedHeaders,

        @Setting(
                description = "Whether the browser may send cookies and client certificates along.",
                defaultValue = "false")
        boolean allowCredentials,

        @Setting(description = "How long a browser may remember the answer to a preflight.", defaultValue = "10m")
        Duration maxAge) {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[a-z0-9-]++(?:\\.[a-z0-9-]++)*+|\\[[0-9a-f:.]++])(?::\\d{1,5})?");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedMethods = List.copyOf(allowedMethods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposedHeaders = List.copyOf(exposedHeaders);
        allowedOrigins.forEach(CorsSettings::checkOrigin);
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
