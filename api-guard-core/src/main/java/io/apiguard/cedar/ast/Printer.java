package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.Names;
import io.apiguard.cedar.value.Texts;
import java.util.List;
import java.util.Map;

/** Writes policies and expressions as text that reads back as equal ones. Not thread-safe; for one use. */
public final class Printer {

    private final StringBuilder out = new StringBuilder();

    /** Makes a printer. */
    public Printer() {}

    /**
     * Returns the text of a policy, on one line but for its annotations and conditions.
     *
     * @param policy any policy or template
     */
    public String print(Policy policy) {
        policy.annotations().forEach(this::annotation);
        out.append(policy.effect().keyword()).append('(');
        scope("principal", policy.principal());
        out.append(", ");
        scope("action", policy.action());
        out.append(", ");
        scope("resource", policy.resource());
        out.append(')');
        policy.conditions().forEach(this::condition);
        return out.append(';').toString();
    }

    /**
     * Returns the text of an expression.
     *
     * @param expr any expression
     */
    public String print(Expr expr) {
        append(expr, Precedence.IF);
        return out.toString();
    }

    /**
     * Returns the text of one part of a scope.
     *
     * @param part principal, action or resource
     * @param scope what is demanded of it
     */
    public String print(Variable part, Scope scope) {
        scope(part.keyword(), scope);
        return out.toString();
    }

    private void annotation(String key, String value) {
        out.append('@').append(key).append('(').append(Texts.quoted(value)).append(")\n");
    }

    private void condition(Condition condition) {
        out.append('\n').append(condition.kind().keyword()).append(" { ");
        append(condition.body(), Precedence.IF);
        out.append(" }");
    }

    private void scope(String variable, Scope scope) {
        out.append(variable);
        if (scope instanceof Scope.Equal equal) {
            out.append(" == ").append(equal.entity());
        } else if (scope instanceof Scope.In in) {
            out.append(" in ").append(in.entity());
        } else if (scope instanceof Scope.InAny any) {
            out.append(" in ").append(any.entities());
        } else if (scope instanceof Scope.Is is) {
            out.append(" is ").append(is.type());
        } else if (scope instanceof Scope.IsIn isIn) {
            out.append(" is ").append(isIn.type()).append(" in ").append(isIn.entity());
        }
    }

    /** Appends an expression, in parentheses if it binds less strongly than its place demands. */
    private void append(Expr expr, int place) {
        boolean parentheses = Precedence.of(expr) < place;
        out.append(parentheses ? "(" : "");
        body(expr);
        out.append(parentheses ? ")" : "");
    }

