package io.apiguard;

import io.apiguard.http.Answer;
import io.apiguard.http.ContentTypeRules;
import io.apiguard.http.SizeRules;
import io.apiguard.http.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gate 1, second: how large the request is, and what type of body it declares. */
final class SizeStep implements GateStep {

    private final Refusals refusals;
    private final SizeRules sizes;
    private final ContentTypeRules anyEndpoint;

    /** Takes the greatest bounds of all endpoints; gate 2 holds a request to those of its own. */
    SizeStep(Refusals refusals, SizeRules sizes, ContentTypeRules anyEndpoint) {
        this.refusals = refusals;
        this.sizes = sizes;
        this.anyEndpoint = anyEndpoint;
    }

    @Override
    public @Nullable Answer answer(Exchange exchange) {
        Optional<Violation> size = sizes.check(exchange.request());
        if (size.isPresent()) {
            Denial denial = Violations.denial(Stage.SIZE, size.get());
            Answer answer = size.get().status() == 400
                    ? refusals.refuseAlways(exchange, denial)
                    : refusals.refuse(exchange, denial);
            if (answer != null) {
                return answer;
            }
        }
        Optional<Violation> type = anyEndpoint.check(exchange.request());
        return type.isPresent() ? refusals.refuse(exchange, Violations.denial(Stage.SIZE, type.get())) : null;
    }
}
