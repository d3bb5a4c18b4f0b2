package io.apiguard;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request as an adapter can read it, once.
 *
 * <p>Belongs to one request; not thread-safe.
 */
public interface RequestBody {

    /** {@return false only if the request cannot have a body: it announces none and its protocol would have to} */
    boolean mayBePresent();

    /**
     * Opens the body for reading; the guard calls this at most once, and only for a caller already let in.
     *
     * @return the bytes as received, after transfer decoding
     * @throws IOException if the connection fails
     */
    InputStream open() throws IOException;

    /** {@return a request without a body} */
    static RequestBody none() {
        return new RequestBody() {
            @Override
            public boolean mayBePresent() {
                return false;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }
        };
    }
}
