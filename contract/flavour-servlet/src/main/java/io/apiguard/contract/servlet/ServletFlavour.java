package io.apiguard.contract.servlet;

import io.apiguard.GuardSettings;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractApplication;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.ContractServer;
import io.apiguard.contract.Operation;
import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;

/** What all servers of plain servlets do alike: register the servlets and install the guard. */
public abstract class ServletFlavour implements ContractServer {

    private final String name;
    private final ContainerTable refusedByContainer;

    /**
     * Makes a server.
     *
     * @param name what it is called
     * @param refusedByContainer what its container refuses by itself
     */
    protected ServletFlavour(String name, ContainerTable refusedByContainer) {
        this.name = name;
        this.refusedByContainer = refusedByContainer;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean annotates(Operation operation) {
        return AnnotatedServlets.byOperation().containsKey(operation.name());
    }

    @Override
    public final boolean typed() {
        return false;
    }

    @Override
    public final ContainerTable refusedByContainer() {
        return refusedByContainer;
    }

    /**
     * Fills a context that is starting.
     *
     * @param context the context
     * @param fixture the settings
     */
    protected static void fill(ServletContext context, ContractFixture fixture) {
        add(context, "contract", new ContractServlet(), "/api/*");
        add(context, "health", new HealthServlet(), "/healthz");
        for (Operation operation : ContractApplication.operations()) {
            var type = AnnotatedServlets.byOperation().get(operation.name());
            if (type != null) {
                ServletRegistration.Dynamic servlet = context.addServlet(operation.name(), type);
                servlet.addMapping(operation.template());
            }
        }
        ApiGuard.install(context, GuardSettings.of(fixture.settings()), builder -> {});
    }

    private static void add(ServletContext context, String name, HttpServlet servlet, String mapping) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.addMapping(mapping);
        registration.setAsyncSupported(true);
    }
}
