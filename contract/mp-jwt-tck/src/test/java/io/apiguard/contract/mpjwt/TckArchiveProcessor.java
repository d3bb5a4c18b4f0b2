package io.apiguard.contract.mpjwt;

import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Puts the configuration of an archive on its class path, with the settings of the guard that it does not say, and adds what its resources
 * are injected with.
 */
public final class TckArchiveProcessor implements ApplicationArchiveProcessor {

    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    /** What the TCK serves without an annotation, which API Guard takes for forgotten. */
    private static final Map<String, List<String>> OPEN = Map.of(
            "UnsecuredPingEndpoint",
            List.of("echoInput"),
            "EmptyTokenEndpoint",
            List.of("verifyEmptyToken", "verifyNonEmptyToken"));

    /** Arquillian adds a servlet to every archive, which tests that run as clients do not call. */
    private static final String SETTINGS = """
            transport:
              require-tls: false
            routes:
              - endpoint: /ArquillianServletRunnerEE9
                access: denied
            """;

    private static final String PUBLIC_ROUTE = """
              - endpoint: %s.%s
                access: public
            """;

    @Override
    public void process(Archive<?> archive, TestClass test) {
        WebArchive war = (WebArchive) archive;
        Node configuration = war.get(CONFIGURATION);
        if (configuration != null) {
            war.addAsResource(configuration.getAsset(), CONFIGURATION);
        }
        war.addAsResource(new StringAsset(settings(war)), "api-guard.yaml");
        war.addClasses(CurrentToken.class, ClaimValues.class, IdentityToken.class, TokenFilter.class);
    }

    private static String settings(WebArchive war) {
        StringBuilder settings = new StringBuilder(SETTINGS);
        OPEN.forEach((resource, methods) -> {
            if (has(war, resource)) {
                methods.forEach(method -> settings.append(PUBLIC_ROUTE.formatted(resource, method)));
            }
        });
        return settings.toString();
    }

    private static boolean has(WebArchive war, String resource) {
        return !war.getContent(path -> path.get().endsWith("/" + resource + ".class"))
                .isEmpty();
    }
}
