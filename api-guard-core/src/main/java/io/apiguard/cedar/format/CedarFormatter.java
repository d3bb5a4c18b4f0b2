package io.apiguard.cedar.format;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.parser.SourceToken;
import io.apiguard.cedar.value.CedarException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lays out the text of policies: an empty line between two of them, indentation by two spaces, and line breaks where a line would be too long.
 *
 * <p>Only white space changes, and commas before a closing bracket, which go. Comments stay with the words they stand at. What is laid out once
 * stays as it is. Thread-safe.
 */
public final class CedarFormatter {

    /** How wide lines are, unless somebody says otherwise. */
    public static final int DEFAULT_WIDTH = 80;

    private CedarFormatter() {}

    /**
     * Lays out a text, with lines of {@value #DEFAULT_WIDTH} characters.
     *
     * @param text policies and templates
     * @throws CedarException if it is no text of the language
     */
    public static String format(String text) {
        return format(text, DEFAULT_WIDTH);
    }

    /**
     * Lays out a text.
     *
     * @param text policies and templates
     * @param width how many characters a line may have; words that are longer, comments and what stands deeply within brackets may exceed it
     * @throws CedarException if it is no text of the language
     * @throws IllegalArgumentException if the width is not positive
     * @throws IllegalStateException if the result would not say the same, which is checked; then the fault is in the formatter
     */
    public static String format(String text, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("a line is one character wide at least, not " + width);
        }
        List<Policy> policies = policies(text);
        List<SourceToken> tokens = SourceToken.of(text);
        String formatted = laidOut(tokens, width);
        check(formatted, policies, tokens);
        return formatted;
    }

    private static List<Policy> policies(String text) {
        return CedarParser.policies(text).stream().map(ParsedPolicy::policy).toList();
    }

    private static String laidOut(List<SourceToken> tokens, int width) {
        PolicyDocs docs = new PolicyDocs(tokens);
        Layout layout = new Layout(width);
        while (!docs.isAtEnd()) {
            layout.paragraph(docs.policy());
        }
        layout.paragraph(docs.end());
        return layout.text();
    }

    private static void check(String formatted, List<Policy> policies, List<SourceToken> tokens) {
        try {
            if (!policies(formatted).equals(policies)) {
                throw new IllegalStateException("the formatted text does not say the same as the text");
            }
        } catch (CedarException e) {
            throw new IllegalStateException("the formatted text cannot be read: " + e.getMessage(), e);
        }
        if (!comments(SourceToken.of(formatted)).equals(comments(tokens))) {
            throw new IllegalStateException("the formatted text has other comments than the text");
        }
    }

    private static List<String> comments(List<SourceToken> tokens) {
        return tokens.stream()
                .flatMap(token -> Stream.concat(
                        token.before().stream().map(SourceToken.Comment::text), Stream.ofNullable(token.after())))
                .toList();
    }
}
