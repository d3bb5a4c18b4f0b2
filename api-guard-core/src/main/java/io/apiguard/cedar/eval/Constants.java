package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.Value;
import java.util.List;

/** Evaluates what depends on no request. Thread-safe. */
public final class Constants {

    private static final EntityUid NOBODY = EntityUid.of(new EntityType("Nobody"), "");

    private Constants() {}

    static Frame nothing() {
        return new Frame(NOBODY, NOBODY, NOBODY, RecordValue.EMPTY, Entities.NONE);
    }

    /**
     * Returns what a function makes of values.
     *
     * @param function any
     * @param arguments what it is called with
     * @throws CedarException if it cannot be called with them
     */
    public static Value call(ExtensionFunction function, List<Value> arguments) {
        Frame frame = nothing();
        Node[] constants = arguments.stream().map(Node.Constant::new).toArray(Node[]::new);
        Value value = new CallNode(function, constants).eval(frame);
        if (value == null) {
            throw new CedarException(frame.errorDetail());
        }
        return value;
    }
}
