package io.apiguard.contract;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat on a free port of 127.0.0.1, of whichever version is on the class path; with its default servlet, as a WAR
 * has it.
 */
public final class EmbeddedTomcat {

    private Tomcat tomcat = new Tomcat();

    /** Makes a Tomcat that is not started. */
    public EmbeddedTomcat() {}

    /** Fills a context that is starting. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Registers what the application has.
         *
         * @param context the context
         * @throws ServletException if that fails
         */
        void fill(ServletContext context) throws ServletException;
    }

    /**
     * Starts with one context at the root; again, after it was stopped.
     *
     * @param filler registers servlets and filters
     * @return the port
     * @throws Exception if it does not start
     */
    public int start(Filler filler) throws Exception {
        tomcat = new Tomcat();
        Path directory = Files.createTempDirectory("contract-tomcat");
        directory.toFile().deleteOnExit();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer((classes, servletContext) -> filler.fill(servletContext), Set.of());
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IOException("the context did not start; see the log");
        }
        return tomcat.getConnector().getLocalPort();
    }

    /**
     * Stops.
     *
     * @throws Exception if that fails
     */
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
