package io.apiguard;

import io.apiguard.authn.httpsig.SignedBody;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gate 2: compares the body with what the signature over its request says of it. It ends what gate 1 began, so a body that is not the
 * signer's is answered as a wrong signature is; and where only an endpoint's own refusals are reported, this one is enforced.
 */
final class BodySignatureCheck {

    private final Refusals refusals;
    private final List<Header> challenges;

    BodySignatureCheck(Refusals refusals, List<Header> challenges) {
        this.refusals = refusals;
        this.challenges = List.copyOf(challenges);
    }

    /** Whether a body must be read whole before the handler runs. */
    boolean isDue(Exchange exchange) {
        return exchange.signedBody() != null;
    }

    /** Whether nothing may be let through that is not compared. */
    boolean isEnforced(Exchange exchange) {
        return isDue(exchange) && !refusals.isReportMode();
    }

    /** Returns the refusal of a body that is not the signer's, or {@code null}. */
    @Nullable Answer answer(Exchange exchange, byte[] body) {
        SignedBody signed = exchange.signedBody();
        Optional<SignedBody.Fault> fault = signed == null ? Optional.empty() : signed.fault(body);
        return fault.isEmpty() ? null : refuse(exchange, fault.get());
    }

    /** In report mode the request goes on, as after any bad credential: with nobody as its caller. */
    private @Nullable Answer refuse(Exchange exchange, SignedBody.Fault fault) {
        Denial denial =
                new Denial(Stage.AUTHENTICATE, fault.code(), fault.detail(), Problems.unauthenticated(), challenges);
        if (!refusals.isReportMode()) {
            return refusals.refuseAlways(exchange, denial);
        }
        exchange.report(denial);
        exchange.disown();
        return null;
    }

    /** Report mode lets a body through that could not be read whole: nobody can say whose it is. */
    void notCompared(Exchange exchange) {
        if (isDue(exchange)) {
            exchange.disown();
        }
    }
}
