package io.apiguard.contract.jetty12;

import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.servlet.ServletFlavour;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlets on Jetty. */
final class JettyServletServer extends ServletFlavour {

    private Server server = new Server();

    JettyServletServer(String name, ContainerTable refusedByContainer) {
        super(name, refusedByContainer);
    }

    @Override
    public int start(ContractFixture fixture) throws Exception {
        server = new Server();
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(
                false); // what it adds before any filter runs is the operator's to switch off
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServletContainerInitializer((classes, servletContext) -> fill(servletContext, fixture));
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
