package io.apiguard.jaxrs;

import io.apiguard.Admitted;
import io.apiguard.Admitted.ResponseMedia;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Redacts outside a servlet container; nearest to the entity's writer, so that it reads what others encode after
 * it.
 */
final class Redaction implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Admitted admitted = context.getProperty(RestExchange.class.getName()) instanceof StandaloneExchange exchange
                        && !exchange.isChunked()
                ? exchange.redacted()
                : null;
        if (admitted == null) {
            context.proceed();
            return;
        }
        StandaloneExchange exchange = (StandaloneExchange) context.getProperty(RestExchange.class.getName());
        OutputStream target = context.getOutputStream();
        exchange.redactingStarts();
        OutputStream redacting = admitted.redacting(media(context, exchange), target, exchange::notRedactable);
        context.setOutputStream(redacting);
        try {
            context.proceed();
        } finally {
            context.setOutputStream(target);
        }
        if (redacting != target) {
            redacting.close();
        }
    }

    private static ResponseMedia media(WriterInterceptorContext context, StandaloneExchange exchange) {
        Object range = context.getHeaders().getFirst("Content-Range");
        String type =
                context.getMediaType() == null ? null : context.getMediaType().toString();
        return new ResponseMedia(exchange.status(), type, null, range == null ? null : range.toString());
    }
}
