package io.apiguard.servlet.bridge;

import io.apiguard.Admitted;
import io.apiguard.redaction.RedactingOutputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the application writes: through the redactor if the endpoint has one, counted, into the container's
 * stream. What is written before
 * a handler is admitted is dropped.
 */
final class GuardedOutput extends ServletOutputStream {

    private final GuardedResponse response;
    private final Sink sink = new Sink();
    private @Nullable ServletOutputStream container;
    private @Nullable OutputStream pipe;
    private final List<Admitted> included = new ArrayList<>(0);
    private final Deque<OutputStream> outers = new ArrayDeque<>(0);
    private @Nullable ByteArrayOutputStream batch;
    private @Nullable Runnable whenReady;
    private boolean nonBlocking;
    private boolean closed;
    private long written;

    GuardedOutput(GuardedResponse response) {
        this.response = response;
    }

    /**
     * The end of every pipe. It does not close the container's stream, and it is flushed only when the application
     * asks for it.
     */
    private final class Sink extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (batch != null) {
                batch.write(bytes, offset, length);
            } else if (length > 0) {
                emit(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            response.decorate();
            container().flush();
        }
    }

    private void emit(byte[] bytes, int offset, int length) throws IOException {
        written += length;
        response.beforeBytes(written);
        container().write(bytes, offset, length);
    }

    private ServletOutputStream container() throws IOException {
        ServletOutputStream opened = container;
        if (opened == null) {
            opened = response.containerStream();
            container = opened;
        }
        return opened;
    }

    private OutputStream pipe() throws IOException {
        OutputStream opened = pipe;
        if (opened == null) {
            opened = response.openPipe(sink);
            outers.clear();
            for (Admitted each : included) {
                opened = wrap(each, opened);
            }
            pipe = opened;
        }
        return opened;
    }

    private OutputStream wrap(Admitted each, OutputStream outer) throws IOException {
        outers.push(outer);
        Nested into = new Nested(outer);
        return response.openPipe(each, into, into::fail);
    }

    /** The end of an included handler's pipe; a placeholder for it does not become a part of the including document. */
    private final class Nested extends OutputStream {

        private OutputStream to;

        Nested(OutputStream outer) {
            to = outer;
        }

        void fail() {
            response.redactionFailed();
            to = sink;
        }

        @Override
        public void write(int value) throws IOException {
            to.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
        }
    }

    /**
     * Runs a step that may write several times; in non-blocking mode the container takes only one write when it is
     * ready.
     */
    private void gathered(Step step) throws IOException {
        if (!nonBlocking || batch != null) {
            step.run();
            return;
        }
        ByteArrayOutputStream gathering = new ByteArrayOutputStream(512);
        batch = gathering;
        try {
            step.run();
        } finally {
            batch = null;
        }
        if (gathering.size() > 0) {
            emit(gathering.toByteArray(), 0, gathering.size());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void write(int value) throws IOException {
        if (takes()) {
            OutputStream to = pipe();
            gathered(() -> to.write(value));
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (takes()) {
            OutputStream to = pipe();
            if (to == sink) {
                sink.write(bytes, offset, length);
            } else {
                gathered(() -> to.write(bytes, offset, length));
            }
        }
    }

    private boolean takes() {
        return !closed && response.delivers();
    }

    @Override
    public void flush() throws IOException {
        if (takes()) {
            OutputStream to = pipe();
            if (nonBlocking && to != sink) {
                return;
            }
            to.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (takes()) {
            finish();
            response.decorate();
            container().close();
        }
    }

    /** Writes what is still kept back; the container's stream stays open. */
    void finish() throws IOException {
        if (!closed) {
            unnest(0);
            closed = true;
            OutputStream last = pipe;
            if (last != null && last != sink) {
                gathered(last::close);
            }
        }
    }

    /** Puts the redactor of an included handler before the pipe of the including one. */
    void nest(Admitted handler) throws IOException {
        OutputStream outer = pipe();
        included.add(handler);
        pipe = wrap(handler, outer);
    }

    /** How many redactors of included handlers there are. */
    int depth() {
        return included.size();
    }

    /** Ends what {@link #nest} began, down to a depth. */
    void unnest(int depth) throws IOException {
        while (included.size() > depth) {
            included.remove(included.size() - 1);
            OutputStream inner = pipe;
            if (inner != null) {
                OutputStream outer = outers.pop();
                pipe = outer;
                if (!closed && inner != outer) {
                    gathered(inner::close);
                }
                pipe = response.isReplaced() ? OutputStream.nullOutputStream() : outer;
            }
        }
    }

    /** Whether the way of the bytes is already chosen. */
    boolean isOpen() {
        return pipe != null;
    }

    boolean isRedacting() {
        return pipe != null && pipe != sink;
    }

    /** Forgets what was written and not sent; what is written next passes the same redactors. */
    void reset() {
        container = null;
        pipe = null;
        written = 0;
        closed = false;
    }

    /** Ends the application's part for good: what it writes from now on is dropped. */
    void end() {
        closed = true;
    }

    /** After a reset of the container: its stream is asked for anew, and what follows is counted from the beginning. */
    void forgetContainer() {
        container = null;
        written = 0;
    }

    /** Writes the placeholder for a body that must not get out, and drops what follows. */
    void replaceBody() {
        pipe = OutputStream.nullOutputStream();
        try {
            sink.write(RedactingOutputStream.placeholder(), 0, RedactingOutputStream.placeholder().length);
        } catch (IOException e) {
            closed = true;
        }
    }

    long written() {
        return written;
    }

    void count(int bytes) {
        written = bytes;
    }

    @Override
    public boolean isReady() {
        try {
            return container().isReady();
        } catch (IOException e) {
            return true;
        }
    }

    /** Runs a task now, or in non-blocking mode when the container is ready to take bytes. */
    void whenReady(Runnable task) {
        if (nonBlocking && !isReady()) {
            whenReady = task;
        } else {
            task.run();
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        Objects.requireNonNull(listener, "listener");
        try {
            container().setWriteListener(new Listening(listener));
            nonBlocking = true;
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    /** Passes the container's calls on, until the application has completed and only its last bytes wait. */
    private final class Listening implements WriteListener {

        private final WriteListener listener;

        Listening(WriteListener listener) {
            this.listener = listener;
        }

        @Override
        public void onWritePossible() throws IOException {
            Runnable task = whenReady;
            if (task == null) {
                listener.onWritePossible();
            } else {
                whenReady = null;
                task.run();
            }
        }

        @Override
        public void onError(Throwable thrown) {
            listener.onError(thrown);
        }
    }
}
