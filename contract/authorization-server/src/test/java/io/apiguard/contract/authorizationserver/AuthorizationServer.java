package io.apiguard.contract.authorizationserver;

import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Spring Authorization Server on a free port of 127.0.0.1, with its own defaults but for what {@link ServerConfiguration}
 * says.
 */
final class AuthorizationServer implements AutoCloseable {

    static final String AUDIENCE = "orders";
    static final String USER = "ulla";

    private final ConfigurableApplicationContext context;
    private final SigningKeys keys;
    private final KeySetTap tap;
    private final Connector connector;
    private final String issuer;

    private AuthorizationServer(ConfigurableApplicationContext context, boolean tls) {
        this.context = context;
        this.keys = context.getBean(SigningKeys.class);
        this.tap = context.getBean(KeySetTap.class);
        TomcatWebServer server = (TomcatWebServer) ((ServletWebServerApplicationContext) context).getWebServer();
        this.connector = server.getTomcat().getConnector();
        this.issuer = (tls ? "https" : "http") + "://127.0.0.1:" + server.getPort();
    }

    static AuthorizationServer start(RegisteredClient... clients) {
        return start(null, clients);
    }

    static AuthorizationServer start(Tls tls, RegisteredClient... clients) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ServerConfiguration.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers((GenericApplicationContext fresh) -> {
                    fresh.registerBean(
                            ServerConfiguration.Registered.class,
                            () -> new ServerConfiguration.Registered(List.of(clients)));
                    fresh.registerBean(ConnectorSettings.class, () -> new ConnectorSettings(tls));
                })
                .properties(Map.of("server.address", "127.0.0.1", "server.port", "0"))
                .run();
        return new AuthorizationServer(context, tls != null);
    }

    /** With the port bound from start to stop only, an outage closes it. */
    private record ConnectorSettings(Tls tls) implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("bindOnInit", "false");
                if (tls != null) {
                    tls.secure(connector);
                }
            });
        }
    }

    static String secretOf(String client) {
        return client + "-secret";
    }

    String issuer() {
        return issuer;
    }

    String keySetAddress() {
        return issuer + "/oauth2/jwks";
    }

    String introspectionAddress() {
        return issuer + "/oauth2/introspect";
    }

    SigningKeys keys() {
        return keys;
    }

    KeySetTap tap() {
        return tap;
    }

    OAuthClient client() {
        return new OAuthClient(issuer);
    }

    /** Closes the port, as when the process is gone. */
    void goDown() throws LifecycleException {
        connector.setPort(connector.getLocalPort());
        connector.stop();
    }

    /** Opens the same port again. */
    void comeBack() throws LifecycleException {
        connector.start();
    }

    @Override
    public void close() {
        context.close();
    }
}
