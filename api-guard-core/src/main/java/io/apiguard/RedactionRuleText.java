package io.apiguard;

import io.apiguard.field.Mask;
import io.apiguard.redaction.PathRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A path whose values are masked, as it is written: {@code $.card.number mask=last-four scope=cards role=support}.
 *
 * @param path a path as {@link PathRule} reads it
 * @param mask what is shown instead
 * @param visibleToScopes scopes, each of which alone lets a caller see the value
 * @param visibleToRoles roles, each of which alone lets a caller see the value
 */
public record RedactionRuleText(String path, Mask mask, List<String> visibleToScopes, List<String> visibleToRoles) {

    private static final Pattern OPTION = Pattern.compile("\\s+(?=(?:mask|scope|role)=)");

    /**
     * Checks the path and copies the lists.
     *
     * @throws IllegalArgumentException if the path cannot be read; the message says where
     */
    public RedactionRuleText {
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
    public static RedactionRuleText parse(String text) {
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
        return new RedactionRuleText(parts[0], mask, scopes, roles);
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
