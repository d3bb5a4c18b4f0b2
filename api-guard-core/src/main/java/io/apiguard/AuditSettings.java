package io.apiguard;

import io.apiguard.GuardSettings.AuditLevel;
import io.apiguard.GuardSettings.AuditTo;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the record of each exchange goes.
 *
 * @param sink where audit events are written
 * @param file the file that events are appended to, for sink: file
 * @param queueSize how many events may wait to be written; beyond, they are dropped and counted
 * @param level which exchanges are recorded
 */
public record AuditSettings(
        @Setting(description = "Where audit events are written.", defaultValue = "log")
        AuditTo sink,

        @Setting(description = "The file that events are appended to, for sink: file.") @Nullable Path file,

        @Setting(
                description = "How many events may wait to be written; beyond, they are dropped and counted.",
                defaultValue = "8192")
        int queueSize,

        @Setting(description = "Which exchanges are recorded.", defaultValue = "all")
        AuditLevel level) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public AuditSettings {
        Checks.that(
                sink != AuditTo.FILE || file != null, "file", "is missing while audit.sink is file", "Set audit.file");
        Checks.that(
                file == null || sink == AuditTo.FILE,
                "file",
                "is set while audit.sink is not file",
                "Set audit.sink: file, or remove audit.file");
        Checks.range("queue-size", queueSize, 16, 1 << 20);
    }
}
