package io.apiguard.cedar.json;

import io.apiguard.cedar.value.CedarException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON document something stands, so that a refusal can say it: {@code $[3].attrs.owner}.
 *
 * <p>Put into words only when asked for, since most documents are read without a refusal. Immutable and thread-safe.
 */
public final class JsonPlace {

    /** The whole document. */
    public static final JsonPlace ROOT = new JsonPlace(null, "$", 0);

    private final @Nullable JsonPlace around;
    private final @Nullable String name;
    private final int index;

    private JsonPlace(@Nullable JsonPlace around, @Nullable String name, int index) {
        this.around = around;
        this.name = name;
        this.index = index;
    }

    /** Returns the way to it. */
    public String path() {
        Deque<JsonPlace> steps = new ArrayDeque<>();
        for (JsonPlace place = this; place != null; place = place.around) {
            steps.push(place);
        }
        StringBuilder path = new StringBuilder();
        for (JsonPlace step : steps) {
            path.append(step.name == null ? "[" + step.index + "]" : step.around == null ? step.name : "." + step.name);
        }
        return path.toString();
    }

    /**
     * Returns the place of a member.
     *
     * @param name its name
     */
    public JsonPlace member(String name) {
        return new JsonPlace(this, name, 0);
    }

    /**
     * Returns the place of an element.
     *
     * @param index counted from 0
     */
    public JsonPlace element(int index) {
        return new JsonPlace(this, null, index);
    }

    /**
     * Returns a refusal of what stands here.
     *
     * @param expected what should stand here
     * @param found what does
     */
    public CedarException expected(String expected, Object found) {
        return error("expected " + expected + ", found " + JsonTree.shown(found));
    }

    /**
     * Returns a refusal of what stands here.
     *
     * @param message why
     */
    public CedarException error(String message) {
        return new CedarException(path() + ": " + message);
    }

    /**
     * Returns what stands here as an object.
     *
     * @param tree what stands here
     * @param what what it should be, for the refusal
     * @throws CedarException if it is none
     */
    public Map<String, Object> object(Object tree, String what) {
        Map<String, Object> object = JsonTree.object(tree);
        if (object == null) {
            throw expected(what, tree);
        }
        return object;
    }

    /**
     * Returns what stands here as an array.
     *
     * @param tree what stands here
     * @param what what it should be, for the refusal
     * @throws CedarException if it is none
     */
    public List<Object> array(Object tree, String what) {
        List<Object> array = JsonTree.array(tree);
        if (array == null) {
            throw expected(what, tree);
        }
        return array;
    }

    /**
     * Returns what stands here as a text.
     *
     * @param tree what stands here
     * @param what what it should be, for the refusal
     * @throws CedarException if it is none
     */
    public String text(Object tree, String what) {
        if (tree instanceof String text) {
            return text;
        }
        throw expected(what, tree);
    }

    /**
     * Refuses an object that has other members than these.
     *
     * @param object what stands here
     * @param known the names that are permitted
     * @throws CedarException if it has another
     */
    public void checkNames(Map<String, Object> object, Set<String> known) {
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                throw error(
                        "'" + name + "' is none of " + known.stream().sorted().toList());
            }
        }
    }

    /**
     * Returns a member that must be there.
     *
     * @param object what stands here
     * @param name its name
     * @throws CedarException if it is not
     */
    public Object demanded(Map<String, Object> object, String name) {
        Object member = object.get(name);
        if (member == null) {
            throw error("'" + name + "' is missing");
        }
        return member;
    }
}
