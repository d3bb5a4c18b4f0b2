package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.Position;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a policy stand in the text that they were read from. Apart from the tree, so that trees are equal if they say the same.
 *
 * <p>Thread-safe once it is filled.
 */
public final class Positions {

    /** Nothing is known, as for a policy that was not read from text. */
    public static final Positions NONE = new Positions();

    private final IdentityHashMap<Object, Position> places = new IdentityHashMap<>();

    /** Makes one that knows nothing yet. */
    public Positions() {}

    /**
     * Notes where a part stands.
     *
     * @param part a policy, scope, condition or expression
     * @param position where
     */
    public void put(Object part, Position position) {
        places.put(part, position);
    }

    /**
     * Returns where a part stands, or {@code null} if that is not known.
     *
     * @param part the very object that was read
     */
    public @Nullable Position of(Object part) {
        return places.get(part);
    }
}
