package io.apiguard.cedar.eval;

import io.apiguard.cedar.ast.Variable;
import io.apiguard.cedar.value.Value;

/** The parts of the request. */
final class VariableNodes {

    private VariableNodes() {}

    static Node of(Variable variable) {
        return switch (variable) {
            case PRINCIPAL -> new Principal();
            case ACTION -> new Action();
            case RESOURCE -> new Resource();
            case CONTEXT -> new Context();
        };
    }

    private static final class Principal extends Node {

        @Override
        Value eval(Frame frame) {
            return frame.principal;
        }
    }

    private static final class Action extends Node {

        @Override
        Value eval(Frame frame) {
            return frame.action;
        }
    }

    private static final class Resource extends Node {

        @Override
        Value eval(Frame frame) {
            return frame.resource;
        }
    }

    private static final class Context extends Node {

        @Override
        Value eval(Frame frame) {
            return frame.context;
        }
    }
}
