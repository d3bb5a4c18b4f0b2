package io.apiguard;

import io.apiguard.authn.Challenges;
import io.apiguard.authz.AccessDecision;
import io.apiguard.authz.AccessDecision.AuthenticationRequired;
import io.apiguard.authz.AccessDecision.CheckFailed;
import io.apiguard.authz.AccessDecision.Forbidden;
import io.apiguard.authz.AccessDecision.InsufficientScope;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.Authorizer;
import io.apiguard.authz.ObjectReference;
import io.apiguard.http.Answer;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gate 2: access, scopes, roles and object-level checks. */
final class AuthorizeStep {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Refusals refusals;
    private final @Nullable Challenges challenges;

    AuthorizeStep(Refusals refusals, @Nullable Challenges challenges) {
        this.refusals = refusals;
        this.challenges = challenges;
    }

    /** Returns the refusal, or {@code null} if the caller may call; a probe from its own network needs no identity. */
    @Nullable Answer answer(Exchange exchange, EndpointPolicy policy, HandlerCall call) {
        if (exchange.probe() && policy.access().access() != Access.DENIED) {
            return null;
        }
        AccessDecision decision = Authorizer.decide(
                policy.access(),
                exchange.identityOrNull(),
                () -> new ObjectReference(
                        exchange.request().method(),
                        policy.endpoint().template(),
                        call.pathParameters().get()));
        return decision instanceof AccessDecision.Permitted ? null : refusals.refuse(exchange, denial(decision));
    }

    private Denial denial(AccessDecision decision) {
        if (decision instanceof AuthenticationRequired) {
            return unauthenticated();
        }
        if (decision instanceof InsufficientScope scope) {
            return insufficientScope(scope);
        }
        if (decision instanceof CheckFailed failed) {
            LOG.error("object check '{}' failed; the request is refused", failed.check(), failed.cause());
            String detail = "object check '" + failed.check() + "' threw instead of answering";
            return Denial.of(Stage.AUTHORIZE, "object-check-failed", detail, Problems.internalError());
        }
        Forbidden forbidden = (Forbidden) decision;
        return Denial.of(Stage.AUTHORIZE, "forbidden-" + forbidden.reason(), forbidden.detail(), Problems.forbidden());
    }

    private Denial unauthenticated() {
        return new Denial(
                Stage.AUTHORIZE,
                "unauthenticated",
                "the endpoint demands an identity and no credential was presented",
                Problems.unauthenticated(),
                challenges == null ? List.of() : AuthenticateStep.challenges(challenges.credentialRequired()));
    }

    private Denial insufficientScope(InsufficientScope scope) {
        return new Denial(
                Stage.AUTHORIZE,
                "insufficient-scope",
                "the caller lacks " + String.join(" ", new TreeSet<>(scope.missing())),
                Problems.insufficientScope(scope.required()),
                challenges == null
                        ? List.of()
                        : AuthenticateStep.challenges(challenges.insufficientScope(scope.required())));
    }
}
