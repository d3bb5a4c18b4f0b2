package io.apiguard;

import io.apiguard.authn.Authentication;
import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authenticator;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import io.apiguard.http.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gate 1, last: every presented credential is verified here; a bad one is never taken for none. */
final class AuthenticateStep implements GateStep {

    private final Refusals refusals;
    private final @Nullable Authenticator authenticator;

    /** Takes no authenticator where every endpoint is public: there credentials mean nothing. */
    AuthenticateStep(Refusals refusals, @Nullable Authenticator authenticator) {
        this.refusals = refusals;
        this.authenticator = authenticator;
    }

    @Override
    public @Nullable Answer answer(Exchange exchange) {
        if (authenticator == null) {
            return null;
        }
        Authentication authentication = authenticator.authenticate(exchange.request(), exchange.arrivalOrNull());
        if (authentication instanceof Authentication.Success success) {
            exchange.authenticated(success.identity());
            exchange.fingerprint(success.fingerprint());
            exchange.signedBody(success.body());
            if (success.dpopNonce() != null) {
                exchange.fields().add(new Header("DPoP-Nonce", success.dpopNonce()));
            }
            return null;
        }
        return authentication instanceof Failure failure ? refusals.refuse(exchange, denial(failure)) : null;
    }

    private static Denial denial(Failure failure) {
        List<Header> headers = new ArrayList<>(challenges(failure.challenges()));
        if (failure.retryAfter() != null) {
            headers.add(new Header("Retry-After", Long.toString(seconds(failure.retryAfter()))));
        }
        if (failure.dpopNonce() != null) {
            headers.add(new Header("DPoP-Nonce", failure.dpopNonce()));
        }
        return new Denial(Stage.AUTHENTICATE, failure.reason(), failure.detail(), problem(failure), headers);
    }

    /** Rounds up: whoever comes back as told must not be too early. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }

    private static Problem problem(Failure failure) {
        return switch (failure.kind()) {
            case MALFORMED -> Problems.malformedRequest("Present exactly one well-formed credential.");
            case EXCESSIVE -> Problems.rateLimited();
            case UNAUTHENTICATED -> Problems.unauthenticated();
            case UNAVAILABLE -> Problems.credentialUnverifiable();
        };
    }

    /** One field line for each challenge, so that no client has to split them. */
    static List<Header> challenges(List<String> values) {
        return values.stream()
                .map(value -> new Header("WWW-Authenticate", value))
                .toList();
    }
}
