package io.apiguard.cedar.format;

import io.apiguard.cedar.format.Doc.Block;
import io.apiguard.cedar.format.Doc.Break;
import io.apiguard.cedar.format.Doc.Kind;
import io.apiguard.cedar.format.Doc.Space;
import io.apiguard.cedar.format.Doc.Word;
import io.apiguard.cedar.parser.SourceToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds in the tokens of policies what belongs together. The text is known to be one of the language. Not thread-safe. */
final class PolicyDocs {

    private static final Doc SPACE = new Space();
    private static final Doc LINE_OR_SPACE = new Break(true);
    private static final Doc LINE_OR_NOTHING = new Break(false);

    /** The operators by how strongly they bind, from the weakest up. */
    private static final List<Set<String>> OPERATORS = List.of(
            Set.of("||"),
            Set.of("&&"),
            Set.of("==", "!=", "<", "<=", ">", ">=", "in", "has", "like", "is"),
            Set.of("+", "-"),
            Set.of("*"));

    private static final int RELATIONS = 2;

    private final List<SourceToken> tokens;
    private int at;

    PolicyDocs(List<SourceToken> tokens) {
        this.tokens = tokens;
    }

    boolean isAtEnd() {
        return tokens.get(at).text().isEmpty();
    }

    /** Returns the comments behind the last policy. */
    List<Doc> end() {
        return List.of(new Word(tokens.get(at)));
    }

    /** Returns the parts of a policy, whose breaks are line breaks. */
    List<Doc> policy() {
        List<Doc> parts = new ArrayList<>();
        while (isAt("@")) {
            parts.add(annotation());
            parts.add(LINE_OR_SPACE);
        }
        parts.add(head());
        while (!isAt(";")) {
            parts.add(LINE_OR_SPACE);
            parts.add(condition());
        }
        parts.add(word());
        return parts;
    }

    private boolean isAt(String text) {
        return tokens.get(at).text().equals(text);
    }

    private Doc word() {
        return new Word(tokens.get(at++));
    }

    private Doc annotation() {
        List<Doc> parts = new ArrayList<>(List.of(word(), word()));
        if (isAt("(")) {
            parts.addAll(List.of(word(), word(), word()));
        }
        return Block.of(Kind.PLAIN, parts);
    }

    private Doc head() {
        List<Doc> parts = new ArrayList<>(List.of(word(), SPACE));
        List<Doc> scope = new ArrayList<>();
        parts.add(word());
        while (!isAt(")")) {
            scope.add(scope.isEmpty() ? LINE_OR_NOTHING : LINE_OR_SPACE);
            scope.add(scopePart());
            comma(scope, ")");
        }
        parts.add(Block.of(Kind.NESTED, scope));
        parts.add(LINE_OR_NOTHING);
        parts.add(word());
        return Block.of(Kind.GROUP, parts);
    }

    private Doc scopePart() {
        List<Doc> parts = new ArrayList<>(List.of(word()));
        while (isAt("==") || isAt("in") || isAt("is")) {
            parts.addAll(List.of(SPACE, word(), SPACE, member()));
        }
        return Block.of(Kind.PLAIN, parts);
    }

    /** Takes a comma; the last one of a list is left out, unless a comment belongs to it. */
    private void comma(List<Doc> parts, String close) {
        if (isAt(",")) {
            Doc comma = word();
            if (!isAt(close) || comma.opensWithComment() || comma.closesWithComment()) {
                parts.add(comma);
            }
        }
    }

    private Doc condition() {
        Doc keyword = word();
        Doc open = word();
        Doc body = Block.of(Kind.NESTED, List.of(LINE_OR_SPACE, expression()));
        return Block.of(Kind.GROUP, List.of(keyword, SPACE, open, body, LINE_OR_SPACE, word()));
    }

    private Doc expression() {
        return isAt("if") ? choice() : chain(0);
    }

