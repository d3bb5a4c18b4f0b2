package io.apiguard.jaxrs;

import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/** Registers the feature where Jersey finds the jar; found by Jersey 3.1 and 4 as a service. */
@ConstrainedTo(RuntimeType.SERVER)
public final class JerseyDiscovery implements AutoDiscoverable {

    /** Makes a discovery; for Jersey. */
    public JerseyDiscovery() {}

    /**
     * Registers the feature, unless the application has done so with settings of its own.
     *
     * @param context the application's
     */
    @Override
    public void configure(FeatureContext context) {
        if (!context.getConfiguration().isRegistered(ApiGuardFeature.class)) {
            context.register(new ApiGuardFeature());
        }
    }
}
