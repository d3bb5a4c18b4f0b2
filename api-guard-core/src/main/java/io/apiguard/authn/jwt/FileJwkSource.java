package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwkSet;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardEvent.Severity;
import io.apiguard.event.GuardListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file that is read anew every so often: by its content, since times of change are coarse and a mounted
 * secret changes by a link. Content that is no key set leaves the last good keys in place; one without usable keys withdraws them all.
 */
final class FileJwkSource extends JwkSource {

    private final Path path;
    private final Duration checkEvery;
    private final GuardListener listener;
    private final ScheduledExecutorService scheduler;
    private final boolean ownScheduler;

    /** Guards the fields below it; never held during I/O. */
    private final Object lock = new Object();

    private boolean closed;
    private @Nullable Future<?> next;

    private volatile KeyState keys;

    /** What was read last, and what was wrong then; used by the background alone, after the constructor. */
    private byte[] content;

    private @Nullable String failure;

    FileJwkSource(
            Path path,
            Duration checkEvery,
            GuardListener listener,
            ScheduledExecutorService scheduler,
            boolean ownScheduler) {
        this.path = path;
        this.checkEvery = checkEvery;
        this.listener = listener;
        this.scheduler = scheduler;
        this.ownScheduler = ownScheduler;
        try {
            this.content = read(path);
            this.keys = KeyState.first(FixedJwkSource.usable(content));
        } catch (IOException | Malformed e) {
            throw new IllegalArgumentException("no keys in the file " + path + ": " + detail(e) + "; correct the file");
        }
        scheduleNext();
    }

    private static byte[] read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(JwkFetcher.MAXIMUM_BYTES + 1);
            if (bytes.length > JwkFetcher.MAXIMUM_BYTES) {
                throw new Malformed("it has more than " + JwkFetcher.MAXIMUM_BYTES + " bytes");
            }
            return bytes;
        }
    }

    /** The message of an exception of I/O is the path, or in the language of the system. */
    private static String detail(Exception e) {
        return e instanceof Malformed
                ? String.valueOf(e.getMessage())
                : "it cannot be read (" + e.getClass().getSimpleName() + ")";
    }

    private void scheduleNext() {
        synchronized (lock) {
            try {
                next = closed ? null : scheduler.schedule(this::check, checkEvery.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                next = null; // shut down by whoever gave it to us: the keys stay as they are
            }
        }
    }

    private void check() {
        try {
            byte[] now = read(path);
            if (failure != null || !Arrays.equals(now, content)) {
                replace(JwkSet.parse(now));
                content = now;
                failure = null;
            }
        } catch (IOException | RuntimeException e) {
            failed(e instanceof RuntimeException && !(e instanceof Malformed) ? "it cannot be read" : detail(e));
        } finally {
            scheduleNext();
        }
    }

    private void replace(JwkSet set) {
        KeyState before = keys;
        keys = before.replacedBy(set);
        if (!before.sameAs(set)) {
            report(
                    "jwks.changed",
                    set.keys().isEmpty() ? Severity.ERROR : Severity.INFO,
                    set.keys().isEmpty() ? "the file has no usable key left" : "the keys in the file changed",
                    Map.of("keys", String.valueOf(set.keys().size()), "ignored", String.valueOf(set.ignored())));
        }
    }

    /** Reports a failure when it begins and when it becomes another one, not every time. */
    private void failed(String detail) {
        if (!detail.equals(failure)) {
            failure = detail;
            report(
                    "jwks.file.failed",
                    Severity.WARNING,
                    "the file of keys cannot be used; the last good ones serve on",
                    Map.of("detail", detail));
        }
    }

    /** A listener that breaks its promise not to throw must not end the background. */
    private void report(String name, Severity severity, String message, Map<String, String> attributes) {
        try {
            listener.on(new GuardEvent(name, severity, message + " (" + path + ")", attributes));
        } catch (RuntimeException e) {
            return; // nowhere to report it to
        }
    }

    /** Nothing to do: the file was read when the source was made. */
    @Override
    public void warmUp(WhenUnreachable choice) {}

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        }
        if (ownScheduler) {
            scheduler.shutdownNow();
        }
    }

    @Override
    KeyLookup find(@Nullable String keyId, JwsAlgorithm algorithm) {
        KeyLookup known = keys.find(keyId, algorithm);
        return known == null ? new KeyLookup.Unknown() : known;
    }

    @Override
    @Nullable KeyLookup fetchAgain(JwsAlgorithm algorithm) {
        return null;
    }

    @Override
    long generation() {
        return keys.generation();
    }
}
