package io.apiguard.redaction;

import io.apiguard.event.GuardListener;
import io.apiguard.field.FieldPlan;
import io.apiguard.identity.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Masks the sensitive values of JSON documents, for one viewer.
 *
 * <pre>{@code
 * FieldPlanRegistry plans = FieldPlanRegistry.builder(PropertyNames.reflective()).learn(Order.class).build();
 * Redactor redactor = Redactor.of(plans.compile(Order.class), viewer);
 * byte[] shown = redactor.redact(json);
 * }</pre>
 *
 * <p>Documents stream through: memory is bounded by the nesting and the longest name, not by their size. What is not
 * masked comes out byte for byte; of a removed member the comma and the white space around it go as well. A masked
 * object or array is masked as a whole. Of names that occur twice every occurrence is masked, and an escaped name is
 * the name it stands for. What cannot be redacted is withheld: see {@link RedactingOutputStream}. Immutable and
 * thread-safe.
 */
public final class Redactor {

    private final FieldPlan plan;
    private final @Nullable Identity viewer;
    private final GuardListener listener;

    private Redactor(FieldPlan plan, @Nullable Identity viewer, GuardListener listener) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.viewer = viewer;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Makes a redactor.
     *
     * @param plan what is masked
     * @param viewer who will read the documents, or {@code null} for an anonymous caller
     * @return the redactor
     */
    public static Redactor of(FieldPlan plan, @Nullable Identity viewer) {
        return new Redactor(plan, viewer, GuardListener.none());
    }

    /**
     * Returns a redactor like this one that reports failures.
     *
     * @param other is told of the event {@code redaction.failed}
     * @return the redactor
     */
    public Redactor reportingTo(GuardListener other) {
        return new Redactor(plan, viewer, other);
    }

    /**
     * Makes a stream that masks one document on its way.
     *
     * @param target takes the masked document
     * @return the stream for the document as the application writes it
     */
    public RedactingOutputStream redacting(OutputStream target) {
        return redacting(target, () -> {});
    }

    /**
     * Makes a stream that masks one document on its way, for adapters that can still change the answer if it fails
     * early.
     *
     * @param target takes the masked document
     * @param beforePlaceholder is run once if the placeholder is about to be written, before anything was: the place
     *     to set status,
     *     content type and length
     * @return the stream for the document as the application writes it
     */
    public RedactingOutputStream redacting(OutputStream target, Runnable beforePlaceholder) {
        return new RedactingOutputStream(target, plan, viewer, listener, beforePlaceholder);
    }

    /**
     * Masks a document that is at hand as a whole.
     *
     * @param document JSON in UTF-8; not changed
     * @return the masked document, or {@link RedactingOutputStream#placeholder()} if it cannot be masked
     */
    public byte[] redact(byte[] document) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(document.length);
        try (RedactingOutputStream stream = redacting(whole)) {
            stream.write(document, 0, document.length);
        } catch (IOException e) {
            return RedactingOutputStream.placeholder();
        }
        return whole.toByteArray();
    }
}
