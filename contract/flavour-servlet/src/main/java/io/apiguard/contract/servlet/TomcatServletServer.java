package io.apiguard.contract.servlet;

import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.EmbeddedTomcat;

/** The servlets on Tomcat. */
public final class TomcatServletServer extends ServletFlavour {

    private final EmbeddedTomcat tomcat = new EmbeddedTomcat();

    /**
     * Makes a server.
     *
     * @param name what it is called
     * @param refusedByContainer what its container refuses by itself
     */
    public TomcatServletServer(String name, ContainerTable refusedByContainer) {
        super(name, refusedByContainer);
    }

    @Override
    public int start(ContractFixture fixture) throws Exception {
        return tomcat.start(context -> fill(context, fixture));
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
    }
}
