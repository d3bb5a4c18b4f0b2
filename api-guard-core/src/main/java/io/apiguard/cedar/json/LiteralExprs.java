package io.apiguard.cedar.json;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DecimalValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes values as expressions: sets, records and extension values have no literals of their own in the language. */
final class LiteralExprs {

    private LiteralExprs() {}

    /** Reads a value of JSON as an expression, with the elements of sets in the order in which they stand. */
    static Expr of(Object tree, JsonPlace place) {
        List<Object> array = JsonTree.array(tree);
        if (array != null) {
            List<Expr> elements = new ArrayList<>();
            for (Object element : array) {
                elements.add(of(element, place.element(elements.size())));
            }
            return new Expr.SetOf(elements);
        }
        Value value = ValueReader.value(tree, place);
        Map<String, Object> object = JsonTree.object(tree);
        if (value instanceof RecordValue && object != null) {
            Map<String, Expr> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(name, of(member, place.member(name))));
            return new Expr.RecordOf(members);
        }
        return of(value);
    }

    private static Expr of(Value value) {
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
                    List.of(
                            call(ExtensionFunction.DATETIME, "1970-01-01"),
                            call(ExtensionFunction.DURATION, new DurationValue(datetime.millis()).text())));
        }
        if (value instanceof SetValue set) {
            return new Expr.SetOf(set.elements().stream().map(LiteralExprs::of).toList());
        }
        return new Expr.Literal(value);
    }

    private static Expr call(ExtensionFunction function, String text) {
        return new Expr.Call(function, List.of(new Expr.Literal(new StringValue(text))));
    }
}
