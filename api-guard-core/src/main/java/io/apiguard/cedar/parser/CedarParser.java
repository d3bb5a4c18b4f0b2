package io.apiguard.cedar.parser;

import io.apiguard.cedar.ast.Condition;
import io.apiguard.cedar.ast.Effect;
import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.ast.Slot;
import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads policies, templates and expressions from text (Cedar Policy Language Reference, "Grammar", language version 4.5).
 *
 * <p>Text that is none of the language ends in a {@link CedarException}, which says where and what was expected; so does text that
 * nests more than {@value #MAXIMUM_DEPTH} levels, whatever it says. Nothing else is thrown.
 */
public final class CedarParser {

    /** How many levels of parentheses, brackets, braces and member accesses may stand within each other. */
    public static final int MAXIMUM_DEPTH = 200;

    private final Tokens tokens;
    private Positions positions = new Positions();

    private CedarParser(String text) {
        this.tokens = new Tokens(text);
    }

    /**
     * Reads all policies and templates of a text, in order.
     *
     * @param text any text; one without policies gives none
     * @throws CedarException if it is no text of the language
     */
    public static List<ParsedPolicy> policies(String text) {
        CedarParser parser = new CedarParser(text);
        List<ParsedPolicy> policies = new ArrayList<>();
        while (!parser.tokens.atEnd()) {
            policies.add(parser.policy());
        }
        return policies;
    }

    /**
     * Reads one policy or template.
     *
     * @param text any text
     * @throws CedarException if it is not exactly one
     */
    public static ParsedPolicy policy(String text) {
        CedarParser parser = new CedarParser(text);
        ParsedPolicy policy = parser.policy();
        if (!parser.tokens.atEnd()) {
            throw parser.tokens.expected("the end of the text after one policy");
        }
        return policy;
    }

    /**
     * Reads an expression.
     *
     * @param text any text
     * @throws CedarException if it is not exactly one
     */
    public static Expr expression(String text) {
        CedarParser parser = new CedarParser(text);
        Expr expr = new ExpressionParser(parser.tokens, parser.positions).expression();
        if (!parser.tokens.atEnd()) {
            throw parser.tokens.expected("an operator or the end of the text");
        }
        return expr;
    }

    /**
     * Reads a reference to an entity.
     *
     * @param text such as {@code User::"alice"}
     * @throws CedarException if it is not exactly one
     */
    public static EntityUid entity(String text) {
        Tokens tokens = new Tokens(text);
        EntityUid uid = tokens.entity("the type of an entity");
        if (!tokens.atEnd()) {
            throw tokens.expected("the end of the text after the entity");
        }
        return uid;
    }

    private ParsedPolicy policy() {
        positions = new Positions();
        Token start = tokens.peek();
        Map<String, String> annotations = tokens.annotations();
        Effect effect = effect();
        tokens.expect("(");
        Scope principal = scope("principal", Slot.PRINCIPAL);
        tokens.expect(",");
        Scope action = actionScope();
        tokens.expect(",");
        Scope resource = scope("resource", Slot.RESOURCE);
        tokens.takeIf(",");
        tokens.expect(")");
        List<Condition> conditions = conditions();
        tokens.expect(";");
        try {
            Policy policy = new Policy(effect, annotations, principal, action, resource, conditions);
            positions.put(policy, tokens.position(start));
            return new ParsedPolicy(policy, positions, start.start(), tokens.lastEnd());
        } catch (CedarException e) {
            throw tokens.placed(start, e);
        }
    }

    private Effect effect() {
        if (tokens.takeWordIf("permit")) {
            return Effect.PERMIT;
        }
        if (tokens.takeWordIf("forbid")) {
            return Effect.FORBID;
        }
        throw tokens.expected("'permit' or 'forbid'");
    }

    private Scope scope(String variable, Slot slot) {
        Token start = tokens.peek();
        tokens.expectWord(variable);
        Scope scope = constraint(slot);
        positions.put(scope, tokens.position(start));
        return scope;
    }

    private Scope constraint(Slot slot) {
        if (tokens.takeIf("==")) {
            return new Scope.Equal(reference(slot));
        }
        if (tokens.takeWordIf("in")) {
            return new Scope.In(reference(slot));
        }
        if (tokens.takeWordIf("is")) {
            EntityType type = tokens.typeName("an entity type after 'is'");
            return tokens.takeWordIf("in") ? new Scope.IsIn(type, reference(slot)) : new Scope.Is(type);
        }
        return new Scope.Any();
    }

    private EntityReference reference(Slot slot) {
        Token token = tokens.peek();
        if (token.kind() == Kind.SLOT && token.text().equals(slot.text())) {
            tokens.take();
            return slot;
        }
        return new EntityReference.Named(tokens.entity("an entity, such as Type::\"id\", or " + slot));
    }

    private Scope actionScope() {
        Token start = tokens.peek();
        tokens.expectWord("action");
        Scope scope = actionConstraint();
        positions.put(scope, tokens.position(start));
        return scope;
    }

    private Scope actionConstraint() {
        if (tokens.takeIf("==")) {
            return new Scope.Equal(new EntityReference.Named(action()));
        }
        if (!tokens.takeWordIf("in")) {
            return new Scope.Any();
        }
        if (!tokens.takeIf("[")) {
            return new Scope.In(new EntityReference.Named(action()));
        }
        List<EntityUid> actions = new ArrayList<>();
        while (!tokens.at("]")) {
            actions.add(action());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect("]");
        return new Scope.InAny(actions);
    }

    private EntityUid action() {
        Token start = tokens.peek();
        EntityUid action = tokens.entity("an action, such as Action::\"view\"");
        if (!action.type().isAction()) {
            throw tokens.error(start, "expected an action, whose type ends in 'Action', found " + action);
        }
        return action;
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        while (tokens.atWord("when") || tokens.atWord("unless")) {
            Token start = tokens.take();
            Condition.Kind kind = start.isWord("when") ? Condition.Kind.WHEN : Condition.Kind.UNLESS;
            tokens.expect("{");
            Condition condition = new Condition(kind, new ExpressionParser(tokens, positions).expression());
            tokens.expect("}");
            positions.put(condition, tokens.position(start));
            conditions.add(condition);
        }
        return conditions;
    }
}
