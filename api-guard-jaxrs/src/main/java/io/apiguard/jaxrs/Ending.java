package io.apiguard.jaxrs;

import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends the exchange outside a servlet container when its entity is written, or could not be; around every other
 * interceptor.
 */
final class Ending implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(RestExchange.class.getName()) instanceof StandaloneExchange exchange)) {
            context.proceed();
            return;
        }
        context.setOutputStream(new Counting(context.getOutputStream(), exchange));
        try {
            context.proceed();
        } catch (IOException | RuntimeException | Error thrown) {
            exchange.failedToSend(thrown);
            throw thrown;
        } finally {
            exchange.release();
        }
    }

    private static final class Counting extends FilterOutputStream {

        private final StandaloneExchange exchange;

        Counting(OutputStream target, StandaloneExchange exchange) {
            super(target);
            this.exchange = exchange;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            exchange.sent(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            exchange.sent(length);
        }
    }
}
