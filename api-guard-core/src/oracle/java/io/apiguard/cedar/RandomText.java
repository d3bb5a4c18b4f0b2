package io.apiguard.cedar;

import java.util.List;
import java.util.Random;

/** Spoils the text of policies or a schema a little, so that some of it can still be read, if not as the same. The same seed spoils the same. */
final class RandomText {

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            "()",
            "[]",
            "{}",
            ",",
            ";",
            ".",
            ":",
            "::",
            "==",
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "!",
            "!!",
            "!!!!!",
            "-",
            "- -",
            "-----",
            "+",
            "*",
            "/",
            "%",
            "|",
            "||",
            "&",
            "&&",
            "?",
            "@a",
            "@if(\"b\")",
            "@a(\"\\n\")",
            "if",
            "then",
            "else",
            "in",
            "is",
            "has",
            "like",
            "true",
            "false",
            "__cedar",
            "principal",
            "action",
            "resource",
            "context",
            "?principal",
            "?resource",
            "?other",
            "permit",
            "forbid",
            "entity",
            "appliesTo",
            "tags",
            "enum",
            "type",
            "namespace",
            "namespace N {",
            "Set<",
            "Long",
            "Bool",
            "String",
            "ipaddr",
            "__cedar::Long",
            "?:",
            "entity E;",
            "type T = Long;",
            "action a;",
            "when",
            "unless",
            "when { true }",
            "unless { }",
            "\"*\"",
            "\"\\x2a\"",
            "\"\\u{2a}\"",
            "\"\\*\"",
            "\"\\u{d800}\"",
            "\"\\x80\"",
            "\"\\q\"",
            "\"\\'\\0\"",
            "\"",
            "\\",
            "'",
            "0",
            "1",
            "007",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1a",
            "// c\n",
            "//",
            "/* c */",
            "\r",
            "\n",
            "\t",
            "\u000b",
            "\f",
            "\u0085",
            "\u00a0",
            "\u2003",
            "\u2028",
            "\u200b",
            "\ufeff",
            "é",
            "_",
            "_x",
            "a1",
            "A::B",
            "A:: B",
            "User::\"a\"",
            "if::\"a\"",
            "Action::\"v\"",
            "N::ip(\"1.1.1.1\")",
            "ip(\"1.1.1.1\")",
            "decimal(1)",
            ".isEmpty()",
            ".isEmpty(1)",
            ".contains(1)",
            ".contains()",
            ".isIpv4()",
            ".ip()",
            ".name",
            "[\"name\"]",
            "[1]",
            ".if",
            "{if: 1}",
            "{\"if\": 1,}",
            "{a: 1, a: 2}",
            "[1, ]",
            " ");

    private final Random random;

    RandomText(long seed) {
        this.random = new Random(seed);
    }

    String spoiled(String text) {
        String result = text;
        for (int i = random.nextInt(4) / 3; i >= 0; i--) {
            int at = boundary(result);
            int end = random.nextBoolean() ? at : boundary(result, at, 1 + random.nextInt(4));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            result = result.substring(0, at) + (end > at && random.nextBoolean() ? "" : piece) + result.substring(end);
        }
        return result;
    }

    /** Mostly beside a token and not within it. */
    private int boundary(String text) {
        return boundary(text, random.nextInt(text.length() + 1), random.nextInt(3) == 0 ? 0 : 1);
    }

    private static int boundary(String text, int from, int tokens) {
        int at = from;
        for (int i = 0; i < tokens && at < text.length(); i++) {
            boolean word = Character.isLetterOrDigit(text.charAt(at));
            do {
                at++;
            } while (at < text.length() && word && Character.isLetterOrDigit(text.charAt(at)));
        }
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }
}
