package io.apiguard;

import io.apiguard.authn.Challenges;
import io.apiguard.authn.TokenScheme;
import io.apiguard.authz.AccessDecision;
import io.apiguard.authz.AccessDecision.AuthenticationRequired;
import io.apiguard.authz.AccessDecision.BindingRequired;
import io.apiguard.authz.AccessDecision.CheckFailed;
import io.apiguard.authz.AccessDecision.Forbidden;
import io.apiguard.authz.AccessDecision.InsufficientAuthentication;
import io.apiguard.authz.AccessDecision.InsufficientScope;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.authz.Authorizer;
import io.apiguard.authz.ObjectReference;
import io.apiguard.authz.StepUp;
import io.apiguard.http.Answer;
import io.apiguard.identity.Identity;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gate 2: access, scopes, roles and object-level checks. */
final class AuthorizeStep {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Refusals refusals;
    private final @Nullable Challenges challenges;
    private final InstantSource clock;

    AuthorizeStep(Refusals refusals, @Nullable Challenges challenges, InstantSource clock) {
        this.refusals = refusals;
        this.clock = clock;
        this.challenges = challenges;
    }

    /** Returns the refusal, or {@code null} if the caller may call; a probe from its own network needs no identity. */
    @Nullable Answer answer(Exchange exchange, EndpointPolicy policy, HandlerCall call) {
        if (exchange.probe() && policy.access().access() != Access.DENIED) {
            return null;
        }
        AccessDecision decision = decide(exchange, policy, call.pathParameters());
        return decision instanceof AccessDecision.Permitted
                ? null
                : refusals.refuse(exchange, denial(decision, scheme(exchange.identityOrNull())));
    }

    AccessDecision decide(Exchange exchange, EndpointPolicy policy, Supplier<Map<String, String>> pathParameters) {
        return Authorizer.decide(
                policy.access(),
                exchange.identityOrNull(),
                () -> new ObjectReference(
                        exchange.request().method(), policy.endpoint().template(), pathParameters.get()),
                clock);
    }

    /** A caller with a token bound to a key is told in the scheme that such tokens are presented in. */
    private static TokenScheme scheme(@Nullable Identity identity) {
        boolean bound = identity != null
                && identity.confirmation()
                        .filter(confirmation -> confirmation.jwkThumbprint() != null)
                        .isPresent();
        return bound ? TokenScheme.DPOP : TokenScheme.BEARER;
    }

    private Denial denial(AccessDecision decision, TokenScheme scheme) {
        if (decision instanceof AuthenticationRequired) {
            return unauthenticated();
        }
        if (decision instanceof InsufficientScope scope) {
            return insufficientScope(scope, scheme);
        }
        if (decision instanceof InsufficientAuthentication weak) {
            return insufficientAuthentication(weak, scheme);
        }
        if (decision instanceof BindingRequired) {
            return bindingRequired();
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

    private Denial insufficientAuthentication(InsufficientAuthentication weak, TokenScheme scheme) {
        StepUp demand = weak.stepUp();
        return new Denial(
                Stage.AUTHORIZE,
                "insufficient-authentication",
                weak.detail(),
                Problems.insufficientAuthentication(),
                challenges == null
                        ? List.of()
                        : AuthenticateStep.challenges(
                                challenges.insufficientAuthentication(scheme, demand.contexts(), demand.maxAge())));
    }

    /** RFC 9449 section 7.1: such a caller is told which schemes there are, and that its token will not do in the other. */
    private Denial bindingRequired() {
        return new Denial(
                Stage.AUTHORIZE,
                "binding-required",
                "the endpoint takes only credentials that are bound to a key, and the caller's is not",
                Problems.unauthenticated(),
                challenges == null
                        ? List.of()
                        : AuthenticateStep.challenges(challenges.invalidToken(TokenScheme.BEARER)));
    }

    private Denial insufficientScope(InsufficientScope scope, TokenScheme scheme) {
        return new Denial(
                Stage.AUTHORIZE,
                "insufficient-scope",
                "the caller lacks " + String.join(" ", new TreeSet<>(scope.missing())),
                Problems.insufficientScope(scope.required()),
                challenges == null
                        ? List.of()
                        : AuthenticateStep.challenges(challenges.insufficientScope(scheme, scope.required())));
    }
}
