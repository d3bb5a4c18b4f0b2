package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/** The call of an extension function. */
final class CallNode extends Node {

    private final ExtensionFunction function;
    private final Node[] arguments;

    CallNode(ExtensionFunction function, Node[] arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    @Override
    @Nullable Value eval(Frame frame) {
        if (arguments.length != function.arity()) {
            return frame.fail(
                    ErrorKind.ARGUMENT_COUNT,
                    "'" + function.text() + "' takes " + function.arity() + " arguments, not " + arguments.length);
        }
        Value first = arguments[0].eval(frame);
        if (first == null) {
            return null;
        }
        if (arguments.length == 1) {
            return Extensions.call(frame, function, first);
        }
        Value second = arguments[1].eval(frame);
        return second == null ? null : Extensions.call(frame, function, first, second);
    }
}
