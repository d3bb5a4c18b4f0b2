package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.time.Duration;
import java.util.List;

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
public record SizeSettings(
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
    public SizeSettings {
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
        SettingsRules.checkMediaTypes(contentTypes);
        Checks.range("read-timeout", readTimeout, Duration.ofMillis(1), Duration.ofHours(1));
    }
}
