package io.apiguard.cedar.value;

import java.util.Set;

/** Which texts are names in Cedar (grammar, "Identifiers"; RFC 9 and RFC 52). Thread-safe. */
public final class Names {

    private static final Set<String> RESERVED =
            Set.of("true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar");

    private static final Set<String> TYPES =
            Set.of("Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String");

    private Names() {}

    /**
     * Returns whether a text is an identifier, reserved or not.
     *
     * @param text any text
     */
    public static boolean isIdentifierText(String text) {
        if (text.isEmpty() || !isStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether an identifier can begin with a character.
     *
     * @param c any
     */
    public static boolean isStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    /**
     * Returns whether a character can stand in an identifier after its first.
     *
     * @param c any
     */
    public static boolean isPart(int c) {
        return isStart(c) || (c >= '0' && c <= '9');
    }

    /**
     * Returns whether an identifier is a word of the language and so cannot name anything.
     *
     * @param identifier an identifier
     */
    public static boolean isReserved(String identifier) {
        return RESERVED.contains(identifier);
    }

    /**
     * Returns whether a text is an identifier that can name something.
     *
     * @param text any text
     */
    public static boolean isIdentifier(String text) {
        return isIdentifierText(text) && !isReserved(text);
    }

    /**
     * Returns whether a text is a normalised name: identifiers separated by {@code ::}.
     *
     * @param text any text
     */
    public static boolean isName(String text) {
        int from = 0;
        for (int colon = text.indexOf("::"); colon >= 0; colon = text.indexOf("::", from)) {
            if (!isIdentifier(text.substring(from, colon))) {
                return false;
            }
            from = colon + 2;
        }
        return isIdentifier(text.substring(from));
    }

    /**
     * Returns whether a name is that of a type of the language, so that no common type can have it.
     *
     * @param name any text
     */
    public static boolean isTypeOfLanguage(String name) {
        return TYPES.contains(name);
    }
}
