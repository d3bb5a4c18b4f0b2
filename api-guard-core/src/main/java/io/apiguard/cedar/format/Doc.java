package io.apiguard.cedar.format;

import io.apiguard.cedar.parser.SourceToken;
import java.util.List;

/** A text whose line breaks are still to be chosen. */
sealed interface Doc {

    /** Wider than any line: what has a comment within cannot stand on one. */
    int ENDLESS = 1_000_000;

    /** Returns how wide it is on one line; a comment before it or behind it does not count. */
    int width();

    /** Returns whether a comment stands before it. */
    default boolean opensWithComment() {
        return false;
    }

    /** Returns whether a comment stands behind it. */
    default boolean closesWithComment() {
        return false;
    }

    /** A word with its comments. */
    record Word(SourceToken token) implements Doc {

        @Override
        public int width() {
            return token.text().codePointCount(0, token.text().length());
        }

        @Override
        public boolean opensWithComment() {
            return !token.before().isEmpty();
        }

        @Override
        public boolean closesWithComment() {
            return token.after() != null;
        }
    }

    /** A space where no line can break. */
    record Space() implements Doc {

        @Override
        public int width() {
            return 1;
        }
    }

    /** A place where a line breaks, or, if all of its block stands on one line, a space or nothing. */
    record Break(boolean space) implements Doc {

        @Override
        public int width() {
            return space ? 1 : 0;
        }
    }

    /** What a block does with its parts. */
    enum Kind {
        /** They follow each other, with the breaks of the block around them. */
        PLAIN,
        /** They stand on one line, or all of their breaks are line breaks. */
        GROUP,
        /** Their line breaks are indented by one step more. */
        NESTED
    }

    /**
     * Several parts.
     *
     * @param kind what it does with them
     * @param parts one or more
     * @param width how wide they are on one line
     * @param lead how wide they are up to the first break
     * @param breaks whether there is a break among them
     */
    record Block(Kind kind, List<Doc> parts, int width, int lead, boolean breaks) implements Doc {

        static Block of(Kind kind, List<Doc> parts) {
            int width = 0;
            boolean breaks = false;
            for (int i = 0; i < parts.size(); i++) {
                boolean within = (i > 0 && parts.get(i).opensWithComment())
                        || (i < parts.size() - 1 && parts.get(i).closesWithComment());
                width = Math.min(
                        ENDLESS, width + (within ? ENDLESS : parts.get(i).width()));
                breaks |= isBroken(parts.get(i));
            }
            return new Block(kind, List.copyOf(parts), width, Doc.lead(parts.get(0), leads(parts, 0)[0]), breaks);
        }

        @Override
        public boolean opensWithComment() {
            return parts.get(0).opensWithComment();
        }

        @Override
        public boolean closesWithComment() {
            return parts.get(parts.size() - 1).closesWithComment();
        }
    }

    private static boolean isBroken(Doc doc) {
        return doc instanceof Break || (doc instanceof Block block && block.breaks());
    }

    /** Returns for each part how much stands on the line behind it up to the next break, given what follows all parts. */
    static int[] leads(List<Doc> parts, int tail) {
        int[] leads = new int[parts.size()];
        int lead = tail;
        for (int i = parts.size() - 1; i >= 0; i--) {
            leads[i] = lead;
            lead = lead(parts.get(i), lead);
        }
        return leads;
    }

    /** Returns how much stands on the line from a part up to the next break, given what follows the part. */
    private static int lead(Doc part, int following) {
        if (isBroken(part)) {
            return part instanceof Block block ? block.lead() : 0;
        }
        return Math.min(ENDLESS, part.width() + following);
    }
}
