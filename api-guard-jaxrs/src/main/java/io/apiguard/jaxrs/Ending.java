package io.apiguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Ends the exchange outside a servlet container when its entity is written, or could not be; around every other
 * interceptor.
 */
@Priority(Integer.MIN_VALUE)
final class Ending implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(RestExchange.class.getName()) instanceof StandaloneExchange exchange)
                || exchange.isChunked()) {
            context.proceed();
            return;
        }
        try {
            context.proceed();
            exchange.flushHeld();
        } catch (IOException | RuntimeException | Error thrown) {
            exchange.failedToSend(thrown);
            throw thrown;
        } finally {
            exchange.release();
        }
    }
}
