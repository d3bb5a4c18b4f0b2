package io.apiguard.cedar.parser;

import io.apiguard.cedar.ast.ArithmeticOperator;
import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by recursive descent, one method for each level of precedence; what chains to the left is read in loops.
 *
 * <p>Beside the nesting of the text the height of the tree is counted, since what reads trees later descends them.
 */
final class ExpressionParser {

    private static final int MOST_SIGNS = 4;

    private static final Map<String, BinaryOperator> RELATIONS = Map.of(
            "==", BinaryOperator.EQUAL,
            "!=", BinaryOperator.NOT_EQUAL,
            "<", BinaryOperator.LESS,
            "<=", BinaryOperator.LESS_OR_EQUAL,
            ">", BinaryOperator.GREATER,
            ">=", BinaryOperator.GREATER_OR_EQUAL,
            "in", BinaryOperator.IN);

    private final Tokens tokens;
    private final Positions positions;
    private final MemberParser members;
    private int nesting;

    /** The height of the expression that was read last. */
    private int height;

    ExpressionParser(Tokens tokens, Positions positions) {
        this.tokens = tokens;
        this.positions = positions;
        this.members = new MemberParser(tokens, this);
    }

    Expr expression() {
        Token start = tokens.peek();
        if (++nesting > CedarParser.MAXIMUM_DEPTH) {
            throw tooDeep(start);
        }
        Expr expr = tokens.takeWordIf("if") ? choice(start) : or();
        nesting--;
        return expr;
    }

    private CedarException tooDeep(Token where) {
        return tokens.error(where, "expressions nest more than " + CedarParser.MAXIMUM_DEPTH + " levels");
    }

    /** Notes where an expression stands and how high its tree is. */
    <E extends Expr> E made(Token start, int below, E expr) {
        height = below + 1;
        if (height > CedarParser.MAXIMUM_DEPTH) {
            throw tooDeep(start);
        }
        positions.put(expr, tokens.position(start));
        return expr;
    }

    int height() {
        return height;
    }

    void height(int known) {
        height = known;
    }

    private Expr choice(Token start) {
        Expr condition = expression();
        int highest = height;
        tokens.expectWord("then");
        Expr then = expression();
        highest = Math.max(highest, height);
        tokens.expectWord("else");
        Expr otherwise = expression();
        return made(start, Math.max(highest, height), new Expr.If(condition, then, otherwise));
    }

    private Expr or() {
        Token start = tokens.peek();
        Expr first = and();
        if (!tokens.at("||")) {
            return first;
        }
        int highest = height;
        List<Expr> operands = new ArrayList<>(List.of(first));
        while (tokens.takeIf("||")) {
            operands.add(and());
            highest = Math.max(highest, height);
        }
        return made(start, highest, new Expr.Or(operands));
    }

    private Expr and() {
        Token start = tokens.peek();
        Expr first = relation();
        if (!tokens.at("&&")) {
            return first;
        }
        int highest = height;
        List<Expr> operands = new ArrayList<>(List.of(first));
        while (tokens.takeIf("&&")) {
            operands.add(relation());
            highest = Math.max(highest, height);
        }
        return made(start, highest, new Expr.And(operands));
    }

    private Expr relation() {
        Token start = tokens.peek();
        Expr left = sum();
        Expr relation = relation(start, left, height);
        if (relation != left && isRelation(tokens.peek())) {
            throw tokens.error(tokens.peek(), "relations do not chain; put one of the two in parentheses");
        }
        return relation;
    }

    private static boolean isRelation(Token token) {
        return token.kind() == Kind.SYMBOL && RELATIONS.containsKey(token.text())
                || token.kind() == Kind.IDENTIFIER
                        && List.of("in", "has", "like", "is").contains(token.text());
    }

    private Expr relation(Token start, Expr left, int below) {
        Token operator = tokens.peek();
        if (operator.is("=")) {
            throw tokens.error(operator, "'=' is no operator; expected '=='");
        }
        if (!isRelation(operator)) {
            return left;
        }
        tokens.take();
        return switch (operator.text()) {
            case "has" -> made(start, below, new Expr.Has(left, path()));
            case "like" -> made(start, below, new Expr.Like(left, pattern().pattern()));
            case "is" -> is(start, left, below);
            default -> {
                Expr right = sum();
                BinaryOperator known = Objects.requireNonNull(RELATIONS.get(operator.text()));
                yield made(start, Math.max(below, height), new Expr.Binary(known, left, right));
            }
        };
    }

