package io.apiguard.authn.jwt;

/** Why the keys could not be fetched. The message is for the operator, and names what to do. */
final class FetchFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whether waiting may help; if not, a setting is wrong. */
    private final boolean passing;

    private FetchFailure(String message, boolean passing) {
        super(message, null, false, false);
        this.passing = passing;
    }

    static FetchFailure wrongSetting(String message) {
        return new FetchFailure(message, false);
    }

    static FetchFailure unreachable(String message) {
        return new FetchFailure(message, true);
    }

    boolean passing() {
        return passing;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
