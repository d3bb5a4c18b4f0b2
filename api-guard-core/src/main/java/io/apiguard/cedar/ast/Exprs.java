package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DecimalValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes expressions of values, and takes expressions apart. Thread-safe. */
public final class Exprs {

    private Exprs() {}

    /**
     * Returns an expression that evaluates to a value: a literal if there is one, else what makes the value.
     *
     * @param value any value
     */
    public static Expr of(Value value) {
        if (value instanceof DecimalValue decimal) {
            return call(ExtensionFunction.DECIMAL, decimal.text());
        }
        if (value instanceof IpAddressValue address) {
            return call(ExtensionFunction.IP, address.text());
        }
        if (value instanceof DurationValue duration) {
            return call(ExtensionFunction.DURATION, duration.text());
        }
        if (value instanceof DatetimeValue datetime) {
            return new Expr.Call(
                    ExtensionFunction.OFFSET,
                    List.of(call(ExtensionFunction.DATETIME, "1970-01-01"), of(new DurationValue(datetime.millis()))));
        }
        if (value instanceof SetValue set) {
            return new Expr.SetOf(set.elements().stream().map(Exprs::of).toList());
        }
        if (value instanceof RecordValue record) {
            Map<String, Expr> members = new LinkedHashMap<>();
            record.attributes().forEach((name, member) -> members.put(name, of(member)));
            return new Expr.RecordOf(members);
        }
        return new Expr.Literal(value);
    }

    private static Expr call(ExtensionFunction function, String text) {
        return new Expr.Call(function, List.of(new Expr.Literal(new StringValue(text))));
    }

    /**
     * Returns the expressions that an expression is directly made of, from left to right.
     *
     * @param expr any expression
     */
    public static List<Expr> parts(Expr expr) {
        if (expr instanceof Expr.And and) {
            return and.operands();
        }
        if (expr instanceof Expr.Or or) {
            return or.operands();
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            return Stream.concat(
                            Stream.of(arithmetic.first()),
                            arithmetic.rest().stream().map(Expr.Step::operand))
                    .toList();
        }
        if (expr instanceof Expr.Binary binary) {
            return List.of(binary.left(), binary.right());
        }
        if (expr instanceof Expr.If choice) {
            return List.of(choice.condition(), choice.then(), choice.otherwise());
        }
        if (expr instanceof Expr.SetOf set) {
            return set.elements();
        }
        if (expr instanceof Expr.RecordOf record) {
            return List.copyOf(record.members().values());
        }
        return expr instanceof Expr.Call call ? call.arguments() : fewParts(expr);
    }

    private static List<Expr> fewParts(Expr expr) {
        if (expr instanceof Expr.Not not) {
            return List.of(not.operand());
        }
        if (expr instanceof Expr.Negate negate) {
            return List.of(negate.operand());
        }
        if (expr instanceof Expr.IsEmpty isEmpty) {
            return List.of(isEmpty.operand());
        }
        if (expr instanceof Expr.GetAttribute get) {
            return List.of(get.target());
        }
        if (expr instanceof Expr.Has has) {
            return List.of(has.target());
        }
        if (expr instanceof Expr.Like like) {
            return List.of(like.target());
        }
        if (expr instanceof Expr.Is is) {
            return List.of(is.target());
        }
        return expr instanceof Expr.IsIn isIn ? List.of(isIn.target(), isIn.group()) : List.of();
    }

    /**
     * Returns an expression like another one, made of other parts.
     *
     * @param expr any expression
     * @param parts as many as {@link #parts} returns, in the same order
     */
    public static Expr withParts(Expr expr, List<Expr> parts) {
        if (expr instanceof Expr.And) {
            return new Expr.And(parts);
        }
        if (expr instanceof Expr.Or) {
            return new Expr.Or(parts);
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            List<Expr.Step> steps = Stream.iterate(0, i -> i < arithmetic.rest().size(), i -> i + 1)
                    .map(i -> new Expr.Step(arithmetic.rest().get(i).operator(), parts.get(i + 1)))
                    .toList();
            return new Expr.Arithmetic(parts.get(0), steps);
        }
        if (expr instanceof Expr.Binary binary) {
            return new Expr.Binary(binary.operator(), parts.get(0), parts.get(1));
        }
        if (expr instanceof Expr.If) {
            return new Expr.If(parts.get(0), parts.get(1), parts.get(2));
        }
        if (expr instanceof Expr.SetOf) {
            return new Expr.SetOf(parts);
        }
        return expr instanceof Expr.RecordOf record ? record(record, parts) : withFewParts(expr, parts);
    }

    private static Expr record(Expr.RecordOf record, List<Expr> parts) {
        Map<String, Expr> members = new LinkedHashMap<>();
        record.members().keySet().forEach(name -> members.put(name, parts.get(members.size())));
        return new Expr.RecordOf(members);
    }

    private static Expr withFewParts(Expr expr, List<Expr> parts) {
        if (expr instanceof Expr.Call call) {
            return new Expr.Call(call.function(), parts);
        }
        if (expr instanceof Expr.Not) {
            return new Expr.Not(parts.get(0));
        }
        if (expr instanceof Expr.Negate) {
            return new Expr.Negate(parts.get(0));
        }
        if (expr instanceof Expr.IsEmpty) {
            return new Expr.IsEmpty(parts.get(0));
        }
        if (expr instanceof Expr.GetAttribute get) {
            return new Expr.GetAttribute(parts.get(0), get.name());
        }
        if (expr instanceof Expr.Has has) {
            return new Expr.Has(parts.get(0), has.path());
        }
        if (expr instanceof Expr.Like like) {
            return new Expr.Like(parts.get(0), like.pattern());
        }
        if (expr instanceof Expr.Is is) {
            return new Expr.Is(parts.get(0), is.type());
        }
        return expr instanceof Expr.IsIn isIn ? new Expr.IsIn(parts.get(0), isIn.type(), parts.get(1)) : expr;
    }
}
