package io.apiguard;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells a handler that reads an unbuffered request body that the body is longer than its bound; the answer is then 413. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    private static final int DEEPEST_CAUSE = 20;

    BodyTooLargeException() {
        super("the request body is longer than this endpoint allows");
    }

    /**
     * Tells whether a failure goes back to a body that was too long; the answer to it is 413, whoever renders it.
     *
     * @param failure what the handler or its reader threw, or {@code null}
     * @return whether it, or one of its nearest 20 causes, is this exception
     */
    public static boolean isBehind(@Nullable Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth <= DEEPEST_CAUSE; depth++) {
            if (at instanceof BodyTooLargeException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
