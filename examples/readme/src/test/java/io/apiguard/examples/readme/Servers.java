package io.apiguard.examples.readme;

import io.apiguard.servlet.ApiGuard;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** Starts what a snippet made, under the settings of a file, on a free loopback port. */
final class Servers {

    private static final String CONFIG = "apiguard.config";

    private Servers() {}

    /** A server that is up. */
    record Running(int port, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    static Running springBoot(Class<?> controller, Path settings) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, controller)
                .resourceLoader(new DefaultResourceLoader(controller.getClassLoader()))
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(Map.of(
                        "spring.config.location", settings.toUri().toString(),
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "logging.level.root", "warn"))
                .run();
        return new Running(
                ((ServletWebServerApplicationContext) context).getWebServer().getPort(), context::close);
    }

    /** The guard is found by Jersey, as the README says. */
    static Running jersey(Class<?> resource, Path settings) throws Exception {
        return tomcat(new ServletContainer(new ResourceConfig(resource)), "/*", false, settings);
    }

    /** The embedded server calls {@code ApiGuard.install}, as the README says. */
    static Running servlet(Class<?> servlet, Path settings) throws Exception {
        return tomcat((HttpServlet) servlet.getConstructor().newInstance(), "/orders/*", true, settings);
    }

    private static Running tomcat(Servlet servlet, String mapping, boolean install, Path settings) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(settings.getParent().toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        context.setParentClassLoader(servlet.getClass().getClassLoader());
        Tomcat.addServlet(context, "orders", servlet).setLoadOnStartup(1);
        context.addServletMappingDecoded(mapping, "orders");
        if (install) {
            context.addServletContainerInitializer(
                    (classes, servletContext) -> ApiGuard.install(servletContext), Set.of());
        }
        System.setProperty(CONFIG, settings.toString());
        try {
            tomcat.start();
        } finally {
            System.clearProperty(CONFIG);
        }
        return new Running(tomcat.getConnector().getLocalPort(), () -> stop(tomcat));
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
