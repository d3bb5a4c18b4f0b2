package io.apiguard.servlet.bridge;

import io.apiguard.Admitted.AdmittedBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body a handler reads. It may be asked for at any time, and read once the caller is let in. A body in memory
 * is always ready; one that
 * is not is as ready as the container's own stream.
 */
final class GuardedInput extends ServletInputStream {

    private final GuardedExchange exchange;
    private final GuardedRequest.Original original;
    private @Nullable ReadListener listener;
    private boolean ended;
    private boolean direct;

    GuardedInput(GuardedExchange exchange, GuardedRequest.Original original) {
        this.exchange = exchange;
        this.original = original;
    }

    static IllegalStateException tooEarly() {
        return new IllegalStateException("the request's body was asked for before its caller was let in; in Spring, set"
                + " spring.servlet.multipart.resolve-lazily to true, and let no filter read forms");
    }

    private InputStream source() {
        AdmittedBody body = exchange.body();
        if (body != null) {
            return body.stream();
        }
        if (exchange.delivers()) {
            return original;
        }
        throw tooEarly();
    }

    @Override
    public int read() throws IOException {
        int value = source().read();
        ended |= value < 0;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = source().read(target, offset, length);
        ended |= count < 0;
        return count;
    }

    @Override
    public int available() throws IOException {
        return source().available();
    }

    private boolean isInMemory() {
        AdmittedBody body = exchange.body();
        return body != null && body.checked() != null;
    }

    @Override
    public boolean isFinished() {
        try {
            return ended
                    || (isInMemory() && source().available() == 0)
                    || (direct && original.stream().isFinished());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean isReady() {
        try {
            return !direct || original.stream().isReady();
        } catch (IOException e) {
            return true;
        }
    }

    /** A body that has been read already, wholly or in part, is served from here: the container would never call. */
    @Override
    public void setReadListener(ReadListener readListener) {
        Objects.requireNonNull(readListener, "readListener");
        if (listener != null) {
            throw new IllegalStateException("the read listener is set already");
        }
        listener = readListener;
        direct = !isInMemory() && !original.isTouched();
        try {
            if (direct) {
                original.stream().setReadListener(readListener);
            } else {
                exchange.afterDispatch(() -> drive(readListener));
            }
        } catch (IOException e) {
            exchange.afterDispatch(() -> readListener.onError(e));
        }
    }

    private void drive(ReadListener readListener) {
        try {
            if (!isFinished()) {
                readListener.onDataAvailable();
            }
            if (isFinished()) {
                readListener.onAllDataRead();
            }
        } catch (IOException | RuntimeException | Error e) {
            readListener.onError(e);
        }
    }
}