    private List<String> path() {
        if (tokens.peek().kind() == Kind.STRING) {
            return List.of(tokens.string("a name"));
        }
        List<String> path = new ArrayList<>();
        do {
            if (path.size() == Expr.Has.LONGEST_PATH) {
                throw tokens.error(tokens.peek(), "more than " + Expr.Has.LONGEST_PATH + " names after 'has'");
            }
            path.add(tokens.identifier("an identifier or a string after 'has'"));
        } while (tokens.takeIf("."));
        return path;
    }

    private Unescaper pattern() {
        if (tokens.peek().kind() != Kind.STRING) {
            throw tokens.expected("a pattern, as a string, after 'like'");
        }
        return tokens.unescaper(tokens.take());
    }

    private Expr is(Token start, Expr left, int below) {
        EntityType type = tokens.typeName("an entity type after 'is'");
        if (!tokens.takeWordIf("in")) {
            return made(start, below, new Expr.Is(left, type));
        }
        Expr group = sum();
        return made(start, Math.max(below, height), new Expr.IsIn(left, type, group));
    }

    private Expr sum() {
        Token start = tokens.peek();
        Expr first = product();
        int highest = height;
        List<Expr.Step> steps = new ArrayList<>();
        while (tokens.at("+") || tokens.at("-")) {
            ArithmeticOperator operator = tokens.take().is("+") ? ArithmeticOperator.ADD : ArithmeticOperator.SUBTRACT;
            steps.add(new Expr.Step(operator, product()));
            highest = Math.max(highest, height);
        }
        return steps.isEmpty() ? first : made(start, highest, new Expr.Arithmetic(first, steps));
    }

    private Expr product() {
        Token start = tokens.peek();
        Expr first = unary();
        int highest = height;
        List<Expr.Step> steps = new ArrayList<>();
        while (tokens.takeIf("*")) {
            steps.add(new Expr.Step(ArithmeticOperator.MULTIPLY, unary()));
            highest = Math.max(highest, height);
        }
        if (tokens.at("/") || tokens.at("%")) {
            throw tokens.error(tokens.peek(), "'" + tokens.peek().text() + "' is not supported: Cedar does not divide");
        }
        return steps.isEmpty() ? first : made(start, highest, new Expr.Arithmetic(first, steps));
    }

    private Expr unary() {
        Token start = tokens.peek();
        boolean not = tokens.at("!");
        String sign = not ? "!" : "-";
        int signs = 0;
        while (tokens.takeIf(sign)) {
            signs++;
        }
        if (signs > MOST_SIGNS) {
            throw tokens.error(start, "more than " + MOST_SIGNS + " '" + sign + "' in a row");
        }
        Expr number = !not && signs > 0 ? negative(start) : null;
        Expr expr = number != null ? number : members.member();
        for (int i = number != null ? 1 : 0; i < signs; i++) {
            expr = made(start, height, not ? new Expr.Not(expr) : new Expr.Negate(expr));
        }
        return expr;
    }

    /** Reads a number and the minus before it, so that the smallest one can be written; {@code null} if there is something else. */
    private @Nullable Expr negative(Token start) {
        if (tokens.peek().kind() != Kind.INTEGER) {
            return null;
        }
        Token digits = tokens.take();
        if (tokens.at(".") || tokens.at("[") || tokens.at("(")) {
            Expr accessed = members.accessed(digits, literal(digits, digits.text()));
            return made(start, height, new Expr.Negate(accessed));
        }
        return literal(start, "-" + digits.text());
    }

    Expr literal(Token start, String digits) {
        try {
            return made(start, 0, new Expr.Literal(new LongValue(Long.parseLong(digits))));
        } catch (NumberFormatException e) {
            throw tokens.error(start, "a whole number lies between -9223372036854775808 and 9223372036854775807");
        }
    }

    static boolean canBeName(String identifier) {
        return Names.isIdentifier(identifier);
    }
}
