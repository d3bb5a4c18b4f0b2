package io.apiguard.jaxrs;

import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.ServletContext;
import java.util.Optional;

/** Tells the servlet filter that Jakarta REST runs in its context; found by the filter as a service. */
public final class JaxrsHostProvider implements FrameworkHost.Provider {

    /** Makes a provider; for the filter. */
    public JaxrsHostProvider() {}

    @Override
    public Optional<FrameworkHost> hostOf(ServletContext context) {
        return JaxrsHost.find(context).map(host -> host);
    }
}
