package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression as it was written: what the language defines as short for something else stays as it is.
 *
 * <p>What chains to the left, {@code a && b && c}, is one node with a list, so that nesting only grows with parentheses.
 */
public sealed interface Expr {

    /**
     * A value that can be written as such: Bool, Long, String, or a reference to an entity.
     *
     * @param value which
     */
    record Literal(Value value) implements Expr {}

    /**
     * A part of the request.
     *
     * @param name which
     */
    record Var(Variable name) implements Expr {}

    /**
     * {@code !a}.
     *
     * @param operand a
     */
    record Not(Expr operand) implements Expr {}

    /**
     * {@code -a}.
     *
     * @param operand a
     */
    record Negate(Expr operand) implements Expr {}

    /**
     * {@code a && b && c}.
     *
     * @param operands two or more; the first is no such chain itself
     */
    record And(List<Expr> operands) implements Expr {

        /** Copies the list, and takes in a chain that stands first. */
        public And {
            operands = Chains.joined(operands, And.class, And::operands);
        }
    }

    /**
     * {@code a || b || c}.
     *
     * @param operands two or more; the first is no such chain itself
     */
    record Or(List<Expr> operands) implements Expr {

        /** Copies the list, and takes in a chain that stands first. */
        public Or {
            operands = Chains.joined(operands, Or.class, Or::operands);
        }
    }

    /**
     * {@code a + b - c}, or {@code a * b}.
     *
     * @param first a; itself no chain of operators of this precedence
     * @param rest what follows; at least one step
     */
    record Arithmetic(Expr first, List<Step> rest) implements Expr {

        /** Copies the list, and takes in a chain that stands first. */
        public Arithmetic {
            rest = Chains.joined(first, rest);
            first = Chains.beginning(first, rest);
        }
    }

    /**
     * An operator and what stands right of it.
     *
     * @param operator which
     * @param operand what stands right
     */
    record Step(ArithmeticOperator operator, Expr operand) {}

    /**
     * Two expressions with an operator or built-in method between.
     *
     * @param operator which
     * @param left what stands left, or before the dot
     * @param right what stands right, or in parentheses
     */
    record Binary(BinaryOperator operator, Expr left, Expr right) implements Expr {}

    /**
     * {@code a.isEmpty()}.
     *
     * @param operand a
     */
    record IsEmpty(Expr operand) implements Expr {}

    /**
     * {@code if a then b else c}.
     *
     * @param condition a
     * @param then b
     * @param otherwise c
     */
    record If(Expr condition, Expr then, Expr otherwise) implements Expr {}

    /**
     * {@code a.name}, or {@code a["any text"]}.
     *
     * @param target a
     * @param name the name
     */
    record GetAttribute(Expr target, String name) implements Expr {}

    /**
     * {@code a has name}, or {@code a has one.two} (RFC 62).
     *
     * @param target a
     * @param path one name, which can be any text, or several identifiers; {@value #LONGEST_PATH} at most
     */
    record Has(Expr target, List<String> path) implements Expr {

        /** How many names may follow {@code has}: each stands for one more member access. */
        public static final int LONGEST_PATH = 200;

        /** Copies the list. */
        public Has {
            path = List.copyOf(path);
            if (path.isEmpty()) {
                throw new CedarException("'has' needs a name");
            }
            if (path.size() > LONGEST_PATH) {
                throw new CedarException("more than " + LONGEST_PATH + " names after 'has'");
            }
        }
    }

    /**
     * {@code a like "pat*ern"}.
     *
     * @param target a
     * @param pattern the pattern
     */
    record Like(Expr target, Pattern pattern) implements Expr {}

    /**
     * {@code a is Type}.
     *
     * @param target a
     * @param type the type
     */
    record Is(Expr target, EntityType type) implements Expr {}

    /**
     * {@code a is Type in b}.
     *
     * @param target a
     * @param type the type
     * @param group b
     */
    record IsIn(Expr target, EntityType type, Expr group) implements Expr {}

    /**
     * {@code [a, b]}.
     *
     * @param elements in the order they were written
     */
    record SetOf(List<Expr> elements) implements Expr {

        /** Copies the list. */
        public SetOf {
            elements = List.copyOf(elements);
        }
    }

    /**
     * {@code {a: b}}.
     *
     * @param members in the order they were written
     */
    record RecordOf(Map<String, Expr> members) implements Expr {

        /** Copies the map. */
        public RecordOf {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /**
     * {@code ip(a)}, or {@code a.isInRange(b)}.
     *
     * @param function which
     * @param arguments that before the dot first; as many as were written, which may be a wrong number
     */
    record Call(ExtensionFunction function, List<Expr> arguments) implements Expr {

        /** Copies the list. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
