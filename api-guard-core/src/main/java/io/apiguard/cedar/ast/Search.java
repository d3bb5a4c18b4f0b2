package io.apiguard.cedar.ast;

/** Finds a text in another one in time that grows with the sum of both lengths, never with their product. */
final class Search {

    /** So short a text is found quickly by trying every place. */
    private static final int SHORT = 32;

    private Search() {}

    /** Returns where a text stands first from a place on, or -1. */
    static int indexOf(String text, String part, int from) {
        return part.length() <= SHORT ? text.indexOf(part, from) : knuthMorrisPratt(text, part, from);
    }

    private static int knuthMorrisPratt(String text, String part, int from) {
        int[] borders = borders(part);
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == part.charAt(matched) && ++matched == part.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** Returns for each beginning of a text how much of it is its own end too, short of all. */
    private static int[] borders(String part) {
        int[] borders = new int[part.length()];
        int matched = 0;
        for (int i = 1; i < part.length(); i++) {
            while (matched > 0 && part.charAt(i) != part.charAt(matched)) {
                matched = borders[matched - 1];
            }
            matched += part.charAt(i) == part.charAt(matched) ? 1 : 0;
            borders[i] = matched;
        }
        return borders;
    }
}
