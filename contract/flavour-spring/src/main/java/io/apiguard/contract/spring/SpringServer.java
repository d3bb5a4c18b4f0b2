package io.apiguard.contract.spring;

import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.ContractFixture;
import io.apiguard.contract.ContractServer;
import io.apiguard.contract.Operation;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The controllers in Spring Boot, of whichever version is on the class path, with its own Tomcat. */
public final class SpringServer implements ContractServer {

    private final String name;
    private final ContainerTable refusedByContainer;
    private ConfigurableApplicationContext context;

    /**
     * Makes a server.
     *
     * @param name what it is called
     * @param refusedByContainer what its container refuses by itself
     */
    public SpringServer(String name, ContainerTable refusedByContainer) {
        this.name = name;
        this.refusedByContainer = refusedByContainer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean annotates(Operation operation) {
        return true;
    }

    @Override
    public boolean typed() {
        return true;
    }

    @Override
    public ContainerTable refusedByContainer() {
        return refusedByContainer;
    }

    @Override
    public int start(ContractFixture fixture) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off"));
        fixture.settings().forEach((key, value) -> properties.put("api-guard." + key, value));
        SpringApplication application = new SpringApplication(ContractBootApplication.class);
        application.setDefaultProperties(properties);
        context = application.run();
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void stop() {
        context.close();
    }
}
