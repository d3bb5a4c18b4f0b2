package io.apiguard.redaction;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import io.apiguard.field.FieldPlan;
import io.apiguard.http.Problem;
import io.apiguard.identity.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream into which an application writes one JSON document in UTF-8 and out of which it comes with its sensitive
 * values masked; made by {@link Redactor#redacting(OutputStream)}.
 *
 * <p>When the document turns out not to be JSON in UTF-8, to be cut off, to nest deeper than 1,000 levels or to have a
 * name of more than 64 KiB, or when anything unexpected happens, nothing more of it is passed on:
 *
 * <ul>
 *   <li>while the target was given nothing, which holds for the first 8 KiB, {@link #placeholder()} is written in
 *     place of the whole
 *       document and whatever else the application writes is ignored ({@link State#REPLACED});
 *   <li>after that the stream throws an {@link IOException} on this and every further use and never closes its target,
 *     so that the
 *       connection is cut off and the client sees that the answer is not whole ({@link State#ABORTED}).
 * </ul>
 *
 * <p>Either is reported once as the event {@code redaction.failed}, without content. For one document; not thread-safe.
 */
public final class RedactingOutputStream extends OutputStream {

    /** What became of a document. */
    public enum State {
        /** So far it is passed on, masked. */
        PASSING,
        /** It was passed on to its end. */
        FINISHED,
        /** It could not be masked, and the placeholder was written instead. */
        REPLACED,
        /** It could not be passed on to its end, and a part of it was sent before that was known. */
        ABORTED
    }

    private static final byte[] PLACEHOLDER = ("{\"type\":\"" + Problem.TYPE_PREFIX + "redaction-failed\","
                    + "\"title\":\"The response could not be prepared\",\"status\":500}")
            .getBytes(StandardCharsets.US_ASCII);

    private final OutputStream target;
    private final HeldOutput out;
    private final JsonRedaction redaction;
    private final GuardListener listener;
    private final Runnable beforePlaceholder;
    private final byte[] single = new byte[1];

    private State state = State.PASSING;
    private boolean started;
    private boolean closed;

    RedactingOutputStream(
            OutputStream target,
            FieldPlan plan,
            @Nullable Identity viewer,
            GuardListener listener,
            Runnable beforePlaceholder) {
        this.target = Objects.requireNonNull(target, "target");
        this.out = new HeldOutput(target);
        this.redaction = new JsonRedaction(plan, viewer, out);
        this.listener = listener;
        this.beforePlaceholder = beforePlaceholder;
    }

    /** {@return what is written instead of a document that cannot be masked: a problem document (RFC 9457) in UTF-8} */
    public static byte[] placeholder() {
        return PLACEHOLDER.clone();
    }

    /** {@return what became of the document so far} */
    public State state() {
        return state;
    }

    /**
     * Takes one byte of the document.
     *
     * @throws IOException if the target throws one, or the document was aborted
     */
    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    /**
     * Takes bytes of the document; they are not kept.
     *
     * @throws IOException if the target throws one, or the document is aborted
     */
    @Override
    public void write(byte[] bytes, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, bytes.length);
        refuseIfAborted();
        if (state == State.FINISHED) {
            throw new IOException("the document was finished");
        }
        if (state == State.PASSING && len > 0) {
            started = true;
            run(() -> redaction.feed(bytes, off, len));
        }
    }

    /**
     * Passes on what can be, and flushes the target. Ignored while the first 8 KiB are kept back, unless the document
     * is complete.
     *
     * @throws IOException if the target throws one, or the document was aborted
     */
    @Override
    public void flush() throws IOException {
        refuseIfAborted();
        if (state != State.PASSING) {
            target.flush();
        } else if (out.isCommitted() || redaction.isComplete()) {
            run(() -> {
                out.drain();
                return true;
            });
            target.flush();
        }
    }

    /**
     * Says that the document ends here, and passes on the rest without closing the target. Nothing at all is a
     * document too: an answer without a body. Called again it does nothing.
     *
     * @throws IOException if the target throws one, or the document was aborted
     */
    public void finish() throws IOException {
        refuseIfAborted();
        if (state == State.PASSING) {
            run(() -> {
                boolean whole = !started || redaction.finish();
                if (whole) {
                    out.drain();
                }
                return whole;
            });
            state = state == State.PASSING ? State.FINISHED : state;
        }
    }

    /**
     * Gives the document up, as if it were malformed: for adapters that see what the bytes do not tell, such as a
     * charset other than UTF-8, or that the handler failed half-way. Does nothing once the document has finished or
     * failed.
     *
     * @throws IOException if a part of the document was sent before
     */
    public void fail() throws IOException {
        if (state == State.PASSING) {
            failed();
        }
    }

    /**
     * {@linkplain #finish() Finishes} the document and closes the target; the target of an aborted document stays
     * open, as closing it would end the answer as if it were whole.
     *
     * @throws IOException if the target throws one, or the document was aborted
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        finish();
        target.close();
    }

    private void run(Work work) throws IOException {
        boolean good = false;
        try {
            good = work.run();
        } catch (UncheckedIOException e) {
            state = State.ABORTED;
            throw e.getCause();
        } catch (RuntimeException e) {
            good = false; // what it says may hold content, and whatever it was, the document is withheld
        } catch (Error e) {
            state = State.ABORTED;
            throw e;
        }
        if (!good) {
            failed();
        }
    }

    private void failed() throws IOException {
        out.discard();
        state = out.isCommitted() ? State.ABORTED : State.REPLACED;
        listener.on(new GuardEvent(
                "redaction.failed",
                GuardEvent.Severity.ERROR,
                "A response could not be redacted and was withheld",
                Map.of("outcome", state == State.REPLACED ? "replaced" : "aborted")));
        refuseIfAborted();
        beforePlaceholder.run();
        target.write(PLACEHOLDER, 0, PLACEHOLDER.length);
    }

    private void refuseIfAborted() throws IOException {
        if (state == State.ABORTED) {
            throw new IOException("the response could not be redacted to its end");
        }
    }

    /** A part of the work on the document; false if it cannot be masked. */
    private interface Work {
        boolean run();
    }
}
