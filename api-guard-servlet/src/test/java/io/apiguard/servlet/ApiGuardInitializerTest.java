package io.apiguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.GuardSettings;
import io.apiguard.servlet.TestServlets.Open;
import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WAR on Tomcat: the jar alone is to guard it. */
class ApiGuardInitializerTest {

    private final Tomcat tomcat = new Tomcat();

    @TempDir
    private Path directory;

    private Context start(ServletContainerInitializer application) throws Exception {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp("", directory.toString());
        context.addServletContainerInitializer(application, null);
        tomcat.start();
        return context;
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private boolean isGuarded() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/x");
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("X-Content-Type-Options")
                .isPresent();
    }

    private static void servlet(ServletContext context) {
        context.addServlet("open", new Open((request, response) -> {})).addMapping("/x");
    }

    @Test
    void service_isFound() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .anyMatch(found -> found instanceof ApiGuardInitializer);
    }

    @Test
    void war_withoutConfiguration_doesNotStart() throws Exception {
        Context context = start((classes, started) -> servlet(started));
        assertThat(context.getState()).isNotEqualTo(LifecycleState.STARTED);
    }

    @Test
    void war_withSettingsOfTheApplication_isGuarded() throws Exception {
        Map<String, String> settings = Map.of(
                "transport.require-tls", "false",
                "transport.allowed-hosts", "127.0.0.1");
        Context context = start((classes, started) -> {
            servlet(started);
            ApiGuard.install(started, GuardSettings.of(settings), builder -> {});
        });
        assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
        assertThat(context.getServletContext().getAttribute(FrameworkHost.ARMED))
                .isEqualTo("servlet");
        assertThat(isGuarded()).isTrue();
    }

    @Test
    void war_anotherAdapterHasArmed_standsBack() throws Exception {
        Context context = start((classes, started) -> {
            servlet(started);
            FrameworkHost.claim(started, "spring");
        });
        assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);
        assertThat(isGuarded()).isFalse();
    }
}
