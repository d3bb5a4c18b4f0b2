package io.apiguard.jaxrs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that nobody reads before its caller is let in. Used by one thread at a time. */
final class UnreadBody extends FilterInputStream {

    private boolean open;

    UnreadBody(InputStream body) {
        super(body);
    }

    void open() {
        open = true;
    }

    private InputStream body() {
        if (!open) {
            throw new IllegalStateException(
                    "the request's body was asked for before its caller was let in: let no filter"
                            + " read it that runs before matching or with the lowest priority of all, or read it in an interceptor");
        }
        return in;
    }

    @Override
    public int read() throws IOException {
        return body().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return body().read(target, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
        return body().skip(count);
    }

    @Override
    public int available() throws IOException {
        return body().available();
    }

    @Override
    public boolean markSupported() {
        return open && in.markSupported();
    }
}
