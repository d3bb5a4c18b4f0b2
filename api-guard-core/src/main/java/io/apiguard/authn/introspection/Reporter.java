package io.apiguard.authn.introspection;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardEvent.Severity;
import io.apiguard.event.GuardListener;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells of failures when they begin, when they change their kind and when they end, not once per call. */
final class Reporter {

    private final GuardListener listener;
    private final URI endpoint;
    private final AtomicReference<CallFailure.@Nullable Kind> state = new AtomicReference<>();

    Reporter(GuardListener listener, URI endpoint) {
        this.listener = listener;
        this.endpoint = endpoint;
    }

    void failed(CallFailure failure) {
        if (failure.kind() == CallFailure.Kind.THIS_CALL || state.getAndSet(failure.kind()) == failure.kind()) {
            return;
        }
        boolean ours = failure.kind() == CallFailure.Kind.SETTING;
        report(
                ours ? "introspection.refused" : "introspection.failed",
                ours ? Severity.ERROR : Severity.WARNING,
                ours
                        ? "opaque tokens cannot be judged: a setting is wrong"
                        : "opaque tokens cannot be judged: the endpoint fails",
                Map.of("detail", failure.detail()));
    }

    void opened() {
        report(
                "introspection.open",
                Severity.ERROR,
                "the endpoint is not asked for a while: it keeps failing",
                Map.of());
    }

    void succeeded() {
        if (state.get() != null && state.getAndSet(null) != null) {
            report("introspection.recovered", Severity.INFO, "the endpoint answers again", Map.of());
        }
    }

    /** A listener that breaks its promise not to throw must not make a verifier throw. */
    private void report(String name, Severity severity, String message, Map<String, String> attributes) {
        try {
            listener.on(new GuardEvent(name, severity, message + " (" + endpoint + ")", attributes));
        } catch (RuntimeException e) {
            return; // nowhere to report it to
        }
    }
}
