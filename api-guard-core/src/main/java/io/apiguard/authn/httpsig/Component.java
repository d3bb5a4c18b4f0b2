package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldParser;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import io.apiguard.internal.structured.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of a component (RFC 9421 sections 2 and 2.5). Two are equal whatever the order of their parameters (section 2).
 *
 * @param name a field name in lower case, or the name of a derived component
 * @param parameters what selects a part of it, each understood and of the right type
 */
record Component(String name, Parameters parameters) {

    private static final String MARKS = "!#$%&'*+-.^_`|~";
    private static final Set<String> FLAGS = Set.of("sf", "bs", "tr", "req");

    static Component of(Member.Item item) {
        if (!(item.value() instanceof BareItem.Text text)) {
            throw new MalformedField("a component whose name is not a String");
        }
        Component component = new Component(text.value(), item.parameters());
        component.check();
        return component;
    }

    /** Reads the name of a component without parameters, or a whole identifier, which begins with a quote. */
    static Component parse(String text) {
        return text.startsWith("\"")
                ? of(FieldParser.item(List.of(text)))
                : of(new Member.Item(new BareItem.Text(text), Parameters.NONE));
    }

    private void check() {
        for (Map.Entry<String, BareItem> parameter : parameters.values().entrySet()) {
            checkParameter(parameter.getKey(), parameter.getValue());
        }
        if (!isDerived() && !isFieldName(name)) {
            throw new MalformedField("a component whose name is no field name in lower case");
        }
        if (has("bs") && (has("sf") || has("key"))) {
            throw new MalformedField("a component with both 'bs' and 'sf' or 'key'");
        }
        if (name.equals("@query-param") != has("name")) {
            throw new MalformedField("a query parameter without its name, or another component with one");
        }
    }

    private void checkParameter(String key, BareItem value) {
        boolean right = FLAGS.contains(key)
                ? value.equals(new BareItem.Truth(true))
                : (key.equals("key") || key.equals("name")) && value instanceof BareItem.Text;
        if (!right || (isDerived() && !key.equals("req") && !key.equals("name"))) {
            throw new MalformedField("a component with a parameter that it cannot have");
        }
    }

    private static boolean isFieldName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    boolean isDerived() {
        return name.startsWith("@");
    }

    boolean has(String parameter) {
        return parameters.has(parameter);
    }

    @Nullable String text(String parameter) {
        return parameters.get(parameter) instanceof BareItem.Text text ? text.value() : null;
    }

    Member.Item item() {
        return new Member.Item(new BareItem.Text(name), parameters);
    }

    /** Whether this covers all of what the other names: the same, or the same field in another form of its whole value. */
    boolean covers(Component other) {
        return equals(other) || (other.parameters.isEmpty() && !isDerived() && name.equals(other.name) && isWhole());
    }

    private boolean isWhole() {
        return parameters.values().keySet().stream().allMatch(key -> key.equals("sf") || key.equals("bs"));
    }
}
