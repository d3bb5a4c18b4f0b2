package io.apiguard.jaxrs;

import io.apiguard.Endpoint;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.GuardBuilder;
import io.apiguard.GuardCustomizer;
import io.apiguard.GuardSettings;
import io.apiguard.identity.Identity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the guard of an application, and registers the gates. */
final class Arming {

    private final Framework framework;
    private final Supplier<GuardSettings> settings;
    private final GuardCustomizer customizer;
    private final @Nullable PeerSource peers;
    private final Consumer<Guard> built;

    Arming(
            Framework framework,
            Supplier<GuardSettings> settings,
            GuardCustomizer customizer,
            @Nullable PeerSource peers,
            Consumer<Guard> built) {
        this.framework = framework;
        this.settings = settings;
        this.customizer = customizer;
        this.peers = peers;
        this.built = built;
    }

    /** Where there is no servlet container. */
    void arm(FeatureContext context) {
        GuardSettings found = settings.get();
        if (peers == null) {
            PeerlessSettings.check(found);
        }
        GuardedResources resources = resources(found, framework.applicationPath(), List.of());
        if (peers == null) {
            PeerlessSettings.check(resources.guard());
        }
        PeerSource source = peers == null ? PeerlessSettings.SOURCE : peers;
        register(context, resources, false, request -> standalone(resources, request, source));
    }

    GuardSettings settings() {
        return settings.get();
    }

    static StandaloneExchange standalone(
            GuardedResources resources, ContainerRequestContext request, PeerSource source) {
        return new StandaloneExchange(resources.guard(), new RestRequest(request, source));
    }

    /** Builds the guard. */
    GuardedResources resources(GuardSettings found, String prefix, Collection<Endpoint> others) {
        List<ResourceEndpoint> endpoints = ResourceScanner.scan(prefix, framework.classes());
        GuardBuilder builder = Guard.builder(found)
                .propertyNames(JacksonMappers.names(framework, answers(endpoints)))
                .endpoints(endpoints.stream().map(ResourceEndpoint::endpoint).toList())
                .endpoints(others);
        customizer.customize(builder);
        Guard guard = builder.build();
        checkLocators(guard, endpoints);
        PeerlessSettings.refuse(SharedIdentity.problems(framework), guard);
        built.accept(guard);
        return new GuardedResources(guard, endpoints);
    }

    private static List<Type> answers(List<ResourceEndpoint> endpoints) {
        return endpoints.stream().map(at -> at.endpoint().responseType()).toList();
    }

    /** A request is charged once, at its method. */
    private static void checkLocators(Guard guard, List<ResourceEndpoint> endpoints) {
        List<String> problems = new ArrayList<>();
        for (ResourceEndpoint endpoint : endpoints) {
            EndpointPolicy policy = guard.policyOf(endpoint.endpoint()).orElseThrow();
            boolean own = policy.limits().stream()
                    .anyMatch(limit -> !limit.limit().name().startsWith("default"));
            if (endpoint.locator() && own) {
                problems.add(
                        endpoint.endpoint().name() + " (" + endpoint.endpoint().handler()
                                + "): a locator has limits, which nothing charges. Put them on the sub-resource's methods");
            }
        }
        PeerlessSettings.refuse(problems, guard);
    }

    /**
     * Registers the gates. Their classes carry their priorities too: Jersey takes one below 1 that it is given here for
     * none, and would run them among the application's own filters.
     */
    void register(
            FeatureContext context,
            GuardedResources resources,
            boolean hosted,
            Function<ContainerRequestContext, RestExchange> begin) {
        Consumer<@Nullable Identity> injection = framework.isResteasy() ? Resteasy.injection() : identity -> {};
        context.register(new Gate1(resources, begin, injection), Integer.MIN_VALUE);
        if (resources.hasLocators()) {
            context.register(new LocatorGate(resources), Integer.MAX_VALUE);
        }
        context.register(new Gate2(resources), Integer.MIN_VALUE);
        context.register(new JudgedType(), Integer.MIN_VALUE);
        context.register(new WayOut(), Integer.MIN_VALUE);
        if (!hosted) {
            if (framework.isResteasy()) {
                PeerlessSettings.refuse(unmaskable(resources), resources.guard());
            }
            context.register(new Ending(), Integer.MIN_VALUE);
            context.register(new Redaction(), Integer.MAX_VALUE);
        }
        if (!RestExchange.leavesErrors(resources.guard())) {
            registerMappers(context);
        }
        framework.register(context, resources.guard(), hosted);
    }

    /** RESTEasy writes events to the connection itself, past every filter; in a servlet container they pass the guard's. */
    static List<String> unmaskable(GuardedResources resources) {
        return resources.endpoints().stream()
                .filter(endpoint ->
                        ResponseTypes.sendsEvents(endpoint.endpoint().handlerMethod()))
                .filter(endpoint -> !resources.policy(endpoint).fields().isEmpty())
                .map(endpoint ->
                        endpoint.endpoint().name() + " (" + endpoint.endpoint().handler()
                                + "): it sends events, whose fields nobody can mask in RESTEasy without the guard's filter before it."
                                + " Serve it in a servlet container with that filter, or answer with something else")
                .toList();
    }

    /** What the application maps itself stays its own. */
    private void registerMappers(FeatureContext context) {
        List<Class<?>> mapped = framework.classes().stream()
                .filter(ExceptionMapper.class::isAssignableFrom)
                .filter(type -> !Framework.isPartOfOne(type))
                .<Class<?>>flatMap(type -> Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals("toResponse") && !method.isBridge())
                        .map(method -> method.getParameterTypes()[0]))
                .toList();
        context.register(new Unreadable(mapped), Integer.MIN_VALUE);
        if (!mapped.contains(Throwable.class)) {
            context.register(new Uncaught());
        }
    }
}
