package io.apiguard;

import io.apiguard.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that has passed gate 2, or was refused there; only {@link Received#admit} makes one.
 *
 * <p>Belongs to one request; not thread-safe.
 */
public final class Admitted {

    private final Guard guard;
    private final Exchange exchange;
    private final EndpointPolicy policy;
    private final @Nullable Answer refusal;
    private final AdmittedBody body;

    Admitted(Guard guard, Exchange exchange, EndpointPolicy policy, @Nullable Answer refusal, AdmittedBody body) {
        this.guard = guard;
        this.exchange = exchange;
        this.policy = policy;
        this.refusal = refusal;
        this.body = body;
    }

    /** {@return the policy that was decided by} */
    public EndpointPolicy policy() {
        return policy;
    }

    /** {@return whether the handler may be called} */
    public boolean isPermitted() {
        return refusal == null;
    }

    /** {@return the complete answer to a request that was refused; empty if the handler may be called} */
    public Optional<Answer> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** {@return the body the handler is to read in place of the original} */
    public AdmittedBody body() {
        return body;
    }

    /** {@return whether responses of this endpoint are redacted, so that a response wrapper is needed and a content length is not kept} */
    public boolean redacts() {
        return guard.redacts(policy);
    }

    /**
     * Returns the stream a response body is to be written to, so that its sensitive fields are masked on their way.
     *
     * @param media the header fields that decide how the body is to be read
     * @param target where the answer goes
     * @param failure called at most once, before anything is written, if the body cannot be redacted: the adapter then makes the response
     *     one of status 500 and {@code application/problem+json}, and a placeholder document follows
     * @return the target itself if nothing has to be masked; else a stream to be closed when the body is complete
     * @throws IOException if the target fails
     */
    public OutputStream redacting(ResponseMedia media, OutputStream target, Runnable failure) throws IOException {
        return guard.redacting(exchange, policy, media, target, failure);
    }

    /**
     * What decides how a response body is to be read.
     *
     * @param status the status
     * @param contentType the {@code Content-Type}, or {@code null}
     * @param contentEncoding the {@code Content-Encoding}, or {@code null}
     * @param contentRange the {@code Content-Range}, or {@code null}
     */
    public record ResponseMedia(
            int status,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            @Nullable String contentRange) {

        /**
         * Tells whether a body of a type is read for named members or withheld where fields are masked: JSON, what does not say what it is,
         * and forms that cannot be masked, such as XML.
         *
         * @param contentType the {@code Content-Type}, or {@code null}
         * @return whether it is; if not, the body passes unless it begins like JSON
         */
        public static boolean hasMembers(@Nullable String contentType) {
            return Media.kindOf(contentType) != Media.Kind.OTHER;
        }
    }

    /** The body that a handler is to read; belongs to one request. */
    public static final class AdmittedBody {
        private final byte @Nullable [] checked;
        private final InputStream stream;

        AdmittedBody(byte @Nullable [] checked, InputStream stream) {
            this.checked = checked;
            this.stream = stream;
        }

        /** {@return the very bytes that were checked, not to be changed; {@code null} if the body was not buffered} */
        public byte @Nullable [] checked() {
            return checked;
        }

        /**
         * {@return the body as a stream, at its beginning; if it was not buffered the stream ends with {@link BodyTooLargeException} at the
         * endpoint's bound}
         */
        public InputStream stream() {
            return stream;
        }
    }
}
