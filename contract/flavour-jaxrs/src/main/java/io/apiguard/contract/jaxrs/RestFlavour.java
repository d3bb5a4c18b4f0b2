package io.apiguard.contract.jaxrs;

import io.apiguard.GuardSettings;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.ContractServer;
import io.apiguard.contract.Operation;
import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

/** What all servers of Jakarta REST do alike: register the framework's servlet and install the guard's filter. */
public abstract class RestFlavour implements ContractServer {

    private final String name;
    private final ContainerTable refusedByContainer;

    /**
     * Makes a server.
     *
     * @param name what it is called
     * @param refusedByContainer what its container refuses by itself
     */
    protected RestFlavour(String name, ContainerTable refusedByContainer) {
        this.name = name;
        this.refusedByContainer = refusedByContainer;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean annotates(Operation operation) {
        return true;
    }

    @Override
    public final boolean typed() {
        return true;
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
     * @param servlet the class of the framework's servlet
     */
    protected static void fill(ServletContext context, ContractFixture fixture, String servlet) {
        ServletRegistration.Dynamic registration = context.addServlet("rest", servlet);
        registration.setInitParameter("jakarta.ws.rs.Application", RestApplication.class.getName());
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping("/*");
        ApiGuard.install(context, GuardSettings.of(fixture.settings()), builder -> {});
    }
}
