package io.apiguard.authn.jwt;

import io.apiguard.event.GuardListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link JwkSource} that reads a file; made by {@link JwkSource#file(Path)}. Not thread-safe.
 */
public final class FileJwkSourceBuilder {

    private final Path path;
    private Duration checkEvery = Duration.ofSeconds(10);
    private GuardListener listener = GuardListener.none();
    private @Nullable ScheduledExecutorService scheduler;

    FileJwkSourceBuilder(Path path) {
        this.path = path;
    }

    /**
     * Sets how often the file is looked at; 10 seconds if not set. A key that left the file stops verifying after this
     * time at the latest.
     *
     * @param value more than zero
     * @return this builder
     */
    public FileJwkSourceBuilder checkEvery(Duration value) {
        this.checkEvery = RemoteJwkSourceBuilder.positive(value, "checkEvery");
        return this;
    }

    /**
     * Sets who is told of keys that change, and of content that cannot be used; nobody if not set.
     *
     * @param value any listener
     * @return this builder
     */
    public FileJwkSourceBuilder listener(GuardListener value) {
        this.listener = value;
        return this;
    }

    /**
     * Sets where the file is looked at; if not set, one daemon thread. An executor given here is not shut down by
     * {@link JwkSource#close()}.
     *
     * @param value an executor that runs tasks on threads of its own
     * @return this builder
     */
    public FileJwkSourceBuilder scheduler(ScheduledExecutorService value) {
        this.scheduler = value;
        return this;
    }

    /**
     * Reads the file and returns the source.
     *
     * @return a source to be closed when it is not needed any more
     * @throws IllegalArgumentException if the file cannot be read, or holds no JWK set with a usable key; the message
     *     names the file and says why, and holds no part of it
     */
    public JwkSource build() {
        return scheduler != null
                ? new FileJwkSource(path, checkEvery, listener, scheduler, false)
                : new FileJwkSource(path, checkEvery, listener, Background.scheduler(), true);
    }
}
