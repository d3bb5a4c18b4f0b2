package io.apiguard.spring;

import io.apiguard.Endpoint;
import io.apiguard.Endpoint.Kind;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.GenericTypeResolver;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Finds everything the handler mappings of an application context can dispatch to. */
final class EndpointScan {

    /** The pattern of a handler that takes what no pattern names. */
    static final String ANY = "/**";

    private final ApplicationContext context;
    private final FrameworkKinds kinds;
    private final List<Served> found = new ArrayList<>();

    private EndpointScan(ApplicationContext context, FrameworkKinds kinds) {
        this.context = context;
        this.kinds = kinds;
    }

    /**
     * An endpoint, and how to know it again when a request has been matched.
     *
     * @param handler the method, or the class of a handler that is not one
     * @param pattern the pattern as the handler mapping exposes it
     * @param endpoint the endpoint
     */
    record Served(Object handler, String pattern, Endpoint endpoint) {}

    /**
     * Scans a context and its ancestors.
     *
     * @throws StartRefusedException if a handler mapping cannot be guarded
     */
    static List<Served> of(ApplicationContext context) {
        EndpointScan scan = new EndpointScan(context, FrameworkKinds.of(context.getEnvironment()));
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
                .values()
                .forEach(scan::scan);
        return scan.found;
    }

    /** Scans the context of a management server on a port of its own, without its parent. */
    static List<Served> ofManagementServer(ApplicationContext context) {
        EndpointScan scan = new EndpointScan(context, FrameworkKinds.ofManagementServer(context.getEnvironment()));
        context.getBeansOfType(HandlerMapping.class, true, false).values().forEach(scan::scan);
        return scan.found;
    }

    private void scan(HandlerMapping mapping) {
        if (mapping instanceof AbstractHandlerMethodMapping<?> methods) {
            methods.getHandlerMethods().forEach((info, method) -> addMethod(mapping, info, method));
        } else if (mapping instanceof RouterFunctionMapping functions) {
            RouterFunction<?> function = functions.getRouterFunction();
            if (function != null) {
                RouteScan.of(function).forEach(route -> addRoute(mapping, route));
            }
        } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
            urls.getHandlerMap().forEach((pattern, handler) -> addHandler(mapping, pattern, handler));
            addIfPresent(mapping, "/", urls.getRootHandler());
            addIfPresent(mapping, ANY, urls.getDefaultHandler());
        } else if (mapping instanceof AbstractHandlerMapping other) {
            addIfPresent(mapping, ANY, other.getDefaultHandler());
        } else if (mapping instanceof Iterable<?> several) {
            several.forEach(inner -> scanInner(mapping, inner));
        } else if (!kinds.isManagementComposite(mapping)) {
            throw unguardable(mapping);
        }
    }

    private void scanInner(HandlerMapping outer, Object inner) {
        if (!(inner instanceof HandlerMapping mapping)) {
            throw unguardable(outer);
        }
        scan(mapping);
    }

    /** What is no AbstractHandlerMapping calls no interceptors of its own accord, and so would pass gate 2 by. */
    private static StartRefusedException unguardable(HandlerMapping mapping) {
        return new StartRefusedException("API Guard does not start:\n  - handler mapping "
                + mapping.getClass().getName() + " calls no interceptors, so that nothing would guard its handlers."
                + " Let it extend AbstractHandlerMapping, or remove it");
    }

    private void addMethod(HandlerMapping mapping, Object info, HandlerMethod handler) {
        Method method = handler.getMethod();
        if (!(info instanceof RequestMappingInfo mapped)) {
            add(method, ANY, method(mapping, List.of(), ANY, handler));
            return;
        }
        List<String> verbs = mapped.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .toList();
        Set<String> patterns = mapped.getPatternValues();
        for (String pattern : patterns.isEmpty() ? Set.of("") : patterns) {
            add(method, pattern, method(mapping, verbs, pattern, handler));
        }
    }

    private Endpoint method(HandlerMapping mapping, List<String> verbs, String pattern, HandlerMethod handler) {
        Class<?> type = userClass(handler.getBean());
        Kind kind = kinds.of(mapping, type, pattern);
        String template = kinds.template(pattern);
        if (kind == Kind.MANAGEMENT || kind == Kind.HEALTH) {
            return ofFramework(verbs, template, "actuator", kind);
        }
        Method method =
                BridgeMethodResolver.findBridgedMethod(AopUtils.getMostSpecificMethod(handler.getMethod(), type));
        Type answer = GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
        String name = type.getSimpleName() + "." + method.getName();
        return new Endpoint(verbs, template, name, type, method, answer, kind);
    }

    private void addRoute(HandlerMapping mapping, RouteScan.Route route) {
        Kind kind = route.resources() ? Kind.STATIC : kinds.of(mapping, route.owner(), route.pattern());
        String template = kinds.template(route.pattern());
        add(HandlerFunction.class, route.pattern(), ofFramework(route.methods(), template, "RouterFunction", kind));
    }

    private void addIfPresent(HandlerMapping mapping, String pattern, @Nullable Object handler) {
        if (handler != null) {
            addHandler(mapping, pattern, handler);
        }
    }

    private void addHandler(HandlerMapping mapping, String pattern, Object handler) {
        if (handler instanceof HandlerMethod method) {
            add(method.getMethod(), pattern, method(mapping, List.of(), pattern, method));
            return;
        }
        Class<?> type = userClass(handler);
        boolean framework = kinds.isFramework(type);
        Endpoint endpoint = new Endpoint(
                List.of(),
                kinds.template(pattern),
                type.getSimpleName(),
                framework ? null : type,
                null,
                Object.class,
                kinds.of(mapping, type, pattern));
        add(type, pattern, endpoint);
    }

    private void add(Object handler, String pattern, Endpoint endpoint) {
        Served served = new Served(handler, pattern, endpoint);
        if (!found.contains(served)) {
            found.add(served);
        }
    }

    /** An endpoint whose code is the framework's, or has no method of its own to carry annotations. */
    static Endpoint ofFramework(Collection<String> methods, String template, String handler, Kind kind) {
        return new Endpoint(List.copyOf(methods), template, handler, null, null, Object.class, kind);
    }

    /** The application's own class behind proxies of any kind; a bean's name stands for the bean. */
    private Class<?> userClass(Object handler) {
        if (!(handler instanceof String name)) {
            return userClassOf(handler);
        }
        Class<?> type = context.isSingleton(name) ? userClassOf(context.getBean(name)) : context.getType(name);
        return ClassUtils.getUserClass(type == null ? context.getBean(name).getClass() : type);
    }

    /** The application's own class of a handler. */
    static Class<?> userClassOf(Object handler) {
        return ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(handler));
    }
}
