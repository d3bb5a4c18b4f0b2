package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;

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
public record JsonSettings(
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
    public JsonSettings {
        Checks.range("max-depth", maxDepth, 1, 1000);
        Checks.range("max-string-length", maxStringLength, 1, Integer.MAX_VALUE);
        Checks.range("max-number-length", maxNumberLength, 1, 1000);
        Checks.range("max-name-length", maxNameLength, 1, 50_000);
        Checks.range("max-members", maxMembers, 1, Integer.MAX_VALUE);
        Checks.range("max-elements", maxElements, 1, Integer.MAX_VALUE);
        Checks.range("max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    }
}
