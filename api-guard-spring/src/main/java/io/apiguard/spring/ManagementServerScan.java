package io.apiguard.spring;

import io.apiguard.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.WebOperationRequestPredicate;
import org.springframework.context.ApplicationContext;

/**
 * Finds the endpoints of a management server on a port of its own. Its context is made only when the application's server runs already, so
 * they are foretold from what the actuator will expose; their handlers are made known when they exist.
 */
final class ManagementServerScan {

    private ManagementServerScan() {}

    static List<EndpointScan.Served> of(ApplicationContext context) {
        List<EndpointScan.Served> found = new ArrayList<>();
        if (ManagementPortType.get(context.getEnvironment()) == ManagementPortType.DIFFERENT) {
            String base = FrameworkKinds.managementPath(context.getEnvironment());
            FrameworkKinds kinds = FrameworkKinds.ofManagementServer(context.getEnvironment());
            context.getBeanProvider(WebEndpointsSupplier.class).stream()
                    .flatMap(supplier -> supplier.getEndpoints().stream())
                    .forEach(endpoint -> add(endpoint, base, kinds, found));
            add(List.of("GET"), base, kinds, found);
        }
        return found;
    }

    private static void add(
            ExposableWebEndpoint endpoint, String base, FrameworkKinds kinds, List<EndpointScan.Served> found) {
        for (WebOperation operation : endpoint.getOperations()) {
            WebOperationRequestPredicate predicate = operation.getRequestPredicate();
            String rest = predicate.getMatchAllRemainingPathSegmentsVariable();
            String path =
                    rest == null ? predicate.getPath() : predicate.getPath().replace("{*" + rest + "}", "**");
            add(List.of(predicate.getHttpMethod().name()), base + "/" + path, kinds, found);
        }
    }

    private static void add(
            List<String> methods, String pattern, FrameworkKinds kinds, List<EndpointScan.Served> found) {
        Endpoint endpoint =
                EndpointScan.ofFramework(methods, kinds.template(pattern), "actuator", kinds.managementKind(pattern));
        found.add(new EndpointScan.Served(ManagementServerScan.class, pattern, endpoint));
    }
}
