package io.apiguard.cedar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes random schemas: entity types in each other, with optional and required attributes, nested records, sets, tags and
 * enumerations; common types; actions in groups with contexts; and a namespace or two. A few name something that is not there. The same
 * seed makes the same text.
 */
final class RandomSchema {

    static final List<String> ATTRIBUTES = List.of(
            "flag", "count", "name", "owner", "tags", "info", "address", "amount", "at", "span", "odd key", "if");
    static final List<String> IDS = List.of("a", "b", "c", "é\"");
    private static final List<String> BUILT_IN = List.of(
            "Bool", "Long", "String", "decimal", "ipaddr", "datetime", "duration", "__cedar::Long", "__cedar::String");

    private final Random random;
    private final List<String> entityTypes = new ArrayList<>();
    private final List<String> commonTypes = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();

    RandomSchema(long seed) {
        this.random = new Random(seed);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> List<T> some(int least, int most, Supplier<T> maker) {
        return IntStream.range(0, least + random.nextInt(most - least + 1))
                .mapToObj(i -> maker.get())
                .toList();
    }

    String text() {
        entityTypes.addAll(List.of("User", "Group"));
        boolean named = chance(60);
        if (named) {
            entityTypes.addAll(List.of("N::Doc", "N::Folder"));
        } else {
            entityTypes.addAll(List.of("Doc", "Folder"));
        }
        StringBuilder text = new StringBuilder();
        commonTypes(text);
        entityTypes.stream().filter(type -> !type.contains("::")).forEach(type -> entity(text, type));
        actions(text, "Action");
        if (named) {
            text.append("namespace N {\n");
            entityTypes.stream().filter(type -> type.contains("::")).forEach(type -> entity(text, type.substring(3)));
            if (chance(70)) {
                actions(text, "N::Action");
            }
            text.append("}\n");
        }
        return text.toString();
    }

    private void commonTypes(StringBuilder text) {
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            text.append("type Common")
                    .append(i)
                    .append(" = ")
                    .append(chance(60) ? record(1) : type(1))
                    .append(";\n");
            commonTypes.add("Common" + i);
        }
    }

    private String mistaken(String name) {
        return random.nextInt(600) == 0 ? "Nobody" : name;
    }

    private void entity(StringBuilder text, String name) {
        text.append("entity ").append(name);
        if (chance(12)) {
            text.append(" enum [\"a\", \"b\"];\n");
            return;
        }
        Set<String> parents = new LinkedHashSet<>(some(0, 2, () -> mistaken(one(entityTypes))));
        text.append(parents.isEmpty() ? "" : " in [" + String.join(", ", parents) + "]");
        text.append(chance(50) ? " = " : " ").append(record(2));
        text.append(chance(40) ? " tags " + type(1) : "").append(";\n");
    }

    private String record(int depth) {
        Set<String> names = new LinkedHashSet<>(some(0, 5, () -> one(ATTRIBUTES)));
        return names.stream()
                .map(name -> (name.contains(" ") || name.equals("if") ? "\"" + name + "\"" : name)
                        + (chance(40) ? "?" : "") + ": " + type(depth))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String type(int depth) {
        int choice = random.nextInt(100);
        if (choice < 15 && depth > 0) {
            return "Set<" + type(depth - 1) + ">";
        }
        if (choice < 30 && depth > 0) {
            return record(depth - 1);
        }
        if (choice < 40 && !commonTypes.isEmpty()) {
            return one(commonTypes);
        }
        return choice < 65 ? mistaken(one(entityTypes)) : one(BUILT_IN);
    }

    private void actions(StringBuilder text, String type) {
        List<String> names = List.of("view", "edit", "all", "odd one").subList(0, 1 + random.nextInt(4));
        List<String> earlier = new ArrayList<>(actions);
        for (String name : names) {
            String own = type.equals("Action") ? name : "n" + name;
            text.append("action ").append(chance(50) && !own.contains(" ") ? own : "\"" + own + "\"");
            List<String> groups = earlier.isEmpty() ? List.of() : some(0, 2, () -> one(earlier));
            text.append(groups.isEmpty() ? "" : " in [" + String.join(", ", new LinkedHashSet<>(groups)) + "]");
            if (chance(85)) {
                text.append(" appliesTo { principal: ")
                        .append(types())
                        .append(", resource: ")
                        .append(types());
                text.append(chance(70) ? ", context: " + record(2) : "").append(" }");
            }
            text.append(";\n");
            earlier.add(type + "::\"" + own + "\"");
        }
        actions.addAll(earlier);
    }

    private String types() {
        return new LinkedHashSet<>(some(1, 2, () -> mistaken(one(entityTypes))))
                .stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
