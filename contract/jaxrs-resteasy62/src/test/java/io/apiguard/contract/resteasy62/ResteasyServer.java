package io.apiguard.contract.resteasy62;

import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.jaxrs.RestFlavour;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;

/** The resources on RESTEasy in Undertow. */
final class ResteasyServer extends RestFlavour {

    private static final String SERVLET = "org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher";

    private DeploymentManager deployment;
    private Undertow server;

    ResteasyServer(String name, ContainerTable refusedByContainer) {
        super(name, refusedByContainer);
    }

    @Override
    public int start(ContractFixture fixture) throws Exception {
        ServletContainerInitializer filler = (classes, context) -> fill(context, fixture, SERVLET);
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(ResteasyServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("contract")
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        ServletContainerInitializer.class, new ImmediateInstanceFactory<>(filler), Set.of()));
        deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", deployment.start())
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
        deployment.stop();
        deployment.undeploy();
    }
}
