package io.apiguard.internal.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One step of the tree that flat keys make: a value, or further steps by name or index. */
final class SettingsNode {

    private static final Pattern STEP = Pattern.compile("(?:^|\\.)([^.\\[\\]]++)|(\\[\\d{1,6}])|\\[([^\\[\\]]++)]");
    private static final int DEEPEST = 16;

    private final Map<String, SettingsNode> children = new LinkedHashMap<>();
    private SettingsSource.@Nullable Entry entry;

    /** Returns the tree of a source. */
    static SettingsNode tree(SettingsSource source) {
        SettingsNode root = new SettingsNode();
        source.entries().forEach((key, entry) -> root.put(key, entry));
        return root;
    }

    private void put(String key, SettingsSource.Entry value) {
        List<String> steps = steps(key);
        if (steps.isEmpty() || steps.size() > DEEPEST) {
            throw SettingsException.of(key, "is no key", "Write keys as jwt.issuer and routes[0].endpoint");
        }
        SettingsNode node = this;
        for (String step : steps) {
            node = node.children.computeIfAbsent(step, name -> new SettingsNode());
        }
        node.entry = value;
    }

    private static List<String> steps(String key) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(key);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            steps.add(step(matcher));
        }
        return end == key.length() ? steps : List.of();
    }

    private static String step(Matcher matcher) {
        for (int group = 1; group < 3; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return matcher.group(3);
    }

    /** Returns the value that stands at this very step, or {@code null}. */
    SettingsSource.@Nullable Entry entry() {
        return entry;
    }

    Map<String, SettingsNode> children() {
        return children;
    }

    /** Returns the first value at or below this step, or {@code null} for an empty tree. */
    SettingsSource.@Nullable Entry first() {
        if (entry != null) {
            return entry;
        }
        for (SettingsNode child : children.values()) {
            SettingsSource.Entry first = child.first();
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** Returns the step that a key leads to, whatever the spelling of its parts, or {@code null} if nobody wrote it. */
    @Nullable SettingsNode find(String key) {
        SettingsNode node = this;
        for (String step : steps(key)) {
            node = node.child(step);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private @Nullable SettingsNode child(String step) {
        for (Map.Entry<String, SettingsNode> child : children.entrySet()) {
            if (Keys.uniform(child.getKey()).equals(Keys.uniform(step))) {
                return child.getValue();
            }
        }
        return null;
    }
}
