package io.apiguard.cedar.json;

import io.apiguard.cedar.value.CedarException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where in a JSON document something stands, so that a refusal can say it: {@code $[3].attrs.owner}.
 *
 * @param path the way to it
 */
public record JsonPlace(String path) {

    /** The whole document. */
    public static final JsonPlace ROOT = new JsonPlace("$");

    /**
     * Returns the place of a member.
     *
     * @param name its name
     */
    public JsonPlace member(String name) {
        return new JsonPlace(path + "." + name);
    }

    /**
     * Returns the place of an element.
     *
     * @param index counted from 0
     */
    public JsonPlace element(int index) {
        return new JsonPlace(path + "[" + index + "]");
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
        return new CedarException(path + ": " + message);
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
                throw error("'" + name + "' is none of " + known.stream().sorted().toList());
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
