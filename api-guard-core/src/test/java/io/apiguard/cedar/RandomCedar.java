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
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DecimalValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes random policy sets, entities and requests of one small world, so that scopes match, hierarchies meet and attributes are found
 * often; one expression in ten is of a type that does not fit. The same seed makes the same things.
 */
final class RandomCedar {

    static final List<EntityType> TYPES =
            List.of(new EntityType("User"), new EntityType("Group"), new EntityType("N::Doc"));
    private static final List<String> IDS = List.of("a", "b", "c", "", "é\"\n");
    private static final List<String> NAMES =
            List.of("flag", "count", "name", "owner", "tags", "info", "ip", "amount", "at", "span", "odd key", "if");
    private static final List<String> TEXTS = List.of("", "a", "abc", "a*c", "\\", "tag", "😀", "axb", "1.0");
    private static final List<String> DECIMALS =
            List.of("0.0", "1.0", "1.00", "-0.1", "922337203685477.5807", "1.23456", "+1.0", "1.");
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.1",
            "10.0.0.1/24",
            "127.0.0.1",
            "224.0.0.1",
            "::1",
            "ff00::1/8",
            "fe80::/10",
            "1.2.3.04",
            "::ffff:1.2.3.4",
            "0.0.0.0/0",
            "::/0");
    private static final List<String> DATETIMES = List.of(
            "2024-02-29",
            "2024-02-30",
            "1969-12-31T23:59:59.999Z",
            "0000-01-01",
            "9999-12-31T23:59:59Z",
            "2024-01-01T00:00:00+2359",
            "2024-01-01T24:00:00Z");
    private static final List<String> DURATIONS = List.of(
            "0ms", "1d", "-90m", "1d2h3m4s5ms", "9223372036854775807ms", "-9223372036854775808ms", "1h1d", "-", "1");
    private static final List<Long> NUMBERS = List.of(0L, 1L, 2L, -1L, 100L, Long.MAX_VALUE, Long.MIN_VALUE);

    /** The kinds of values that expressions are made to be of. */
    enum Kind {
        BOOL,
        LONG,
        STRING,
        ENTITY,
        SET,
        RECORD,
        DECIMAL,
        ADDRESS,
        DATETIME,
        DURATION
    }

    private final Random random;
    private final List<String> ids;
    private final int fullness;
    private final int depth;

    RandomCedar(long seed) {
        this(seed, IDS, 60, 2);
    }

    private RandomCedar(long seed, List<String> ids, int fullness, int depth) {
        this.random = new Random(seed);
        this.ids = ids;
        this.fullness = fullness;
        this.depth = depth;
    }

    /** Returns one that makes entities and contexts of little data, for whoever reads them again with each request. */
    static RandomCedar small(long seed) {
        return new RandomCedar(seed, List.of("a", "é\"\n"), 25, 1);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    private <T> T any(Supplier<? extends T>... makers) {
        return makers[random.nextInt(makers.length)].get();
    }

    private <T> List<T> some(int most, Supplier<T> maker) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> maker.get())
                .toList();
    }

    EntityUid uid() {
        return EntityUid.of(one(TYPES), one(ids));
    }

    EntityUid action() {
        return EntityUid.of(chance(80) ? "Action" : "N::Action", one(List.of("view", "edit", "all")));
    }

    /** Returns entities without cycles: each is only in entities with a later name. */
    List<Entity> entities() {
        List<EntityUid> all = new ArrayList<>();
        TYPES.forEach(type -> ids.forEach(id -> all.add(EntityUid.of(type, id))));
        List.of("view", "edit", "all").forEach(id -> all.add(EntityUid.of("Action", id)));
        List<Entity> entities = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int from = i;
            boolean action = all.get(i).type().isAction();
            Set<EntityUid> parents = all.stream()
                    .skip(from + 1L)
                    .filter(other -> other.type().isAction() == action && chance(20))
                    .collect(Collectors.toSet());
            if (chance(85)) {
                entities.add(new Entity(
                        all.get(i),
                        action ? RecordValue.EMPTY : record(depth),
                        action ? RecordValue.EMPTY : tags(),
                        parents));
            }
        }
        return entities;
    }

    private RecordValue tags() {
        Map<String, Value> tags = new HashMap<>();
        some(2, () -> one(TEXTS)).forEach(name -> tags.put(name, value(1)));
        return RecordValue.of(tags);
    }

    RecordValue record(int depth) {
        Map<String, Value> attributes = new HashMap<>();
        NAMES.stream().filter(name -> chance(fullness)).forEach(name -> attributes.put(name, attribute(name, depth)));
        return RecordValue.of(attributes);
    }

    private Value attribute(String name, int depth) {
        if (chance(10)) {
            return value(depth - 1);
        }
        return switch (name) {
            case "flag", "if" -> BoolValue.of(random.nextBoolean());
            case "count" -> new LongValue(one(NUMBERS));
            case "owner" -> uid();
            case "tags" -> set(depth - 1);
            case "info" -> depth > 0 ? record(depth - 1) : RecordValue.EMPTY;
            case "ip", "amount", "at", "span" -> extension(name);
            default -> new StringValue(one(TEXTS));
        };
    }

    private Value extension(String name) {
        Value value =
                switch (name) {
                    case "ip" -> IpAddressValue.parse(one(ADDRESSES));
                    case "amount" -> DecimalValue.parse(one(DECIMALS));
                    case "at" -> DatetimeValue.parse(one(DATETIMES));
                    default -> DurationValue.parse(one(DURATIONS));
                };
        return value == null ? new StringValue(one(TEXTS)) : value;
    }

    private SetValue set(int depth) {
        return SetValue.of(chance(50) ? some(3, this::uid) : some(3, () -> value(depth)));
    }

    Value value(int depth) {
        return any(
                () -> BoolValue.of(random.nextBoolean()),
                () -> new LongValue(one(NUMBERS)),
                () -> new StringValue(one(TEXTS)),
                this::uid,
                () -> extension(one(List.of("ip", "amount", "at", "span"))),
                () -> depth > 0 ? set(depth - 1) : SetValue.EMPTY,
                () -> depth > 0 ? record(depth - 1) : RecordValue.EMPTY);
    }

    CedarRequest request() {
        return new CedarRequest(uid(), action(), uid(), record(depth));
    }

    /** Returns some policies, and templates with links. */
    PolicySet policies(int most) {
        PolicySet.Builder all = PolicySet.EMPTY.toBuilder();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            Policy policy = policy(chance(25));
            all.add(
                    "p" + i,
                    new io.apiguard.cedar.parser.ParsedPolicy(policy, io.apiguard.cedar.ast.Positions.NONE, 0, 0));
            if (policy.isTemplate()) {
                Map<Slot, EntityUid> values = new EnumMap<>(Slot.class);
                policy.slots().forEach(slot -> values.put(slot, uid()));
                all.link("p" + i, "link" + i, values);
            }
        }
        return all.build();
    }

    Policy policy(boolean template) {
        Map<String, String> annotations = new LinkedHashMap<>();
        some(2, () -> one(List.of("id", "if", "advice"))).forEach(key -> annotations.put(key, one(TEXTS)));
        return new Policy(
                chance(70) ? Effect.PERMIT : Effect.FORBID,
                annotations,
                scope(template ? Slot.PRINCIPAL : null),
                actionScope(),
                scope(template && chance(50) ? Slot.RESOURCE : null),
                some(
                        2,
                        () -> new Condition(
                                chance(70) ? Condition.Kind.WHEN : Condition.Kind.UNLESS, expr(Kind.BOOL, 4))));
    }

    private EntityReference reference(Slot slot) {
        return slot != null && chance(80) ? slot : new EntityReference.Named(uid());
    }

    private Scope scope(Slot slot) {
        if (slot == null && chance(60)) {
            return new Scope.Any();
        }
        return any(
                () -> new Scope.Equal(reference(slot)),
                () -> new Scope.In(reference(slot)),
                () -> new Scope.Is(one(TYPES)),
                () -> new Scope.IsIn(one(TYPES), reference(slot)));
    }

    private Scope actionScope() {
        if (chance(40)) {
            return new Scope.Any();
        }
        return any(
                Scope.Any::new,
                () -> new Scope.Equal(new EntityReference.Named(action())),
                () -> new Scope.In(new EntityReference.Named(action())),
                () -> new Scope.InAny(some(3, this::action)));
    }

    Expr expr(Kind kind, int depth) {
        Kind wanted = chance(4) ? Kind.values()[random.nextInt(Kind.values().length)] : kind;
        if (depth > 0 && chance(8)) {
            return new Expr.If(expr(Kind.BOOL, depth - 1), expr(wanted, depth - 1), expr(wanted, depth - 1));
        }
        if (chance(15)) {
            return accessed(wanted, depth);
        }
        return switch (wanted) {
            case BOOL -> depth > 0 ? bool(depth - 1) : literal(BoolValue.of(random.nextBoolean()));
            case LONG -> depth > 0 ? number(depth - 1) : literal(new LongValue(one(NUMBERS)));
            case STRING -> literal(new StringValue(one(TEXTS)));
            case ENTITY -> chance(60) ? variable() : literal(uid());
            case SET -> new Expr.SetOf(some(3, () -> chance(60) ? expr(Kind.ENTITY, depth - 1) : leaf(depth)));
            case RECORD -> chance(40) ? new Expr.Var(Variable.CONTEXT) : recordOf(depth);
            case DECIMAL -> call(ExtensionFunction.DECIMAL, DECIMALS);
            case ADDRESS -> call(ExtensionFunction.IP, ADDRESSES);
            case DATETIME -> depth > 0 ? datetime(depth - 1) : call(ExtensionFunction.DATETIME, DATETIMES);
            case DURATION -> depth > 0 ? duration(depth - 1) : call(ExtensionFunction.DURATION, DURATIONS);
        };
    }

    private static Expr literal(Value value) {
        return new Expr.Literal(value);
    }

    private Expr variable() {
        return new Expr.Var(one(List.of(Variable.PRINCIPAL, Variable.ACTION, Variable.RESOURCE)));
    }

    private Expr leaf(int depth) {
        return expr(Kind.values()[random.nextInt(Kind.values().length)], Math.min(0, depth - 1));
    }

    private Expr recordOf(int depth) {
        Map<String, Expr> members = new LinkedHashMap<>();
        some(3, () -> one(NAMES)).forEach(name -> members.put(name, leaf(depth)));
        return new Expr.RecordOf(members);
    }

    private Expr call(ExtensionFunction constructor, List<String> texts) {
        Expr text = chance(5) ? accessed(Kind.STRING, 0) : literal(new StringValue(one(texts)));
        return new Expr.Call(constructor, chance(1) ? List.of() : List.of(text));
    }

    private Expr call(ExtensionFunction function, Expr... arguments) {
        List<Expr> all = new ArrayList<>(List.of(arguments));
        if (chance(2)) {
            all.add(literal(new LongValue(1)));
        }
        return new Expr.Call(function, all);
    }

    private String name(Kind kind) {
        return switch (kind) {
            case BOOL -> one(List.of("flag", "if"));
            case LONG -> "count";
            case ENTITY -> "owner";
            case SET -> "tags";
            case RECORD -> "info";
            case STRING -> "name";
            case DECIMAL -> "amount";
            case ADDRESS -> "ip";
            case DATETIME -> "at";
            case DURATION -> "span";
        };
    }

    private Expr holder(int depth) {
        Expr holder = chance(50) ? variable() : new Expr.Var(Variable.CONTEXT);
        return depth > 0 && chance(25) ? new Expr.GetAttribute(holder, one(List.of("info", "owner"))) : holder;
    }

    private Expr accessed(Kind kind, int depth) {
        return chance(12)
                ? new Expr.Binary(BinaryOperator.GET_TAG, variable(), literal(new StringValue(one(TEXTS))))
                : new Expr.GetAttribute(holder(depth), name(kind));
    }

    private List<Expr> several(Kind kind, int depth) {
        List<Expr> all = new ArrayList<>(List.of(expr(kind, depth), expr(kind, depth)));
        all.addAll(some(2, () -> expr(kind, depth)));
        return all;
    }

    private Expr bool(int depth) {
        return any(
                () -> new Expr.And(several(Kind.BOOL, depth)),
                () -> new Expr.Or(several(Kind.BOOL, depth)),
                () -> new Expr.Not(expr(Kind.BOOL, depth)),
                () -> equality(depth),
                () -> order(depth),
                () -> new Expr.Binary(
                        BinaryOperator.IN, expr(Kind.ENTITY, depth), expr(chance(60) ? Kind.ENTITY : Kind.SET, depth)),
                () -> has(depth),
                () -> new Expr.Binary(BinaryOperator.HAS_TAG, variable(), expr(Kind.STRING, 0)),
                () -> new Expr.Like(expr(Kind.STRING, depth), pattern()),
                () -> new Expr.Is(expr(Kind.ENTITY, depth), one(TYPES)),
                () -> new Expr.IsIn(
                        expr(Kind.ENTITY, depth), one(TYPES), expr(chance(60) ? Kind.ENTITY : Kind.SET, depth)),
                () -> new Expr.IsEmpty(expr(Kind.SET, depth)),
                () -> new Expr.Binary(BinaryOperator.CONTAINS, expr(Kind.SET, depth), leaf(depth)),
                () -> new Expr.Binary(
                        one(List.of(BinaryOperator.CONTAINS_ALL, BinaryOperator.CONTAINS_ANY)),
                        expr(Kind.SET, depth),
                        expr(Kind.SET, depth)),
                () -> extension(depth));
    }

    private Expr equality(int depth) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        return new Expr.Binary(
                one(List.of(BinaryOperator.EQUAL, BinaryOperator.NOT_EQUAL)), expr(kind, depth), expr(kind, depth));
    }

    private Expr order(int depth) {
        Kind kind = one(List.of(Kind.LONG, Kind.LONG, Kind.DATETIME, Kind.DURATION));
        BinaryOperator operator = one(List.of(
                BinaryOperator.LESS,
                BinaryOperator.LESS_OR_EQUAL,
                BinaryOperator.GREATER,
                BinaryOperator.GREATER_OR_EQUAL));
        return new Expr.Binary(operator, expr(kind, depth), expr(kind, depth));
    }

    private Expr has(int depth) {
        List<String> path = chance(60)
                ? List.of(one(NAMES))
                : List.of("info", one(List.of("flag", "info", "owner")), one(List.of("count", "tags")));
        return new Expr.Has(holder(depth), path);
    }

    private Pattern pattern() {
        Pattern.Builder pattern = new Pattern.Builder();
        some(4, () -> one(List.of("*", "a", "b", "c", "\\*", "😀"))).forEach(part -> {
            if (part.equals("*")) {
                pattern.wildcard();
            } else {
                pattern.literal(part.equals("\\*") ? '*' : part.codePointAt(0));
            }
        });
        return pattern.build();
    }

    private Expr extension(int depth) {
        ExtensionFunction decimal = one(List.of(
                ExtensionFunction.LESS_THAN,
                ExtensionFunction.LESS_THAN_OR_EQUAL,
                ExtensionFunction.GREATER_THAN,
                ExtensionFunction.GREATER_THAN_OR_EQUAL));
        ExtensionFunction address = one(List.of(
                ExtensionFunction.IS_IPV4,
                ExtensionFunction.IS_IPV6,
                ExtensionFunction.IS_LOOPBACK,
                ExtensionFunction.IS_MULTICAST));
        return any(
                () -> call(decimal, expr(Kind.DECIMAL, depth), expr(Kind.DECIMAL, depth)),
                () -> call(address, expr(Kind.ADDRESS, depth)),
                () -> call(ExtensionFunction.IS_IN_RANGE, expr(Kind.ADDRESS, depth), expr(Kind.ADDRESS, depth)));
    }

    private Expr number(int depth) {
        ExtensionFunction unit = one(List.of(
                ExtensionFunction.TO_MILLISECONDS,
                ExtensionFunction.TO_SECONDS,
                ExtensionFunction.TO_MINUTES,
                ExtensionFunction.TO_HOURS,
                ExtensionFunction.TO_DAYS));
        return any(
                () -> literal(new LongValue(one(NUMBERS))),
                () -> new Expr.Negate(expr(Kind.LONG, depth)),
                () -> new Expr.Arithmetic(
                        expr(Kind.LONG, depth), steps(depth, ArithmeticOperator.ADD, ArithmeticOperator.SUBTRACT)),
                () -> new Expr.Arithmetic(expr(Kind.LONG, depth), steps(depth, ArithmeticOperator.MULTIPLY)),
                () -> call(unit, expr(Kind.DURATION, depth)));
    }

    private List<Expr.Step> steps(int depth, ArithmeticOperator... operators) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> new Expr.Step(one(List.of(operators)), expr(Kind.LONG, depth)))
                .toList();
    }

    private Expr datetime(int depth) {
        return any(
                () -> call(ExtensionFunction.DATETIME, DATETIMES),
                () -> call(ExtensionFunction.TO_DATE, expr(Kind.DATETIME, depth)),
                () -> call(ExtensionFunction.OFFSET, expr(Kind.DATETIME, depth), expr(Kind.DURATION, depth)));
    }

    private Expr duration(int depth) {
        return any(
                () -> call(ExtensionFunction.DURATION, DURATIONS),
                () -> call(ExtensionFunction.TO_TIME, expr(Kind.DATETIME, depth)),
                () -> call(ExtensionFunction.DURATION_SINCE, expr(Kind.DATETIME, depth), expr(Kind.DATETIME, depth)));
    }
}
