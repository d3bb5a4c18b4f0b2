package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.ExtensionFunction;
import io.apiguard.cedar.eval.Constants;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.CedarType.Extension;
import io.apiguard.cedar.schema.CedarType.Primitive;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.StringValue;
import java.util.List;

/** The types of the extension functions. */
final class CallTypes {

    private CallTypes() {}

    /** What a function takes and gives. */
    private record Signature(CedarType result, List<CedarType> parameters) {

        Signature(CedarType result, CedarType... parameters) {
            this(result, List.of(parameters));
        }
    }

    static CedarType type(Expr.Call call, TypeChecker checker, Known known) {
        ExtensionFunction function = call.function();
        if (call.arguments().size() != function.arity()) {
            throw new TypeFault(
                    call,
                    "'" + function.text() + "' takes " + function.arity() + " arguments, not "
                            + call.arguments().size());
        }
        Signature signature = signature(function);
        for (int i = 0; i < function.arity(); i++) {
            checker.expect(call.arguments().get(i), known, signature.parameters.get(i));
        }
        if (function.isConstructor()) {
            checkLiteral(call);
        }
        return signature.result;
    }

    /** Only a text that is written down can be known to be one of the type. */
    private static void checkLiteral(Expr.Call call) {
        if (!(call.arguments().get(0) instanceof Expr.Literal literal)
                || !(literal.value() instanceof StringValue text)) {
            throw new TypeFault(
                    call, "strict validation takes '" + call.function().text() + "' of a literal only");
        }
        try {
            Constants.call(call.function(), List.of(text));
        } catch (CedarException e) {
            throw new TypeFault(call, String.valueOf(e.getMessage()));
        }
    }

    private static Signature signature(ExtensionFunction function) {
        return switch (function) {
            case DECIMAL -> new Signature(Extension.DECIMAL, Primitive.STRING);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                new Signature(Bool.ANY, Extension.DECIMAL, Extension.DECIMAL);
            case IP -> new Signature(Extension.IPADDR, Primitive.STRING);
            case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST -> new Signature(Bool.ANY, Extension.IPADDR);
            case IS_IN_RANGE -> new Signature(Bool.ANY, Extension.IPADDR, Extension.IPADDR);
            case DATETIME -> new Signature(Extension.DATETIME, Primitive.STRING);
            case DURATION -> new Signature(Extension.DURATION, Primitive.STRING);
            case OFFSET -> new Signature(Extension.DATETIME, Extension.DATETIME, Extension.DURATION);
            case DURATION_SINCE -> new Signature(Extension.DURATION, Extension.DATETIME, Extension.DATETIME);
            case TO_DATE -> new Signature(Extension.DATETIME, Extension.DATETIME);
            case TO_TIME -> new Signature(Extension.DURATION, Extension.DATETIME);
            case TO_MILLISECONDS, TO_SECONDS, TO_MINUTES, TO_HOURS, TO_DAYS ->
                new Signature(Primitive.LONG, Extension.DURATION);
        };
    }
}
