package io.apiguard.jaxrs;

import io.apiguard.identity.Identity;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.glassfish.hk2.api.Factory;
import org.glassfish.hk2.api.PerLookup;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.jspecify.annotations.Nullable;

/** Makes the caller injectable with {@code @Context} in Jersey, which leaves that to HK2. */
final class JerseyIdentity extends AbstractBinder {

    @Override
    protected void configure() {
        bindFactory(OfRequest.class).to(Identity.class).proxy(false).in(PerLookup.class);
    }

    /** Finds the caller of the running request; public for HK2. */
    public static final class OfRequest implements Factory<@Nullable Identity> {

        private final Provider<ContainerRequestContext> request;

        /**
         * Makes a factory; for HK2.
         *
         * @param request the running request
         */
        @Inject
        public OfRequest(Provider<ContainerRequestContext> request) {
            this.request = request;
        }

        /** {@return the caller; {@code null} for an anonymous one} */
        @Override
        public @Nullable Identity provide() {
            RestExchange exchange = RestExchange.of(request.get());
            return exchange == null ? null : exchange.received().identity().orElse(null);
        }

        @Override
        public void dispose(@Nullable Identity identity) {}
    }
}
