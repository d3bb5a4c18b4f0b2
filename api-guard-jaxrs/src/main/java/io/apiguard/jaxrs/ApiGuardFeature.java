package io.apiguard.jaxrs;

import io.apiguard.Guard;
import io.apiguard.GuardCustomizer;
import io.apiguard.GuardSettings;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards a Jakarta REST application: every resource method, and every locator of sub-resources.
 *
 * <p>Jersey and RESTEasy find it in the jar. Register one by hand to give it settings or what settings cannot say:
 *
 * <pre>{@code
 * new ResourceConfig(Orders.class)
 *         .register(ApiGuardFeature.of(settings, guard -> guard.objectCheck("owner", owners)));
 * }</pre>
 *
 * <p>In a servlet container the guard's filter must be there too: in a WAR the jar sees to it, elsewhere
 * {@link io.apiguard.servlet.ApiGuard#install}; without it the feature does the filter's work for what Jakarta
 * REST serves. Outside a servlet container
 * say who the peers are: {@link #withPeers}. An endpoint without a policy fails the start with one message that
 * lists all of them.
 *
 * <p>A locator's code runs while the framework still searches for the method, so it needs a policy of its own,
 * which is enforced before: its
 * template is the path it leads to and {@code /**}. Its policy holds for all methods behind it. Limits belong on
 * these methods, not on
 * the locator. Locators should return concrete classes: what their types do not tell at start-up is refused.
 */
public final class ApiGuardFeature implements Feature {

    private static final String CONFIGURED = ApiGuardFeature.class.getName();

    private final Supplier<GuardSettings> settings;
    private final GuardCustomizer customizer;
    private final @Nullable PeerSource peers;
    private final AtomicReference<@Nullable Guard> guard = new AtomicReference<>();

    @Context
    private @Nullable Application application;

    /**
     * Makes a feature with the settings that {@link GuardSettings#load()} finds, and every {@link
     * GuardCustomizer} that is a service.
     */
    public ApiGuardFeature() {
        this(
                GuardSettings::load,
                builder -> ServiceLoader.load(GuardCustomizer.class).forEach(service -> service.customize(builder)),
                null);
    }

    private ApiGuardFeature(Supplier<GuardSettings> settings, GuardCustomizer customizer, @Nullable PeerSource peers) {
        this.settings = settings;
        this.customizer = customizer;
        this.peers = peers;
    }

    /**
     * Makes a feature with given settings.
     *
     * @param settings the settings
     * @param customizer adds what settings cannot say, such as object checks; called when the guard is built
     * @return the feature
     */
    public static ApiGuardFeature of(GuardSettings settings, GuardCustomizer customizer) {
        return new ApiGuardFeature(() -> settings, customizer, null);
    }

    /**
     * Returns this feature with a host that knows its connections; of no use in a servlet container, which does
     * by itself.
     *
     * @param source what the host tells of connections
     * @return the feature
     */
    public ApiGuardFeature withPeers(PeerSource source) {
        return new ApiGuardFeature(settings, customizer, source);
    }

    /** {@return the guard, to ask for its coverage; empty until the application is configured} */
    public Optional<Guard> guard() {
        return Optional.ofNullable(guard.get());
    }

    /**
     * Builds the guard and puts it around the application.
     *
     * @param context the application's
     * @return whether the guard is there now; not in a client, where another adapter guards the context, or a
     * second time
     * @throws io.apiguard.GuardConfigurationException if the guard cannot be built; the message lists what,
     * where, and the remedy
     * @throws IllegalStateException if a setting cannot work here; the message names it
     */
    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().getRuntimeType() == RuntimeType.CLIENT
                || context.getConfiguration().getProperty(CONFIGURED) != null) {
            return false;
        }
        context.property(CONFIGURED, true);
        Framework framework = Framework.of(context, application);
        Arming arming = new Arming(framework, settings, customizer, peers, guard::set);
        if (Framework.isPresent("jakarta.servlet.ServletContext")) {
            context.register(new ServletArming(arming));
        } else {
            arming.arm(context);
        }
        return true;
    }
}
