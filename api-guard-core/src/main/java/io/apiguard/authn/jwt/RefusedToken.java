package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.Malformed;
import java.util.function.Supplier;

/** Ends the checks of a token from within; caught by the verifier, so it carries no stack trace. */
final class RefusedToken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final JwtResult.Reason reason;

    RefusedToken(JwtResult.Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /**
     * Returns what a check finds, or why it broke off. CVE-2019-17195: whatever a parser or a provider throws is a
     * refusal.
     */
    static JwtResult guard(Supplier<JwtResult> check) {
        try {
            return check.get();
        } catch (RefusedToken e) {
            return e.result();
        } catch (Malformed e) {
            return new JwtResult.Invalid(JwtResult.Reason.MALFORMED, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            return new JwtResult.Invalid(
                    JwtResult.Reason.MALFORMED,
                    "could not be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private JwtResult.Invalid result() {
        return new JwtResult.Invalid(reason, String.valueOf(getMessage()));
    }
}
