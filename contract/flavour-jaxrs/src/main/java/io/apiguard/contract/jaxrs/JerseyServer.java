package io.apiguard.contract.jaxrs;

import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.EmbeddedTomcat;

/** The resources on Jersey in Tomcat, of whichever versions are on the class path. */
public final class JerseyServer extends RestFlavour {

    private final EmbeddedTomcat tomcat = new EmbeddedTomcat();

    /**
     * Makes a server.
     *
     * @param name what it is called
     * @param refusedByContainer what its container refuses by itself
     */
    public JerseyServer(String name, ContainerTable refusedByContainer) {
        super(name, refusedByContainer);
    }

    @Override
    public int start(ContractFixture fixture) throws Exception {
        return tomcat.start(context -> fill(context, fixture, "org.glassfish.jersey.servlet.ServletContainer"));
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
    }
}