    private Doc choice() {
        List<Doc> parts = new ArrayList<>(List.of(word(), SPACE, nested(expression())));
        parts.addAll(List.of(LINE_OR_SPACE, word(), SPACE, nested(expression())));
        parts.addAll(List.of(LINE_OR_SPACE, word(), SPACE));
        parts.add(isAt("if") ? expression() : nested(expression()));
        return Block.of(Kind.GROUP, parts);
    }

    /** Returns an indented operand; brackets and relations see to that themselves. */
    private static Doc nested(Doc doc) {
        boolean plain = !(doc instanceof Block block) || block.kind() == Kind.PLAIN;
        return plain ? doc : Block.of(Kind.NESTED, List.of(doc));
    }

    /** A chain within another one is indented, so that it is seen what belongs together; so is the right side of a relation. */
    private Doc chain(int level) {
        if (level == OPERATORS.size()) {
            return unary();
        }
        Doc first = chain(level + 1);
        if (!isOperator(level)) {
            return first;
        }
        List<Doc> parts = new ArrayList<>(List.of(nested(first)));
        while (isOperator(level)) {
            parts.addAll(List.of(SPACE, word()));
            List<Doc> operand = List.of(LINE_OR_SPACE, nested(chain(level + 1)));
            parts.add(Block.of(level == RELATIONS ? Kind.NESTED : Kind.PLAIN, operand));
        }
        Doc chain = Block.of(Kind.GROUP, parts);
        return level == RELATIONS ? Block.of(Kind.PLAIN, List.of(chain)) : chain;
    }

    private boolean isOperator(int level) {
        return OPERATORS.get(level).contains(tokens.get(at).text());
    }

    private Doc unary() {
        if (!isAt("!") && !isAt("-")) {
            return member();
        }
        List<Doc> parts = new ArrayList<>();
        while (isAt("!") || isAt("-")) {
            parts.add(word());
        }
        parts.add(member());
        return Block.of(Kind.PLAIN, parts);
    }

    /** Brackets that stand alone get a block around them, by which {@link #nested} knows them from a chain. */
    private Doc member() {
        List<Doc> parts = new ArrayList<>();
        parts.add(isBracket() ? brackets() : name());
        if (!isBracket() && !isAt(".") && !(parts.get(0) instanceof Block block && block.kind() == Kind.GROUP)) {
            return parts.get(0);
        }
        while (isBracket() || isAt(".")) {
            if (isBracket()) {
                parts.add(brackets());
            } else {
                parts.addAll(List.of(word(), word()));
            }
        }
        return Block.of(Kind.PLAIN, parts);
    }

    private Doc name() {
        Doc first = word();
        if (!isAt("::")) {
            return first;
        }
        List<Doc> parts = new ArrayList<>(List.of(first));
        while (isAt("::")) {
            parts.addAll(List.of(word(), word()));
        }
        return Block.of(Kind.PLAIN, parts);
    }

    private boolean isBracket() {
        return isAt("(") || isAt("[") || isAt("{");
    }

    private Doc brackets() {
        String close = isAt("(") ? ")" : isAt("[") ? "]" : "}";
        Doc open = word();
        if (isAt(close)) {
            return Block.of(Kind.PLAIN, List.of(open, word()));
        }
        List<Doc> elements = new ArrayList<>();
        while (!isAt(close)) {
            elements.add(elements.isEmpty() ? LINE_OR_NOTHING : LINE_OR_SPACE);
            elements.add(element());
            comma(elements, close);
        }
        Doc within = Block.of(Kind.NESTED, elements);
        return Block.of(Kind.GROUP, List.of(open, within, LINE_OR_NOTHING, word()));
    }

    /** Returns an expression, or a name and an expression with a colon between them. */
    private Doc element() {
        Doc first = expression();
        return isAt(":") ? Block.of(Kind.PLAIN, List.of(first, word(), SPACE, nested(expression()))) : first;
    }
}
