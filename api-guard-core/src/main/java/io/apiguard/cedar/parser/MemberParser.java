package io.apiguard.cedar.parser;

import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.StringValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what binds most strongly: literals, names, calls, sets, records, parentheses, and the accesses that follow them. */
final class MemberParser {

    private static final Map<String, BinaryOperator> METHODS = Arrays.stream(BinaryOperator.values())
            .filter(BinaryOperator::isMethod)
            .collect(Collectors.toUnmodifiableMap(BinaryOperator::text, Function.identity()));
    private static final Map<String, Variable> VARIABLES = Arrays.stream(Variable.values())
            .collect(Collectors.toUnmodifiableMap(Variable::keyword, Function.identity()));

    private final Tokens tokens;
    private final ExpressionParser expressions;

    MemberParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expr member() {
        Token start = tokens.peek();
        return accessed(start, primary());
    }

    /** Reads the accesses that follow an expression. */
    Expr accessed(Token start, Expr target) {
        Expr expr = target;
        while (true) {
            if (tokens.takeIf(".")) {
                expr = afterDot(start, expr);
            } else if (tokens.takeIf("[")) {
                String name = tokens.string("the name of an attribute, as a string");
                tokens.expect("]");
                expr = expressions.made(start, expressions.height(), new Expr.GetAttribute(expr, name));
            } else if (tokens.at("(")) {
                throw tokens.error(tokens.peek(), "only functions and methods can be called");
            } else {
                return expr;
            }
        }
    }

    private Expr afterDot(Token start, Expr target) {
        int below = expressions.height();
        Token word = tokens.peek();
        String name = tokens.identifier("an attribute or a method after '.'");
        if (!tokens.at("(")) {
            return expressions.made(start, below, new Expr.GetAttribute(target, name));
        }
        List<Expr> arguments = arguments();
        return expressions.made(start, Math.max(below, expressions.height()), method(word, target, name, arguments));
    }

    private Expr method(Token word, Expr target, String name, List<Expr> arguments) {
        if (name.equals("isEmpty")) {
            checkCount(word, name, arguments, 0);
            return new Expr.IsEmpty(target);
        }
        BinaryOperator method = METHODS.get(name);
        if (method != null) {
            checkCount(word, name, arguments, 1);
            return new Expr.Binary(method, target, arguments.get(0));
        }
        ExtensionFunction function = ExtensionFunction.of(name);
        if (function == null || !function.isMethod()) {
            throw tokens.error(word, "'" + name + "' is no method" + (function == null ? "" : "; it is a function"));
        }
        List<Expr> all = new ArrayList<>(List.of(target));
        all.addAll(arguments);
        return new Expr.Call(function, all);
    }

    private void checkCount(Token word, String name, List<Expr> arguments, int count) {
        if (arguments.size() != count) {
            throw tokens.error(word, "'" + name + "' takes " + count + " arguments, not " + arguments.size());
        }
    }

    private List<Expr> arguments() {
        tokens.expect("(");
        return list(")");
    }

    /** Reads expressions up to a closing symbol; the height is then that of the highest, 0 if there is none. */
    private List<Expr> list(String close) {
        List<Expr> all = new ArrayList<>();
        int highest = 0;
        while (!tokens.at(close)) {
            all.add(expressions.expression());
            highest = Math.max(highest, expressions.height());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        if (!tokens.takeIf(close)) {
            throw tokens.expected("',' or '" + close + "'");
        }
        expressions.height(highest);
        return all;
    }

    private Expr primary() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case INTEGER -> {
                tokens.take();
                return expressions.literal(token, token.text());
            }
            case STRING -> {
                return expressions.made(token, 0, new Expr.Literal(new StringValue(tokens.string("a string"))));
            }
            case IDENTIFIER -> {
                return name(tokens.take());
            }
            case SLOT ->
                throw tokens.error(token, "slots can only stand in the scope of a template, not in its conditions");
            default -> {
                return bracketed(token);
            }
        }
    }

    private Expr bracketed(Token token) {
        if (tokens.takeIf("(")) {
            Expr expr = expressions.expression();
            tokens.expect(")");
            return expr;
        }
        if (tokens.takeIf("[")) {
            List<Expr> elements = list("]");
            return expressions.made(token, expressions.height(), new Expr.SetOf(elements));
        }
        if (tokens.takeIf("{")) {
            return record(token);
        }
        throw tokens.expected("an expression");
    }

    private Expr record(Token start) {
        Map<String, Expr> members = new LinkedHashMap<>();
        int highest = 0;
        while (!tokens.at("}")) {
            Token key = tokens.peek();
            String name = key.kind() == Kind.STRING
                    ? tokens.string("a name")
                    : tokens.identifier("the name of an attribute, as an identifier or a string");
            tokens.expect(":");
            if (members.put(name, expressions.expression()) != null) {
                throw tokens.error(key, "the attribute '" + name + "' stands in the record twice");
            }
            highest = Math.max(highest, expressions.height());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        if (!tokens.takeIf("}")) {
            throw tokens.expected("',' or '}'");
        }
        return expressions.made(start, highest, new Expr.RecordOf(members));
    }

    /** Reads what begins with an identifier, which was taken: a Boolean, a variable, an entity, or the call of a function. */
    private Expr name(Token first) {
        if (first.isWord("true") || first.isWord("false")) {
            return expressions.made(first, 0, new Expr.Literal(BoolValue.of(first.isWord("true"))));
        }
        if (!ExpressionParser.canBeName(first.text())) {
            throw tokens.error(first, "'" + first.text() + "' is a word of the language; expected an expression");
        }
        StringBuilder name = new StringBuilder(first.text());
        while (tokens.takeIf("::")) {
            if (tokens.peek().kind() == Kind.STRING) {
                Token id = tokens.take();
                return expressions.made(first, 0, new Expr.Literal(tokens.uid(first, name.toString(), id)));
            }
            name.append("::").append(tokens.identifier("an identifier or a string after '::'"));
        }
        return tokens.at("(") ? function(first, name.toString()) : variable(first, name.toString());
    }

    private Expr function(Token first, String name) {
        ExtensionFunction function = ExtensionFunction.of(name);
        if (function == null || function.isMethod()) {
            String hint = function == null ? "" : "; it is a method, to be called as a." + name + "(...)";
            throw tokens.error(first, "'" + name + "' is no function" + hint);
        }
        List<Expr> arguments = arguments();
        return expressions.made(first, expressions.height(), new Expr.Call(function, arguments));
    }

    private Expr variable(Token first, String name) {
        @Nullable Variable variable = VARIABLES.get(name);
        if (variable == null) {
            throw tokens.error(
                    first,
                    "'" + name + "' names nothing here; expected principal, action, resource, context, or an entity as "
                            + name + "::\"id\"");
        }
        return expressions.made(first, 0, new Expr.Var(variable));
    }
}
