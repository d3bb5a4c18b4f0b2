package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.Bool;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.Extension;
import io.apiguard.cedar.schema.CedarType.Primitive;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.CedarType.SetOf;
import io.apiguard.cedar.schema.Schema.ActionDefinition;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DecimalValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.Map;
import java.util.Set;

/**
 * Checks values, entities and requests against a schema (Cedar Policy Language Reference, "Validation"; cedar-spec, {@code
 * RequestEntityValidator.lean}). Immutable and thread-safe.
 */
public final class Conformance {

    private final Schema schema;

    /**
     * Makes one.
     *
     * @param schema what there is
     */
    public Conformance(Schema schema) {
        this.schema = schema;
    }

    /**
     * Checks a value.
     *
     * @param value any value
     * @param type what it must be of
     * @param where what it is the value of, for the refusal
     * @throws CedarException if it is not of the type
     */
    public void check(Value value, CedarType type, String where) {
        if (type instanceof RecordOf record && value instanceof RecordValue given) {
            checkRecord(given, record, where);
        } else if (type instanceof SetOf set && value instanceof SetValue given) {
            String element = where + ", an element";
            given.elements().forEach(each -> check(each, set.element(), element));
        } else if (type instanceof EntityOf entity
                && value instanceof EntityUid uid
                && uid.type().equals(entity.type())) {
            checkId(uid, where);
        } else if (!isOf(value, type)) {
            throw new CedarException(where + ": expected " + type + ", found " + found(value));
        }
    }

    private static String found(Value value) {
        return value instanceof EntityUid uid ? "an entity of type " + uid.type() : value.typeName();
    }

    private static boolean isOf(Value value, CedarType type) {
        if (type instanceof Bool) {
            return value instanceof BoolValue;
        }
        if (type instanceof Primitive primitive) {
            return primitive == Primitive.LONG ? value instanceof LongValue : value instanceof StringValue;
        }
        return type instanceof Extension extension
                && switch (extension) {
                    case DECIMAL -> value instanceof DecimalValue;
                    case IPADDR -> value instanceof IpAddressValue;
                    case DATETIME -> value instanceof DatetimeValue;
                    case DURATION -> value instanceof DurationValue;
                };
    }

    private void checkRecord(RecordValue given, RecordOf record, String where) {
        for (Map.Entry<String, Value> entry : given.attributes().entrySet()) {
            Attribute attribute = record.attributes().get(entry.getKey());
            if (attribute == null) {
                throw new CedarException(where + ": '" + entry.getKey() + "' is not declared");
            }
            check(entry.getValue(), attribute.type(), where + "." + entry.getKey());
        }
        record.attributes().forEach((name, attribute) -> {
            if (attribute.required() && given.get(name) == null) {
                throw new CedarException(where + ": '" + name + "' is missing");
            }
        });
    }

    /** Refuses an id that is none of those declared, and an action that is not. */
    private void checkId(EntityUid uid, String where) {
        EntityDefinition definition = schema.entityTypes().get(uid.type());
        Set<String> ids = definition == null ? null : definition.ids();
        if (ids != null && !ids.contains(uid.id())) {
            throw new CedarException(where + ": " + uid + " is none of the ids that are declared");
        }
        if (uid.type().isAction() && definition == null && !schema.actions().containsKey(uid)) {
            throw new CedarException(where + ": the action " + uid + " is not declared");
        }
    }

    /**
     * Checks an entity.
     *
     * @param uid its name
     * @param attributes its attributes
     * @param tags its tags
     * @param ancestors all that it is in
     * @throws CedarException if it is none that the schema permits
     */
    public void checkEntity(EntityUid uid, RecordValue attributes, RecordValue tags, Set<EntityUid> ancestors) {
        EntityDefinition definition = schema.entityTypes().get(uid.type());
        if (definition == null) {
            checkAction(uid, attributes, tags, ancestors);
            return;
        }
        checkId(uid, "the entity " + uid);
        check(attributes, definition.attributes(), "the attributes of " + uid);
        for (EntityUid ancestor : ancestors) {
            checkAncestor(uid, definition.ancestors(), ancestor);
        }
        CedarType tagType = definition.tags();
        tags.attributes().forEach((name, tag) -> {
            if (tagType == null) {
                throw new CedarException("the entity " + uid + ": entities of its type have no tags");
            }
            check(tag, tagType, "the tag '" + name + "' of " + uid);
        });
    }

    private void checkAncestor(EntityUid uid, Set<EntityType> permitted, EntityUid ancestor) {
        if (!permitted.contains(ancestor.type())) {
            throw new CedarException(
                    "the entity " + uid + " cannot be in " + ancestor + ": the schema declares no such membership");
        }
        checkId(ancestor, "the entity " + uid);
    }

    private void checkAction(EntityUid uid, RecordValue attributes, RecordValue tags, Set<EntityUid> ancestors) {
        ActionDefinition action = schema.actions().get(uid);
        if (action == null) {
            throw new CedarException("the entity " + uid + ": its type is not declared");
        }
        boolean plain = attributes.attributes().isEmpty() && tags.attributes().isEmpty();
        if (!plain || !ancestors.equals(action.ancestors())) {
            throw new CedarException("the action " + uid + " is given with other data than the schema declares");
        }
    }

    /**
     * Checks a request.
     *
     * @param principal who acts
     * @param action what is done
     * @param resource to what
     * @param context what else is known
     * @throws CedarException if the schema permits no such request
     */
    public void checkRequest(EntityUid principal, EntityUid action, EntityUid resource, RecordValue context) {
        ActionDefinition definition = schema.actions().get(action);
        if (definition == null) {
            throw new CedarException("the action " + action + " is not declared");
        }
        checkPart("principal", principal, definition.principals(), action);
        checkPart("resource", resource, definition.resources(), action);
        check(context, definition.context(), "the context");
    }

    private void checkPart(String part, EntityUid uid, Set<EntityType> permitted, EntityUid action) {
        if (!permitted.contains(uid.type())) {
            throw new CedarException("the " + part + " " + uid + ": " + action + " does not apply to its type");
        }
        checkId(uid, "the " + part);
    }
}
