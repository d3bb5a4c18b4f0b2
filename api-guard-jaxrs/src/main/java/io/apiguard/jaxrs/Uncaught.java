package io.apiguard.jaxrs;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Takes what no mapper of the application's own takes, before the framework answers: RESTEasy would show the
 * caller the exception's message.
 * Not registered beside another mapper of all failures.
 */
final class Uncaught implements ExceptionMapper<Throwable> {

    private static final String RESTEASY_WRAPPER = "org.jboss.resteasy.spi.ApplicationException";

    /** What the way out makes a problem document of; no mapper that meets it before would show anything. */
    static final class Failure {
        private final transient Throwable failure;

        Failure(Throwable failure) {
            this.failure = failure;
        }

        Throwable thrown() {
            return failure;
        }
    }

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable failure = unwrap(thrown);
        return failure instanceof WebApplicationException meant
                ? meant.getResponse()
                : Response.serverError().entity(new Failure(failure)).build();
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause != null && thrown.getClass().getName().equals(RESTEASY_WRAPPER) ? cause : thrown;
    }
}
