package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.value.StringValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of attributes and tags, which must be known to be there before they are read. */
final class AccessTypes {

    private final Schema schema;
    private final Trace trace;

    AccessTypes(Schema schema, Trace trace) {
        this.schema = schema;
        this.trace = trace;
    }

    private static Capability attribute(Expr target, String name) {
        return new Capability(target, new Expr.Literal(new StringValue(name)), false);
    }

    /** Returns the attributes of a record or an entity; an action has none. */
    private RecordOf attributes(Expr by, Expr expr, CedarType type) {
        if (type instanceof RecordOf record) {
            return record;
        }
        if (!(type instanceof EntityOf entity)) {
            throw new TypeFault(expr, "expected a record or an entity, found " + type);
        }
        trace.dereferenced(by, expr);
        EntityDefinition definition = schema.entityTypes().get(entity.type());
        if (definition == null && !schema.isActionType(entity.type())) {
            throw new TypeFault(expr, "the entity type " + entity.type() + " is not declared");
        }
        return definition == null ? RecordOf.EMPTY : definition.attributes();
    }

    /** What an entity must have it may lack all the same, if nothing is known of the entity. */
    Typed has(Expr expr, Expr target, Typed typed, String name, Set<Capability> known) {
        Attribute attribute =
                attributes(expr, target, typed.type()).attributes().get(name);
        if (attribute == null) {
            return Typed.of(Bool.FALSE);
        }
        Capability capability = attribute(target, name);
        boolean there = known.contains(capability) || (typed.type() instanceof RecordOf && attribute.required());
        return there ? Typed.of(Bool.TRUE) : new Typed(Bool.ANY, Set.of(capability));
    }

    Typed attribute(Expr.GetAttribute get, Typed typed, Set<Capability> known) {
        Attribute attribute =
                attributes(get, get.target(), typed.type()).attributes().get(get.name());
        if (attribute == null) {
            throw new TypeFault(get, typed.type() + " has no attribute '" + get.name() + "'");
        }
        if (!attribute.required() && !known.contains(attribute(get.target(), get.name()))) {
            throw new TypeFault(
                    get, "the attribute '" + get.name() + "' can be missing; ask with 'has' whether it is there");
        }
        return Typed.of(attribute.type());
    }

    private @Nullable CedarType tags(Expr.Binary binary, Typed target) {
        if (!(target.type() instanceof EntityOf entity)) {
            throw new TypeFault(binary.left(), "expected an entity, found " + target.type());
        }
        trace.dereferenced(binary, binary.left());
        EntityDefinition definition = schema.entityTypes().get(entity.type());
        return definition == null ? null : definition.tags();
    }

    Typed hasTag(Expr.Binary binary, Typed target, Set<Capability> known) {
        if (tags(binary, target) == null) {
            return Typed.of(Bool.FALSE);
        }
        Capability capability = new Capability(binary.left(), binary.right(), true);
        return known.contains(capability) ? Typed.of(Bool.TRUE) : new Typed(Bool.ANY, Set.of(capability));
    }

    Typed getTag(Expr.Binary binary, Typed target, Set<Capability> known) {
        CedarType tags = tags(binary, target);
        if (tags == null) {
            throw new TypeFault(binary, target.type() + " has no tags");
        }
        if (!known.contains(new Capability(binary.left(), binary.right(), true))) {
            throw new TypeFault(binary, "the tag can be missing; ask with 'hasTag' whether it is there");
        }
        return Typed.of(tags);
    }
}
