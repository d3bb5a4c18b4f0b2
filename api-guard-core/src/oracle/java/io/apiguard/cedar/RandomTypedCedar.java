package io.apiguard.cedar;

import io.apiguard.cedar.ast.ArithmeticOperator;
import io.apiguard.cedar.ast.BinaryOperator;
import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.ast.Pattern;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.Extension;
import io.apiguard.cedar.schema.CedarType.Primitive;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.schema.Schema.ActionDefinition;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Makes random policies that a schema often approves of: expressions are made for the type that is wanted in one environment, from
 * what its principal, action, resource and context have, with {@code has} before most of what can be missing. A few choices pay no heed
 * to types. The same seed makes the same policies.
 */
final class RandomTypedCedar {

    private static final List<CedarType> TYPES = List.of(
            Bool.ANY,
            Primitive.LONG,
            Primitive.STRING,
            Extension.DECIMAL,
            Extension.IPADDR,
            Extension.DATETIME,
            Extension.DURATION);
    private static final List<String> TEXTS = List.of("", "a", "abc", "1.0", "10.0.0.1", "2024-01-01", "1d");

    /** An expression that reads something, its type, and what must be asked before. */
    private record Path(Expr expr, CedarType type, List<Expr> guards) {}

    private final Schema schema;
    private final Random random;
    private final List<EntityType> entityTypes;
    private final List<EntityUid> actions;
    private EntityType principal = new EntityType("User");
    private EntityType resource = new EntityType("User");
    private EntityUid action = EntityUid.of("Action", "view");
    private List<Path> paths = List.of();
    private List<Expr> guards = new ArrayList<>();

