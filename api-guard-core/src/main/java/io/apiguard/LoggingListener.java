package io.apiguard;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import java.util.List;
import org.owasp.encoder.Encode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs every event under {@code io.apiguard.event} and tells the application's own listeners. */
final class LoggingListener implements GuardListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.apiguard.event");

    private final List<GuardListener> others;

    LoggingListener(List<GuardListener> others) {
        this.others = List.copyOf(others);
    }

    @Override
    public void on(GuardEvent event) {
        String text = Encode.forJava(event.message() + " " + event.attributes());
        switch (event.severity()) {
            case INFO -> LOG.info("{}: {}", event.name(), text);
            case WARNING -> LOG.warn("{}: {}", event.name(), text);
            case ERROR -> LOG.error("{}: {}", event.name(), text);
        }
        for (GuardListener other : others) {
            tell(other, event);
        }
    }

    /** A listener that fails must not fail a request. */
    private static void tell(GuardListener other, GuardEvent event) {
        try {
            other.on(event);
        } catch (RuntimeException | Error e) {
            LOG.error("listener {} failed on {}", other.getClass().getName(), event.name(), e);
        }
    }
}
