package io.apiguard.cedar.eval;

import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.entity.EntityStore.StoredEntity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.ErrorKind;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.Texts;
import io.apiguard.cedar.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What expressions are evaluated against in one decision, and the last fault. Of one thread.
 *
 * <p>A fault is noted here and told by a result that says so, not thrown: it is an everyday outcome.
 */
public final class Frame {

    private static final int LONGEST_SHOWN = 200;

    final EntityUid principal;
    final EntityUid action;
    final EntityUid resource;
    final RecordValue context;
    private final EntityStore store;
    private @Nullable StoredEntity principalFound;
    private @Nullable StoredEntity resourceFound;
    private boolean principalAsked;
    private boolean resourceAsked;
    private ErrorKind errorKind = ErrorKind.TYPE;
    private String errorDetail = "";

    /**
     * Makes one.
     *
     * @param principal who acts
     * @param action what is done
     * @param resource to what
     * @param context what else is known of the request
     * @param store what is known of entities
     */
    public Frame(EntityUid principal, EntityUid action, EntityUid resource, RecordValue context, EntityStore store) {
        this.principal = principal;
        this.action = action;
        this.resource = resource;
        this.context = context;
        this.store = store;
    }

    /** Principal and resource are asked for again and again, by the very objects of the request. */
    @SuppressWarnings("ReferenceEquality") // others that are equal are found all the same
    @Nullable StoredEntity find(EntityUid uid) {
        if (uid == principal) {
            return principalEntity();
        }
        return uid == resource ? resourceEntity() : store.find(uid);
    }

    @Nullable StoredEntity principalEntity() {
        if (!principalAsked) {
            principalFound = store.find(principal);
            principalAsked = true;
        }
        return principalFound;
    }

    @Nullable StoredEntity resourceEntity() {
        if (!resourceAsked) {
            resourceFound = store.find(resource);
            resourceAsked = true;
        }
        return resourceFound;
    }

    boolean isIn(EntityUid uid, EntityUid group) {
        return uid.equals(group) || store.isIn(uid, group);
    }

    /** Notes a fault; returns {@code null}, as the value that there is not. */
    @Nullable Value fail(ErrorKind kind, String detail) {
        errorKind = kind;
        errorDetail = detail;
        return null;
    }

    /** Returns the name of an entity as a message shows it: ids come from outside and can be of any length. */
    static String shown(EntityUid uid) {
        return shown(uid.type().name()) + "::" + Texts.quoted(shown(uid.id()));
    }

    /** Returns the beginning of a text, if it is a long one. */
    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    /** Notes that a value is of the wrong type. */
    @Nullable Value wrongType(String expected, Value found) {
        return fail(ErrorKind.TYPE, "expected " + expected + ", found " + found.typeName());
    }

    /** Returns the kind of the last fault. */
    public ErrorKind errorKind() {
        return errorKind;
    }

    /** Returns the last fault in words. */
    public String errorDetail() {
        return errorDetail;
    }
}