    private void body(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            out.append(literal.value());
        } else if (expr instanceof Expr.Var variable) {
            out.append(variable.name().keyword());
        } else if (expr instanceof Expr.Not not) {
            unary('!', not.operand());
        } else if (expr instanceof Expr.Negate negate) {
            unary('-', negate.operand());
        } else if (expr instanceof Expr.And and) {
            chain(and.operands(), " && ", Precedence.AND);
        } else if (expr instanceof Expr.Or or) {
            chain(or.operands(), " || ", Precedence.OR);
        } else if (expr instanceof Expr.Arithmetic arithmetic) {
            arithmetic(arithmetic);
        } else if (expr instanceof Expr.If choice) {
            choice(choice);
        } else {
            relationOrMember(expr);
        }
    }

    private void relationOrMember(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            binary(binary);
        } else if (expr instanceof Expr.Has has) {
            append(has.target(), Precedence.ADD);
            out.append(" has ").append(path(has.path()));
        } else if (expr instanceof Expr.Like like) {
            append(like.target(), Precedence.ADD);
            out.append(" like ");
            pattern(like.pattern());
        } else if (expr instanceof Expr.Is is) {
            append(is.target(), Precedence.ADD);
            out.append(" is ").append(is.type());
        } else if (expr instanceof Expr.IsIn isIn) {
            append(isIn.target(), Precedence.ADD);
            out.append(" is ").append(isIn.type()).append(" in ");
            append(isIn.group(), Precedence.ADD);
        } else {
            member(expr);
        }
    }

    private void member(Expr expr) {
        if (expr instanceof Expr.IsEmpty isEmpty) {
            append(isEmpty.operand(), Precedence.MEMBER);
            out.append(".isEmpty()");
        } else if (expr instanceof Expr.GetAttribute get) {
            append(get.target(), Precedence.MEMBER);
            out.append(Names.isIdentifier(get.name()) ? "." + get.name() : "[" + Texts.quoted(get.name()) + "]");
        } else if (expr instanceof Expr.SetOf set) {
            list("[", set.elements(), "]");
        } else if (expr instanceof Expr.RecordOf record) {
            record(record.members());
        } else if (expr instanceof Expr.Call call) {
            call(call);
        }
    }

    /** Of one kind four at most may follow each other, and none of one kind the other; a minus before a number would become part of it. */
    private void unary(char sign, Expr operand) {
        out.append(sign);
        boolean plain = !(operand instanceof Expr.Not || operand instanceof Expr.Negate)
                && !(sign == '-' && operand instanceof Expr.Literal literal && literal.value() instanceof LongValue);
        append(operand, plain ? Precedence.MEMBER : Precedence.PARENTHESES);
    }

    private void chain(List<Expr> operands, String operator, int precedence) {
        append(operands.get(0), precedence);
        for (Expr operand : operands.subList(1, operands.size())) {
            out.append(operator);
            append(operand, precedence + 1);
        }
    }

    private void arithmetic(Expr.Arithmetic arithmetic) {
        int precedence = Precedence.of(arithmetic);
        append(arithmetic.first(), precedence);
        for (Expr.Step step : arithmetic.rest()) {
            out.append(' ').append(step.operator().text()).append(' ');
            append(step.operand(), precedence + 1);
        }
    }

    private void choice(Expr.If choice) {
        out.append("if ");
        append(choice.condition(), Precedence.IF);
        out.append(" then ");
        append(choice.then(), Precedence.IF);
        out.append(" else ");
        append(choice.otherwise(), Precedence.IF);
    }

    private void binary(Expr.Binary binary) {
        if (binary.operator().isMethod()) {
            append(binary.left(), Precedence.MEMBER);
            out.append('.').append(binary.operator().text());
            list("(", List.of(binary.right()), ")");
        } else {
            append(binary.left(), Precedence.ADD);
            out.append(' ').append(binary.operator().text()).append(' ');
            append(binary.right(), Precedence.ADD);
        }
    }

    private static String path(List<String> path) {
        boolean identifiers = path.stream().allMatch(Names::isIdentifier);
        return identifiers ? String.join(".", path) : Texts.quoted(path.get(0));
    }

    private void pattern(Pattern pattern) {
        out.append('"');
        String wildcard = "";
        for (String part : pattern.parts()) {
            out.append(wildcard);
            part.codePoints().forEach(this::patternCharacter);
            wildcard = "*";
        }
        out.append('"');
    }

    private void patternCharacter(int codePoint) {
        if (codePoint == '*') {
            out.append("\\*");
        } else {
            Texts.appendEscaped(out, codePoint);
        }
    }

    private void list(String open, List<Expr> elements, String close) {
        String separator = open;
        for (Expr element : elements) {
            out.append(separator);
            append(element, Precedence.IF);
            separator = ", ";
        }
        out.append(elements.isEmpty() ? open : "").append(close);
    }

    private void record(Map<String, Expr> members) {
        String separator = "{";
        for (Map.Entry<String, Expr> member : members.entrySet()) {
            out.append(separator).append(Texts.quoted(member.getKey())).append(": ");
            append(member.getValue(), Precedence.IF);
            separator = ", ";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private void call(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        if (call.function().isMethod() && !arguments.isEmpty()) {
            append(arguments.get(0), Precedence.MEMBER);
            out.append('.');
            arguments = arguments.subList(1, arguments.size());
        }
        out.append(call.function().text());
        list("(", arguments, ")");
    }
}
