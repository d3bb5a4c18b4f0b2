package io.apiguard.jaxrs;

import io.apiguard.Admitted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer leaves Jakarta REST outside a servlet container, behind every interceptor: it counts, and redacts what
 * has come past {@link Redaction}, as chunks and events do, and what an interceptor writes that does not proceed.
 *
 * <p>What interceptors write before the entity (the header of a compressed stream) is held back until it is known which
 * of both it is. Used by one thread at a time.
 */
final class Outlet extends OutputStream {

    private static final int MOST_HELD = 8 * 1024;

    private final StandaloneExchange exchange;
    private final OutputStream target;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream early = new ByteArrayOutputStream(0);
    private @Nullable OutputStream chosen;
    private boolean open;

    Outlet(StandaloneExchange exchange, OutputStream target) {
        this.exchange = exchange;
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        openTarget();
        OutputStream to = chosen;
        if (to == null && (exchange.isRedacting() || held.size() + length > MOST_HELD)) {
            to = choose();
        }
        (to == null ? held : to).write(bytes, offset, length);
    }

    /** Frameworks take bytes only after the filters have run; what a redactor says that fails at once waits for that. */
    private void openTarget() throws IOException {
        open = true;
        if (early.size() > 0) {
            byte[] waiting = early.toByteArray();
            early.reset();
            target.write(waiting, 0, waiting.length);
        }
    }

    /** Takes the way of the bytes: as they are if they are masked already or need not be, else through the redactor. */
    OutputStream choose() throws IOException {
        Admitted admitted = exchange.isRedacting() ? null : exchange.redacted();
        OutputStream sink = new Counted();
        OutputStream to = admitted == null ? sink : admitted.redacting(exchange.media(), sink, exchange::notRedactable);
        chosen = to;
        if (held.size() > 0) {
            byte[] before = held.toByteArray();
            held.reset();
            to.write(before, 0, before.length);
        }
        return to;
    }

    @Override
    public void flush() throws IOException {
        openTarget();
        OutputStream to = chosen == null && held.size() > 0 ? choose() : chosen;
        if (to != null) {
            to.flush();
        }
    }

    /** Sends what is held back still; an entity that came past the interceptors is complete with that. */
    void finish() throws IOException {
        if (chosen == null && held.size() > 0) {
            choose().close();
        }
    }

    @Override
    public void close() throws IOException {
        openTarget();
        finish();
        OutputStream to = chosen;
        (to == null ? target : to).close();
    }

    private final class Counted extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            (open ? target : early).write(value);
            exchange.sent(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            (open ? target : early).write(bytes, offset, length);
            exchange.sent(length);
        }

        @Override
        public void flush() throws IOException {
            if (open) {
                target.flush();
            }
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
