package io.apiguard;

import java.io.IOException;

/**
 * Tells a handler that reads an unbuffered request body that the body is longer than its bound; the answer is then 413.
 *
 * @see Exchange#bodyTooLarge()
 */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    BodyTooLargeException() {
        super("the request body is longer than this endpoint allows");
    }
}
