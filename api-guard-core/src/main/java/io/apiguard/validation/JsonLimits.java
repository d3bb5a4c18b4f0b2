package io.apiguard.validation;

/**
 * How large the parts of a JSON body may be; what {@link JsonValidator} holds bodies to.
 *
 * <p>Lengths count bytes of the text as it was sent, between the quotes of a string and with its escapes unresolved,
 * so that they bound characters as well. Immutable and thread-safe.
 *
 * @param maxDepth how deep objects and arrays may nest, 0 to 10,000; 0 allows scalars only
 * @param maxStringLength bytes of a string value, at least 0
 * @param maxNumberLength bytes of a number, at least 1
 * @param maxNameLength bytes of UTF-8 of a member name once its escapes are resolved, at least 0
 * @param maxMembers members of one object, at least 0
 * @param maxElements elements of one array, at least 0
 * @param maxTokens values and member names of the whole body, at least 1
 */
public record JsonLimits(
        int maxDepth,
        int maxStringLength,
        int maxNumberLength,
        int maxNameLength,
        int maxMembers,
        int maxElements,
        int maxTokens) {

    private static final JsonLimits DEFAULTS = new JsonLimits(64, 1 << 20, 128, 256, 1_000, 10_000, 200_000);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public JsonLimits {
        demand("maxDepth", maxDepth, 0, 10_000);
        demand("maxStringLength", maxStringLength, 0, Integer.MAX_VALUE);
        demand("maxNumberLength", maxNumberLength, 1, Integer.MAX_VALUE);
        demand("maxNameLength", maxNameLength, 0, Integer.MAX_VALUE);
        demand("maxMembers", maxMembers, 0, Integer.MAX_VALUE);
        demand("maxElements", maxElements, 0, Integer.MAX_VALUE);
        demand("maxTokens", maxTokens, 1, Integer.MAX_VALUE);
    }

    /**
     * {@return limits that ordinary APIs stay within} Depth 64, strings of 1 MiB, numbers of 128 and names of 256
     * bytes, 1,000 members, 10,000 elements, 200,000 tokens.
     */
    public static JsonLimits defaults() {
        return DEFAULTS;
    }

    private static void demand(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
