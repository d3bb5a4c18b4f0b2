package io.apiguard.cedar.eval;

import io.apiguard.cedar.entity.EntityStore.StoredEntity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/** Attributes and tags. */
final class AccessNodes {

    private AccessNodes() {}

    static final class GetAttribute extends Node {

        private final Node target;
        private final String name;

        GetAttribute(Node target, String name) {
            this.target = target;
            this.name = name;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            Value value = target.eval(frame);
            return value == null ? null : attribute(frame, value, name);
        }
    }

    private static @Nullable Value attribute(Frame frame, Value target, String name) {
        if (target instanceof RecordValue record) {
            Value value = record.get(name);
            return value != null ? value : missing(frame, "the record", name);
        }
        if (!(target instanceof EntityUid uid)) {
            return frame.wrongType("a record or an entity", target);
        }
        StoredEntity entity = frame.find(uid);
        if (entity == null) {
            return frame.fail(ErrorKind.ENTITY_MISSING, "nothing is known of " + Frame.shown(uid));
        }
        Value value = entity.entity().attributes().get(name);
        return value != null ? value : missing(frame, Frame.shown(uid), name);
    }

    private static @Nullable Value missing(Frame frame, String owner, String name) {
        return frame.fail(ErrorKind.ATTRIBUTE_MISSING, owner + " has no attribute '" + Frame.shown(name) + "'");
    }

    /** {@code a has b.c} is {@code a has b && a.b has c}. */
    static final class Has extends Node.Test {

        private final Node target;
        private final String[] path;

        Has(Node target, String[] path) {
            this.target = target;
            this.path = path;
        }

        @Override
        int test(Frame frame) {
            Value value = target.eval(frame);
            for (int i = 0; i < path.length && value != null; i++) {
                if (!(value instanceof RecordValue) && !(value instanceof EntityUid)) {
                    frame.wrongType("a record or an entity", value);
                    return FAULT;
                }
                value = known(frame, value, path[i]);
                if (value == null) {
                    return FALSE;
                }
            }
            return value == null ? FAULT : TRUE;
        }

        private static @Nullable Value known(Frame frame, Value target, String name) {
            if (target instanceof RecordValue record) {
                return record.get(name);
            }
            StoredEntity entity = frame.find((EntityUid) target);
            return entity == null ? null : entity.entity().attributes().get(name);
        }
    }

    /** {@code hasTag}, and {@code getTag}. */
    static final class Tag extends Node {

        private final Node target;
        private final Node name;
        private final boolean get;

        Tag(Node target, Node name, boolean get) {
            this.target = target;
            this.name = name;
            this.get = get;
        }

        @Override
        @Nullable Value eval(Frame frame) {
            EntityUid uid = entity(target, frame);
            Value tag = uid == null ? null : name.eval(frame);
            if (uid == null || tag == null) {
                return null;
            }
            if (!(tag instanceof StringValue text)) {
                return frame.wrongType("String", tag);
            }
            StoredEntity entity = frame.find(uid);
            Value value = entity == null ? null : entity.entity().tags().get(text.value());
            return get ? got(frame, uid, entity, text.value(), value) : value(truth(value != null));
        }

        private static @Nullable Value got(
                Frame frame, EntityUid uid, @Nullable StoredEntity entity, String name, @Nullable Value value) {
            if (entity == null) {
                return frame.fail(ErrorKind.ENTITY_MISSING, "nothing is known of " + Frame.shown(uid));
            }
            return value != null
                    ? value
                    : frame.fail(ErrorKind.TAG_MISSING, Frame.shown(uid) + " has no tag '" + Frame.shown(name) + "'");
        }
    }
}
