package io.apiguard.cedar.json;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Exprs;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values as expressions: sets, records and extension values have no literals of their own in the language. */
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
        Map<String, Object> object = JsonTree.object(tree);
        if (object == null) {
            return Exprs.of(ValueReader.value(tree, place));
        }
        Value escaped = ValueReader.escaped(object, place);
        if (escaped != null) {
            return Exprs.of(escaped);
        }
        Map<String, Expr> members = new LinkedHashMap<>();
        object.forEach((name, member) -> members.put(name, of(member, place.member(name))));
        return new Expr.RecordOf(members);
    }
}
