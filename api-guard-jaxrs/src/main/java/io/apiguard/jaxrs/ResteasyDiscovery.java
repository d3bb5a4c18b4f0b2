package io.apiguard.jaxrs;

import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Registers the feature where RESTEasy finds the jar, which it does through {@code META-
 * INF/services/jakarta.ws.rs.ext.Providers}.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class ResteasyDiscovery implements Feature {

    /** Makes a discovery; for RESTEasy. */
    public ResteasyDiscovery() {}

    /**
     * Registers the feature, unless the application will do so with settings of its own.
     *
     * @param context the application's, or that of a client, which is left alone
     * @return whether the feature is registered now
     */
    @Override
    public boolean configure(FeatureContext context) {
        boolean wanted = context.getConfiguration().getRuntimeType() != RuntimeType.CLIENT
                && Resteasy.isDeploying()
                && !Resteasy.providers().contains(ApiGuardFeature.class);
        if (wanted) {
            context.register(new ApiGuardFeature());
        }
        return wanted;
    }
}
