package io.apiguard.jaxrs;

import io.apiguard.Guard;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/** Ends exchanges whatever becomes of their requests, and the guard with its application, as Jersey tells. */
final class JerseyEvents implements ApplicationEventListener {

    private final Guard guard;
    private final boolean hosted;

    JerseyEvents(Guard guard, boolean hosted) {
        this.guard = guard;
        this.hosted = hosted;
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        if (event.getType() == ApplicationEvent.Type.DESTROY_FINISHED) {
            guard.close();
        }
    }

    @Override
    public @Nullable RequestEventListener onRequest(RequestEvent started) {
        return hosted ? null : JerseyEvents::onRequestEvent;
    }

    private static void onRequestEvent(RequestEvent event) {
        if (event.getType() == RequestEvent.Type.FINISHED
                && RestExchange.of(event.getContainerRequest()) instanceof StandaloneExchange exchange) {
            exchange.release();
        }
    }
}
