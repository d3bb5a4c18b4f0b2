package io.apiguard;

import org.jspecify.annotations.Nullable;

/**
 * How an exchange ended, as the adapter saw it.
 *
 * @param status the status that was sent; 0 if none was
 * @param responseBytes how many body bytes were sent; -1 if that is not known
 * @param failure what the handler threw or what broke the connection, or {@code null}
 */
public record Completion(
        int status, long responseBytes, @Nullable Throwable failure) {

    /**
     * Returns the completion of an exchange that ended with a complete answer.
     *
     * @param status the status
     * @param responseBytes how many body bytes were sent, or -1
     * @return the completion
     */
    public static Completion of(int status, long responseBytes) {
        return new Completion(status, responseBytes, null);
    }
}
