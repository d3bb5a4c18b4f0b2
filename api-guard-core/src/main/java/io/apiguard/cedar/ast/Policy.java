package io.apiguard.cedar.ast;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A policy, or, if its scope has slots, a template of policies (Cedar Policy Language Reference, "Policy structure").
 *
 * @param effect what it does if it applies
 * @param annotations by key, in the order they were written; without influence on decisions
 * @param principal who it is about
 * @param action what it is about; without slots and types
 * @param resource what it is about
 * @param conditions what must hold beside, in the order in which they are evaluated
 */
public record Policy(
        Effect effect,
        Map<String, String> annotations,
        Scope principal,
        Scope action,
        Scope resource,
        List<Condition> conditions) {

    /**
     * Copies maps and lists, and checks the scope.
     *
     * @throws CedarException if a slot stands where it cannot, or an action is none
     */
    public Policy {
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        conditions = List.copyOf(conditions);
        checkSlot(principal, Slot.RESOURCE, "principal");
        checkSlot(resource, Slot.PRINCIPAL, "resource");
        if (principal instanceof Scope.InAny || resource instanceof Scope.InAny) {
            throw new CedarException("only 'action in' takes a list");
        }
        checkAction(action);
    }

    private static void checkSlot(Scope scope, Slot wrong, String place) {
        if (slots(scope).anyMatch(wrong::equals)) {
            throw new CedarException(wrong + " cannot stand in the scope of the " + place);
        }
    }

    private static void checkAction(Scope scope) {
        if (slots(scope).findAny().isPresent() || scope instanceof Scope.Is || scope instanceof Scope.IsIn) {
            throw new CedarException("the scope of the action takes neither slots nor 'is'");
        }
        for (EntityUid uid : actions(scope)) {
            if (!uid.type().isAction()) {
                throw new CedarException(uid + " is no action: the last part of its type is not 'Action'");
            }
        }
    }

    private static List<EntityUid> actions(Scope scope) {
        if (scope instanceof Scope.InAny any) {
            return any.entities();
        }
        return reference(scope)
                .flatMap(reference ->
                        reference instanceof EntityReference.Named named ? Stream.of(named.uid()) : Stream.empty())
                .toList();
    }

    private static Stream<EntityReference> reference(Scope scope) {
        if (scope instanceof Scope.Equal equal) {
            return Stream.of(equal.entity());
        }
        if (scope instanceof Scope.In in) {
            return Stream.of(in.entity());
        }
        return scope instanceof Scope.IsIn isIn ? Stream.of(isIn.entity()) : Stream.empty();
    }

    private static Stream<Slot> slots(Scope scope) {
        return reference(scope).filter(Slot.class::isInstance).map(Slot.class::cast);
    }

    /** Returns the slots; a policy without any is static, one with some is a template. */
    public Set<Slot> slots() {
        Set<Slot> slots = EnumSet.noneOf(Slot.class);
        Stream.of(principal, resource).flatMap(Policy::slots).forEach(slots::add);
        return slots;
    }

    /** Returns whether this is a template. */
    public boolean isTemplate() {
        return !slots().isEmpty();
    }

    /**
     * Returns this template with entities in the place of its slots.
     *
     * @param values an entity for each slot, and for nothing else
     * @throws CedarException if one is missing, or one is too many
     */
    public Policy link(Map<Slot, EntityUid> values) {
        if (!values.keySet().equals(slots())) {
            throw new CedarException("a link fills exactly the slots " + slots() + ", not " + values.keySet());
        }
        return new Policy(effect, annotations, filled(principal, values), action, filled(resource, values), conditions);
    }

    private static Scope filled(Scope scope, Map<Slot, EntityUid> values) {
        if (scope instanceof Scope.Equal equal) {
            return new Scope.Equal(filled(equal.entity(), values));
        }
        if (scope instanceof Scope.In in) {
            return new Scope.In(filled(in.entity(), values));
        }
        return scope instanceof Scope.IsIn isIn ? new Scope.IsIn(isIn.type(), filled(isIn.entity(), values)) : scope;
    }

    private static EntityReference filled(EntityReference reference, Map<Slot, EntityUid> values) {
        EntityUid uid = reference instanceof Slot slot ? values.get(slot) : null;
        return uid == null ? reference : new EntityReference.Named(uid);
    }

    /** Returns the policy as text that reads back as an equal one. */
    @Override
    public String toString() {
        return new Printer().print(this);
    }
}