    RandomTypedCedar(Schema schema, long seed) {
        this.schema = schema;
        this.random = new Random(seed);
        this.entityTypes = schema.entityTypes().keySet().stream().sorted().toList();
        this.actions = schema.actions().keySet().stream().sorted().toList();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private boolean mistake() {
        return random.nextInt(150) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    private <T> T any(Supplier<? extends T>... makers) {
        return makers[random.nextInt(makers.length)].get();
    }

    Policy policy() {
        action = one(actions);
        ActionDefinition definition = schema.actions().get(action);
        principal = definition.principals().isEmpty()
                ? one(entityTypes)
                : one(definition.principals().stream().sorted().toList());
        resource = definition.resources().isEmpty()
                ? one(entityTypes)
                : one(definition.resources().stream().sorted().toList());
        paths = new ArrayList<>();
        explore(new Path(new Expr.Var(Variable.PRINCIPAL), new EntityOf(principal), List.of()), 2);
        explore(new Path(new Expr.Var(Variable.RESOURCE), new EntityOf(resource), List.of()), 2);
        explore(new Path(new Expr.Var(Variable.CONTEXT), definition.context(), List.of()), 2);
        explore(new Path(new Expr.Var(Variable.ACTION), new EntityOf(action.type()), List.of()), 0);
        boolean template = chance(15);
        return new Policy(
                chance(70) ? Effect.PERMIT : Effect.FORBID,
                Map.of(),
                scope(principal, template ? Slot.PRINCIPAL : null),
                actionScope(),
                scope(resource, template && chance(50) ? Slot.RESOURCE : null),
                IntStream.range(0, 1 + random.nextInt(2))
                        .mapToObj(i -> condition())
                        .toList());
    }

    private Condition condition() {
        boolean when = chance(75);
        return new Condition(when ? Condition.Kind.WHEN : Condition.Kind.UNLESS, guarded(3));
    }

    /** Returns a Boolean expression after what it needs, or what it needs in another place. */
    private Expr guarded(int depth) {
        List<Expr> outer = guards;
        guards = new ArrayList<>();
        Expr body = expr(Bool.ANY, depth);
        List<Expr> operands = new ArrayList<>(guards);
        guards = outer;
        if (operands.isEmpty()) {
            return body;
        }
        if (chance(3)) {
            operands.remove(random.nextInt(operands.size()));
        }
        if (chance(8)) {
            operands.add(literal(BoolValue.of(true)));
            return new Expr.If(
                    operands.size() == 1 ? operands.get(0) : new Expr.And(operands), body, expr(Bool.ANY, 0));
        }
        operands.add(body);
        return operands.size() == 1 ? body : chance(2) ? new Expr.Or(operands) : new Expr.And(operands);
    }

    private void explore(Path path, int depth) {
        paths.add(path);
        RecordOf attributes = attributes(path.type());
        if (depth == 0 || attributes == null) {
            return;
        }
        new TreeMap<>(attributes.attributes())
                .forEach((name, attribute) -> explore(
                        new Path(
                                new Expr.GetAttribute(path.expr(), name),
                                attribute.type(),
                                needs(path, name, attribute)),
                        depth - 1));
        EntityDefinition entity =
                path.type() instanceof EntityOf of ? schema.entityTypes().get(of.type()) : null;
        if (entity != null && entity.tags() != null) {
            Expr name = literal(new StringValue(one(TEXTS)));
            List<Expr> needs = new ArrayList<>(path.guards());
            needs.add(new Expr.Binary(BinaryOperator.HAS_TAG, path.expr(), name));
            explore(
                    new Path(new Expr.Binary(BinaryOperator.GET_TAG, path.expr(), name), entity.tags(), needs),
                    depth - 1);
        }
    }

    private static List<Expr> needs(Path path, String name, Attribute attribute) {
        if (attribute.required()) {
            return path.guards();
        }
        List<Expr> needs = new ArrayList<>(path.guards());
        needs.add(new Expr.Has(path.expr(), List.of(name)));
        return needs;
    }

    private RecordOf attributes(CedarType type) {
        if (type instanceof RecordOf record) {
            return record;
        }
        EntityDefinition entity =
                type instanceof EntityOf of ? schema.entityTypes().get(of.type()) : null;
        return entity == null ? null : entity.attributes();
    }

    private EntityUid uid(EntityType type) {
        if (mistake()) {
            return EntityUid.of("Nobody", "a");
        }
        if (type.isAction()) {
            return one(actions);
        }
        EntityDefinition definition = schema.entityTypes().get(type);
        return EntityUid.of(
                type, definition == null || definition.ids() == null || mistake() ? one(RandomSchema.IDS) : "a");
    }

    private EntityType otherType(EntityType type) {
        return chance(15) ? one(entityTypes) : type;
    }

    private EntityType group(EntityType type) {
        EntityDefinition definition = schema.entityTypes().get(type);
        List<EntityType> groups = definition == null
                ? List.of()
                : definition.ancestors().stream().sorted().toList();
        return groups.isEmpty() || chance(20) ? otherType(type) : one(groups);
    }

    private EntityReference reference(EntityType type, Slot slot) {
        return slot != null ? slot : new EntityReference.Named(uid(type));
    }

    private Scope scope(EntityType type, Slot slot) {
        if (slot == null && chance(50)) {
            return new Scope.Any();
        }
        if (slot == null && chance(50)) {
            return new Scope.Is(otherType(type));
        }
        return any(
                () -> new Scope.Equal(reference(otherType(type), slot)),
                () -> new Scope.In(reference(group(type), slot)),
                () -> new Scope.IsIn(otherType(type), reference(group(type), slot)));
    }

    private Scope actionScope() {
        return any(
                Scope.Any::new,
                () -> new Scope.Equal(new EntityReference.Named(action)),
                () -> new Scope.Equal(new EntityReference.Named(action)),
                () -> new Scope.In(new EntityReference.Named(chance(50) ? action : one(actions))),
                () -> new Scope.InAny(IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> one(actions))
                        .toList()));
    }

    private static Expr literal(Value value) {
        return new Expr.Literal(value);
    }

    private CedarType anyType(int depth) {
        if (chance(20)) {
            return new EntityOf(one(entityTypes));
        }
        if (depth > 0 && chance(15)) {
            return new SetOf(anyType(depth - 1));
        }
        return chance(40) ? one(paths).type() : one(TYPES);
    }

    private Expr expr(CedarType type, int depth) {
        CedarType wanted = mistake() ? anyType(1) : type;
        if (depth > 0 && chance(6)) {
            return new Expr.If(guarded(depth - 1), expr(wanted, depth - 1), expr(wanted, depth - 1));
        }
        List<Path> reading =
                paths.stream().filter(path -> path.type().equals(wanted)).toList();
        if (!reading.isEmpty() && chance(wanted == Bool.ANY ? 15 : 55)) {
            Path path = one(reading);
            guards.addAll(path.guards());
            return path.expr();
        }
        return made(wanted, depth);
    }

    private Expr made(CedarType type, int depth) {
        if (type instanceof Bool) {
            return depth > 0 ? bool(depth - 1) : literal(BoolValue.of(random.nextBoolean()));
        }
        if (type instanceof EntityOf entity) {
            return literal(uid(entity.type()));
        }
        if (type instanceof SetOf set) {
            int size = mistake() ? 0 : 1 + random.nextInt(2);
            return new Expr.SetOf(IntStream.range(0, size)
                    .mapToObj(i -> expr(set.element(), depth - 1))
                    .toList());
        }
        if (type instanceof RecordOf record) {
            Map<String, Expr> members = new LinkedHashMap<>();
            new TreeMap<>(record.attributes())
                    .forEach((name, member) -> members.put(name, expr(member.type(), depth - 1)));
            return new Expr.RecordOf(members);
        }
        return type instanceof Extension extension ? extension(extension, depth) : primitive(type, depth);
    }

    private Expr primitive(CedarType type, int depth) {
        if (type == Primitive.STRING) {
            return literal(new StringValue(one(TEXTS)));
        }
        if (depth <= 0) {
            return literal(new LongValue(random.nextInt(5) - 2));
        }
        ArithmeticOperator operator = one(List.of(ArithmeticOperator.values()));
        return any(
                () -> literal(new LongValue(random.nextLong())),
                () -> new Expr.Negate(expr(type, depth - 1)),
                () -> new Expr.Arithmetic(
                        expr(type, depth - 1), List.of(new Expr.Step(operator, expr(type, depth - 1)))),
                () -> call(
                        one(List.of(ExtensionFunction.TO_MILLISECONDS, ExtensionFunction.TO_DAYS)),
                        expr(Extension.DURATION, depth - 1)));
    }

    private Expr call(ExtensionFunction function, Expr... arguments) {
        List<Expr> all = new ArrayList<>(List.of(arguments));
        if (mistake()) {
            all.add(literal(new LongValue(1)));
        }
        return new Expr.Call(function, all);
    }

    private Expr constructor(ExtensionFunction function, String... texts) {
        Expr text = mistake() ? expr(Primitive.STRING, 0) : literal(new StringValue(one(List.of(texts))));
        return call(function, text);
    }

    private Expr extension(Extension type, int depth) {
        boolean deep = depth > 0 && chance(50);
        return switch (type) {
            case DECIMAL -> constructor(ExtensionFunction.DECIMAL, "0.0", "1.5", "-3.1415");
            case IPADDR -> constructor(ExtensionFunction.IP, "10.0.0.1", "::1/8");
            case DATETIME ->
                deep
                        ? call(
                                ExtensionFunction.OFFSET,
                                expr(Extension.DATETIME, depth - 1),
                                expr(Extension.DURATION, depth - 1))
                        : constructor(ExtensionFunction.DATETIME, "2024-01-01", "2024-01-01T00:00:00Z");
            case DURATION ->
                deep
                        ? call(
                                ExtensionFunction.DURATION_SINCE,
                                expr(Extension.DATETIME, depth - 1),
                                expr(Extension.DATETIME, depth - 1))
                        : constructor(ExtensionFunction.DURATION, "1d", "-90m");
        };
    }

    private Path entityPath() {
        List<Path> entities =
                paths.stream().filter(path -> path.type() instanceof EntityOf).toList();
        Path path = one(entities);
        guards.addAll(path.guards());
        return path;
    }

    private Expr bool(int depth) {
        return any(
                () -> new Expr.And(List.of(guarded(depth), guarded(depth))),
                () -> new Expr.Or(List.of(guarded(depth), guarded(depth))),
                () -> new Expr.Not(guarded(depth)),
                () -> equality(depth),
                () -> equality(depth),
                () -> order(depth),
                () -> in(depth),
                () -> has(),
                () -> is(depth),
                () -> new Expr.Like(expr(Primitive.STRING, depth), pattern()),
                () -> collection(depth),
                () -> ofExtension(depth));
    }

    private static Pattern pattern() {
        Pattern.Builder pattern = new Pattern.Builder();
        pattern.literal('a');
        pattern.wildcard();
        return pattern.build();
    }

    private Expr equality(int depth) {
        CedarType type = anyType(1);
        CedarType other = type instanceof EntityOf && chance(20) ? new EntityOf(one(entityTypes)) : type;
        return new Expr.Binary(
                one(List.of(BinaryOperator.EQUAL, BinaryOperator.NOT_EQUAL)), expr(type, depth), expr(other, depth));
    }

    private Expr order(int depth) {
        CedarType type = one(List.of(Primitive.LONG, Primitive.LONG, Extension.DATETIME, Extension.DURATION));
        BinaryOperator operator = one(List.of(
                BinaryOperator.LESS,
                BinaryOperator.LESS_OR_EQUAL,
                BinaryOperator.GREATER,
                BinaryOperator.GREATER_OR_EQUAL));
        return new Expr.Binary(operator, expr(type, depth), expr(type, depth));
    }

    private Expr groups(EntityType type, int depth) {
        if (type.isAction()) {
            EntityUid group = chance(50) ? action : one(actions);
            return chance(50) ? literal(group) : new Expr.SetOf(List.of(literal(group), literal(one(actions))));
        }
        CedarType group = new EntityOf(group(type));
        return expr(chance(60) ? group : new SetOf(group), depth);
    }

    private Expr in(int depth) {
        Path path = entityPath();
        return new Expr.Binary(BinaryOperator.IN, path.expr(), groups(((EntityOf) path.type()).type(), depth));
    }

    private Expr is(int depth) {
        Path path = entityPath();
        EntityType type = ((EntityOf) path.type()).type();
        EntityType asked = otherType(type);
        return chance(50) ? new Expr.Is(path.expr(), asked) : new Expr.IsIn(path.expr(), asked, groups(type, depth));
    }

    private Expr has() {
        List<Path> holders =
                paths.stream().filter(path -> attributes(path.type()) != null).toList();
        Path holder = one(holders);
        guards.addAll(holder.guards());
        if (holder.type() instanceof EntityOf && chance(25)) {
            return new Expr.Binary(BinaryOperator.HAS_TAG, holder.expr(), expr(Primitive.STRING, 0));
        }
        List<String> names = new ArrayList<>();
        CedarType type = holder.type();
        do {
            List<String> known =
                    attributes(type).attributes().keySet().stream().sorted().toList();
            String name = known.isEmpty() || chance(10) ? one(RandomSchema.ATTRIBUTES) : one(known);
            names.add(name);
            Attribute attribute = attributes(type).attributes().get(name);
            type = attribute == null ? null : attribute.type();
        } while (type != null && attributes(type) != null && chance(70));
        boolean written = names.stream().noneMatch(name -> name.equals("if") || name.contains(" "));
        return new Expr.Has(holder.expr(), written ? names : names.subList(0, 1));
    }

    private Expr collection(int depth) {
        CedarType element = anyType(0);
        Expr set = expr(new SetOf(element), depth);
        return any(
                () -> new Expr.IsEmpty(set),
                () -> new Expr.Binary(BinaryOperator.CONTAINS, set, expr(element, depth)),
                () -> new Expr.Binary(
                        one(List.of(BinaryOperator.CONTAINS_ALL, BinaryOperator.CONTAINS_ANY)),
                        set,
                        expr(new SetOf(element), depth)));
    }

    private Expr ofExtension(int depth) {
        return any(
                () -> call(ExtensionFunction.LESS_THAN, expr(Extension.DECIMAL, depth), expr(Extension.DECIMAL, depth)),
                () -> call(ExtensionFunction.IS_IPV4, expr(Extension.IPADDR, depth)),
                () -> call(
                        ExtensionFunction.IS_IN_RANGE, expr(Extension.IPADDR, depth), expr(Extension.IPADDR, depth)));
    }
}
