package io.apiguard.authn.introspection;

/** Why the endpoint gave no answer that can be used. The message is for the operator, and names what to do. */
final class CallFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    CallFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** Whose trouble it is. */
    enum Kind {
        /** The endpoint's, or the way's to it: waiting may help. */
        PASSING,
        /** Ours: a setting is wrong, and every call will fail. */
        SETTING,
        /** This one call's: others may well succeed, so it must not stop them. */
        THIS_CALL
    }

    Kind kind() {
        return kind;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
