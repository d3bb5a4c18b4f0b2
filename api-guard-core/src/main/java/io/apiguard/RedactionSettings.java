package io.apiguard;

import io.apiguard.internal.settings.Setting;
import java.util.List;

/**
 * Which members of JSON answers are masked, besides those that models annotate.
 *
 * @param names member names that are sensitive wherever they stand, in every answer
 * @param rules paths that are masked in every answer, such as $.card.number mask=last-four scope=cards
 */
public record RedactionSettings(
        @Setting(description = "Member names that are sensitive wherever they stand, in every answer.")
        List<String> names,

        @Setting(
                description =
                        "Paths that are masked in every answer, such as $.card.number mask=last-four " + "scope=cards.")
        List<RedactionRuleText> rules) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public RedactionSettings {
        names = List.copyOf(names);
        rules = List.copyOf(rules);
    }
}
