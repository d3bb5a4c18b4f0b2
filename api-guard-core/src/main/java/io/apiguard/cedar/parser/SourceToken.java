package io.apiguard.cedar.parser;

import io.apiguard.cedar.value.CedarException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word of a text as it stands there, with the comments around it. All of the text but white space is in its tokens.
 *
 * @param text the word, a string with its quotes; empty for the end of the text
 * @param before the comments on lines of their own before the word, or before what the text begins with
 * @param apart whether an empty line stands directly before the word
 * @param after the comment that ends the line of the word, or {@code null}
 */
public record SourceToken(
        String text,
        List<Comment> before,
        boolean apart,
        @Nullable String after) {

    /** Copies the list. */
    public SourceToken {
        before = List.copyOf(before);
    }

    /**
     * A comment on a line of its own.
     *
     * @param text the comment with its slashes, without white space at its end
     * @param apart whether an empty line stands directly before it
     */
    public record Comment(String text, boolean apart) {}

    /**
     * Cuts a text into tokens.
     *
     * @param text any text
     * @return its tokens, the last of which is its end
     * @throws CedarException if something is no word of the language
     */
    public static List<SourceToken> of(String text) {
        Lexer lexer = new Lexer(text);
        List<SourceToken> tokens = new ArrayList<>();
        Token token = lexer.next();
        Gap gap = new Gap(text.substring(0, token.start()), false);
        while (token.kind() != Token.Kind.END) {
            Token next = lexer.next();
            Gap following = new Gap(text.substring(token.end(), next.start()), true);
            tokens.add(new SourceToken(
                    text.substring(token.start(), token.end()), gap.comments, gap.isApart(), following.first));
            token = next;
            gap = following;
        }
        tokens.add(new SourceToken("", gap.comments, gap.isApart(), null));
        return tokens;
    }

    /** What stands between two words. */
    private static final class Gap {

        private final List<Comment> comments = new ArrayList<>();
        private @Nullable String first;
        private int lineEnds;

        /** A comment is at the end of a word's line if no line ends before it. */
        Gap(String text, boolean followsWord) {
            boolean wordsLine = followsWord;
            int at = 0;
            while (at < text.length()) {
                if (text.startsWith("//", at)) {
                    int end = lineEnd(text, at);
                    add(text.substring(at, end).stripTrailing(), wordsLine && lineEnds == 0);
                    wordsLine = false;
                    at = end;
                } else {
                    boolean pair = text.startsWith("\r\n", at);
                    lineEnds += isLineEnd(text.charAt(at)) ? 1 : 0;
                    at += pair ? 2 : 1;
                }
            }
        }

        private void add(String comment, boolean endsLine) {
            if (endsLine) {
                first = comment;
            } else {
                comments.add(new Comment(comment, isApart()));
            }
            lineEnds = 0;
        }

        boolean isApart() {
            return lineEnds > 1;
        }

        private static int lineEnd(String text, int from) {
            int end = from;
            while (end < text.length() && !isLineEnd(text.charAt(end))) {
                end++;
            }
            return end;
        }

        private static boolean isLineEnd(char c) {
            return c == '\n' || c == '\r';
        }
    }
}
