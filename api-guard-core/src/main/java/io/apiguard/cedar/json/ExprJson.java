package io.apiguard.cedar.json;

import io.apiguard.cedar.ast.ArithmeticOperator;
import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.ast.Pattern;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.Names;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Expressions in JSON: objects with one member, whose name is the operator. */
final class ExprJson {

    private static final Map<String, BinaryOperator> BINARY = Arrays.stream(BinaryOperator.values())
            .collect(Collectors.toUnmodifiableMap(BinaryOperator::text, Function.identity()));
    private static final Map<String, ArithmeticOperator> ARITHMETIC = Arrays.stream(ArithmeticOperator.values())
            .collect(Collectors.toUnmodifiableMap(ArithmeticOperator::text, Function.identity()));
    private static final Map<String, Variable> VARIABLES = Arrays.stream(Variable.values())
            .collect(Collectors.toUnmodifiableMap(Variable::keyword, Function.identity()));

    /** A switch over as many names would make a large frame at each level of a deep document. */
    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("Value", ExprJson::literal),
            Map.entry("Var", (body, place) -> variable(place.text(body, "the name of a variable"), place)),
            Map.entry("Slot", ExprJson::slot),
            Map.entry("!", (body, place) -> new Expr.Not(argument(body, place))),
            Map.entry("neg", (body, place) -> new Expr.Negate(argument(body, place))),
            Map.entry("isEmpty", (body, place) -> new Expr.IsEmpty(argument(body, place))),
            Map.entry("&&", (body, place) -> new Expr.And(operands(body, place))),
            Map.entry("||", (body, place) -> new Expr.Or(operands(body, place))),
            Map.entry(".", ExprJson::attribute),
            Map.entry("has", ExprJson::has),
            Map.entry("is", ExprJson::is),
            Map.entry("like", ExprJson::like),
            Map.entry("if-then-else", ExprJson::choice),
            Map.entry("Set", (body, place) -> new Expr.SetOf(all(body, place))),
            Map.entry("Record", ExprJson::record));

    /** How an expression of one name is read. */
    private interface Form {
        Expr read(Object body, JsonPlace place);
    }

    private ExprJson() {}

    static Expr read(Object tree, JsonPlace place) {
        Map<String, Object> object = place.object(tree, "an expression as an object");
        if (object.size() != 1) {
            throw place.error("an expression has one member, not " + object.size());
        }
        String key = object.keySet().iterator().next();
        Object body = place.demanded(object, key);
        JsonPlace within = place.member(key);
        try {
            Form form = FORMS.get(key);
            return form == null ? operatorOrCall(key, body, within) : form.read(body, within);
        } catch (CedarException e) {
            boolean placed = String.valueOf(e.getMessage()).startsWith(JsonPlace.ROOT.path());
            throw placed ? e : within.error(String.valueOf(e.getMessage()));
        }
    }

    private static Expr slot(Object body, JsonPlace place) {
        throw place.error("slots can only stand in the scope");
    }

    private static Expr attribute(Object body, JsonPlace place) {
        Map<String, Object> members = members(body, place, Set.of("left", "attr"));
        String name = place.member("attr").text(place.demanded(members, "attr"), "a name");
        return new Expr.GetAttribute(part(members, "left", place), name);
    }

    private static Expr choice(Object body, JsonPlace place) {
        Map<String, Object> members = members(body, place, Set.of("if", "then", "else"));
        return new Expr.If(part(members, "if", place), part(members, "then", place), part(members, "else", place));
    }

    private static Expr operatorOrCall(String key, Object body, JsonPlace place) {
        BinaryOperator binary = BINARY.get(key);
        if (binary != null) {
            List<Expr> operands = operands(body, place);
            return new Expr.Binary(binary, operands.get(0), operands.get(1));
        }
        ArithmeticOperator arithmetic = ARITHMETIC.get(key);
        if (arithmetic != null) {
            List<Expr> operands = operands(body, place);
            return new Expr.Arithmetic(operands.get(0), List.of(new Expr.Step(arithmetic, operands.get(1))));
        }
        ExtensionFunction function = ExtensionFunction.of(key);
        if (function == null) {
            throw place.error("there is no operator or function of this name");
        }
        return new Expr.Call(function, all(body, place));
    }

    private static Map<String, Object> members(Object body, JsonPlace place, Set<String> names) {
        Map<String, Object> members = place.object(body, "an object");
        place.checkNames(members, names);
        return members;
    }

    private static Expr part(Map<String, Object> members, String name, JsonPlace place) {
        return read(place.demanded(members, name), place.member(name));
    }

    private static Expr argument(Object body, JsonPlace place) {
        return part(members(body, place, Set.of("arg")), "arg", place);
    }

    private static List<Expr> operands(Object body, JsonPlace place) {
        Map<String, Object> members = members(body, place, Set.of("left", "right"));
        return List.of(part(members, "left", place), part(members, "right", place));
    }

    private static List<Expr> all(Object body, JsonPlace place) {
        List<Expr> all = new ArrayList<>();
        for (Object element : place.array(body, "an array of expressions")) {
            all.add(read(element, place.element(all.size())));
        }
        return all;
    }

    private static Expr record(Object body, JsonPlace place) {
        Map<String, Expr> members = new LinkedHashMap<>();
        place.object(body, "an object").forEach((name, member) -> members.put(name, read(member, place.member(name))));
        return new Expr.RecordOf(members);
    }

    private static Expr variable(String name, JsonPlace place) {
        Variable variable = VARIABLES.get(name);
        if (variable == null) {
            throw place.error("'" + name + "' is none of principal, action, resource, context");
        }
        return new Expr.Var(variable);
    }

    /** Reads a value; what cannot be written as a literal becomes the expression that makes it. */
    private static Expr literal(Object body, JsonPlace place) {
        return LiteralExprs.of(body, place);
    }

    private static Expr has(Object body, JsonPlace place) {
        Map<String, Object> members = members(body, place, Set.of("left", "attr"));
        Object attribute = place.demanded(members, "attr");
        Expr left = part(members, "left", place);
        if (attribute instanceof String name) {
            return new Expr.Has(left, List.of(name));
        }
        List<String> path = new ArrayList<>();
        JsonPlace within = place.member("attr");
        for (Object name : within.array(attribute, "a name, or an array of identifiers")) {
            path.add(within.text(name, "an identifier"));
        }
        if (path.isEmpty() || !path.stream().allMatch(Names::isIdentifier)) {
            throw within.error("expected one identifier or several");
        }
        return new Expr.Has(left, path);
    }

    private static Expr is(Object body, JsonPlace place) {
        Map<String, Object> members = members(body, place, Set.of("left", "entity_type", "in"));
        var type = PolicyJson.type(place.demanded(members, "entity_type"), place.member("entity_type"));
        Expr left = part(members, "left", place);
        return members.containsKey("in")
                ? new Expr.IsIn(left, type, part(members, "in", place))
                : new Expr.Is(left, type);
    }

    private static Expr like(Object body, JsonPlace place) {
        Map<String, Object> members = members(body, place, Set.of("left", "pattern"));
        Pattern.Builder pattern = new Pattern.Builder();
        JsonPlace within = place.member("pattern");
        for (Object part : within.array(place.demanded(members, "pattern"), "a pattern as an array")) {
            Map<String, Object> literal = JsonTree.object(part);
            if (literal != null && literal.size() == 1 && literal.get("Literal") instanceof String text) {
                new StringValue(text).value().codePoints().forEach(pattern::literal);
            } else if ("Wildcard".equals(part)) {
                pattern.wildcard();
            } else {
                throw within.error("expected \"Wildcard\" or {\"Literal\": text}");
            }
        }
        return new Expr.Like(part(members, "left", place), pattern.build());
    }

    static Object tree(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return Map.of("Value", value(literal.value()));
        }
        if (expr instanceof Expr.Var variable) {
            return Map.of("Var", variable.name().keyword());
        }
        if (expr instanceof Expr.And and) {
            return chain("&&", and.operands());
        }
        if (expr instanceof Expr.Or or) {
            return chain("||", or.operands());
        }
        if (expr instanceof Expr.Arithmetic arithmetic) {
            Object tree = tree(arithmetic.first());
            for (Expr.Step step : arithmetic.rest()) {
                tree = Map.of(step.operator().text(), sides(tree, tree(step.operand())));
            }
            return tree;
        }
        if (expr instanceof Expr.Binary binary) {
            return Map.of(binary.operator().text(), sides(tree(binary.left()), tree(binary.right())));
        }
        return expr instanceof Expr.Call call
                ? Map.of(call.function().text(), trees(call.arguments()))
                : otherTree(expr);
    }

    private static Object otherTree(Expr expr) {
        if (expr instanceof Expr.Not not) {
            return Map.of("!", Map.of("arg", tree(not.operand())));
        }
        if (expr instanceof Expr.Negate negate) {
            return Map.of("neg", Map.of("arg", tree(negate.operand())));
        }
        if (expr instanceof Expr.IsEmpty isEmpty) {
            return Map.of("isEmpty", Map.of("arg", tree(isEmpty.operand())));
        }
        if (expr instanceof Expr.GetAttribute get) {
            return Map.of(".", JsonWriter.members("left", tree(get.target()), "attr", get.name()));
        }
        if (expr instanceof Expr.Has has) {
            Object path = has.path().size() == 1 ? has.path().get(0) : has.path();
            return Map.of("has", JsonWriter.members("left", tree(has.target()), "attr", path));
        }
        if (expr instanceof Expr.SetOf set) {
            return Map.of("Set", trees(set.elements()));
        }
        if (expr instanceof Expr.RecordOf record) {
            Map<String, Object> members = new LinkedHashMap<>();
            record.members().forEach((name, member) -> members.put(name, tree(member)));
            return Map.of("Record", members);
        }
        return typeOrChoiceTree(expr);
    }

    private static Object typeOrChoiceTree(Expr expr) {
        if (expr instanceof Expr.Is is) {
            return Map.of(
                    "is",
                    JsonWriter.members(
                            "left", tree(is.target()), "entity_type", is.type().name()));
        }
        if (expr instanceof Expr.IsIn isIn) {
            return Map.of(
                    "is",
                    JsonWriter.members(
                            "left", tree(isIn.target()),
                            "entity_type", isIn.type().name(),
                            "in", tree(isIn.group())));
        }
        if (expr instanceof Expr.Like like) {
            return Map.of("like", JsonWriter.members("left", tree(like.target()), "pattern", pattern(like.pattern())));
        }
        Expr.If choice = (Expr.If) expr;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("if", tree(choice.condition()));
        members.put("then", tree(choice.then()));
        members.put("else", tree(choice.otherwise()));
        return Map.of("if-then-else", members);
    }

    private static List<Object> trees(List<Expr> exprs) {
        return exprs.stream().map(ExprJson::tree).toList();
    }

    private static Map<String, Object> sides(Object left, Object right) {
        Map<String, Object> sides = new LinkedHashMap<>();
        sides.put("left", left);
        sides.put("right", right);
        return sides;
    }

    private static Object chain(String operator, List<Expr> operands) {
        Object tree = tree(operands.get(0));
        for (Expr operand : operands.subList(1, operands.size())) {
            tree = Map.of(operator, sides(tree, tree(operand)));
        }
        return tree;
    }

    private static List<Object> pattern(Pattern pattern) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < pattern.parts().size(); i++) {
            if (i > 0) {
                parts.add("Wildcard");
            }
            if (!pattern.parts().get(i).isEmpty()) {
                parts.add(Map.of("Literal", pattern.parts().get(i)));
            }
        }
        return parts;
    }

    private static Object value(Value value) {
        if (value instanceof BoolValue bool) {
            return bool.asBoolean();
        }
        if (value instanceof LongValue number) {
            return number.value();
        }
        return value instanceof StringValue text ? text.value() : Map.of("__entity", uid((EntityUid) value));
    }

    static Map<String, Object> uid(EntityUid uid) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", uid.type().name());
        tree.put("id", uid.id());
        return tree;
    }
}
