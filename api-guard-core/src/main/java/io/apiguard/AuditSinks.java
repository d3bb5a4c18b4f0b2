package io.apiguard;

import io.apiguard.audit.AsyncAuditSink;
import io.apiguard.audit.AuditSink;
import io.apiguard.audit.AuditWriter;
import io.apiguard.event.GuardListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/** Opens the audit sink that the settings name. */
final class AuditSinks {

    private AuditSinks() {}

    static AuditSink of(AuditSettings settings, GuardListener listener, InstantSource clock) {
        if (settings.sink() == GuardSettings.AuditTo.DISCARD) {
            return AuditSink.discardingEveryEvent();
        }
        AuditSink sink = AsyncAuditSink.start(writer(settings), settings.queueSize(), listener, clock);
        return settings.level() == GuardSettings.AuditLevel.REFUSALS ? sink.onlyRefusals() : sink;
    }

    private static AuditWriter writer(AuditSettings settings) {
        return switch (settings.sink()) {
            case FILE -> file(Objects.requireNonNull(settings.file()));
            case STDOUT -> AuditWriter.toStream(System.out);
            case LOG, DISCARD -> AuditWriter.toLogger();
        };
    }

    private static AuditWriter file(Path file) {
        try {
            return AuditWriter.toFile(file);
        } catch (IOException e) {
            throw new GuardConfigurationException(
                    "audit.file " + file + " cannot be opened for writing ("
                            + e.getClass().getSimpleName()
                            + "). Create its directory, or give this process leave to write there",
                    e);
        }
    }
}
