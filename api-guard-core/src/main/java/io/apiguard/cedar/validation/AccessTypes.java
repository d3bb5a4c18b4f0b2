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
    private final Terms terms = new Terms();

    AccessTypes(Schema schema, Trace trace) {
        this.schema = schema;
        this.trace = trace;
    }

    private Capability attribute(Expr target, String name) {
        return new Capability(terms.number(target), terms.number(new Expr.Literal(new StringValue(name))), false);
    }

    private Capability tag(Expr.Binary binary) {
        return new Capability(terms.number(binary.left()), terms.number(binary.right()), true);
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
    Typed has(Expr expr, Expr target, CedarType type, String name, Known known) {
        Attribute attribute = attributes(expr, target, type).attributes().get(name);
        if (attribute == null) {
            return Typed.of(Bool.FALSE);
        }
        Capability capability = attribute(target, name);
        boolean there = known.contains(capability) || (type instanceof RecordOf && attribute.required());
        return there ? Typed.of(Bool.TRUE) : new Typed(Bool.ANY, Set.of(capability));
    }

    CedarType attribute(Expr.GetAttribute get, CedarType type, Known known) {
        Attribute attribute = attributes(get, get.target(), type).attributes().get(get.name());
        if (attribute == null) {
            throw new TypeFault(get, type + " has no attribute '" + get.name() + "'");
        }
        if (!attribute.required() && !known.contains(attribute(get.target(), get.name()))) {
            throw new TypeFault(
                    get, "the attribute '" + get.name() + "' can be missing; ask with 'has' whether it is there");
        }
        return attribute.type();
    }

    private @Nullable CedarType tags(Expr.Binary binary, Typed target) {
        if (!(target.type() instanceof EntityOf entity)) {
            throw new TypeFault(binary.left(), "expected an entity, found " + target.type());
        }
        trace.dereferenced(binary, binary.left());
        EntityDefinition definition = schema.entityTypes().get(entity.type());
        return definition == null ? null : definition.tags();
    }

    Typed hasTag(Expr.Binary binary, Typed target, Known known) {
        if (tags(binary, target) == null) {
            return Typed.of(Bool.FALSE);
        }
        Capability capability = tag(binary);
        return known.contains(capability) ? Typed.of(Bool.TRUE) : new Typed(Bool.ANY, Set.of(capability));
    }

    Typed getTag(Expr.Binary binary, Typed target, Known known) {
        CedarType tags = tags(binary, target);
        if (tags == null) {
            throw new TypeFault(binary, target.type() + " has no tags");
        }
        if (!known.contains(tag(binary))) {
            throw new TypeFault(binary, "the tag can be missing; ask with 'hasTag' whether it is there");
        }
        return Typed.of(tags);
    }
}
