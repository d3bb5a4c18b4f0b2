package io.apiguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.GuardConfigurationException;
import io.apiguard.GuardSettings;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.authn.jwt.AccessTokenVerifier;
import io.apiguard.authn.jwt.IssuerResolver;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.InMemoryRevocationStore;
import io.apiguard.store.ReplayStore;
import io.apiguard.store.RevocationStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;

class StartTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    ApiGuardAutoConfiguration.class,
                    UnguardableAutoConfiguration.class));

    private final WebApplicationContextRunner configured = runner.withPropertyValues("api-guard.audit.sink=discard");

    @RestController
    static class Open {
        @PublicEndpoint
        @GetMapping("/open")
        String open() {
            return "open";
        }
    }

    @RestController
    static class Forgotten {
        @GetMapping("/forgotten")
        String forgotten() {
            return "forgotten";
        }
    }

    private static String analysis(Throwable failure) {
        FailureAnalysis analysis = new StartFailureAnalyzer().analyze(failure);
        assertThat(analysis).isNotNull();
        return analysis.getDescription();
    }

    @Test
    void start_withoutSettings_printsSmallestFile() {
        runner.withBean(Open.class).run(context -> assertThat(analysis(context.getStartupFailure()))
                .contains("has no settings", "api-guard.yaml", "issuer:", "application.yaml"));
    }

    @Test
    void start_endpointsWithPolicies_armsGuard() {
        configured.withBean(Open.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(GuardHolder.class);
            assertThat(context.getBean(GuardHolder.class).get().coverage().toTable())
                    .contains("GET /open", "public");
        });
    }

    @Test
    void start_endpointWithoutPolicy_namesIt() {
        configured.withBean(Forgotten.class).run(context -> {
            assertThat(context.getStartupFailure()).isInstanceOf(GuardConfigurationException.class);
            assertThat(analysis(context.getStartupFailure())).contains("GET /forgotten", "Forgotten.forgotten");
        });
    }

    @Test
    void start_routeThatNamesNothing_fails() {
        configured
                .withBean(Open.class)
                .withPropertyValues("api-guard.routes[0].endpoint=GET /opem", "api-guard.routes[0].access=public")
                .run(context ->
                        assertThat(analysis(context.getStartupFailure())).contains("routes[0].endpoint", "GET /opem"));
    }

    @Test
    void start_unknownSetting_namesItAndTheNearest() {
        configured
                .withBean(Open.class)
                .withPropertyValues("api-guard.jwt.isuer=https://id.example.com")
                .run(context -> assertThat(analysis(context.getStartupFailure()))
                        .contains("api-guard.jwt.isuer", "Did you mean"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuers[0].issuer=http://id.example.com | issuers[0].issuer | Use https",
                "issuers[0].profile=keycloak | issuers[0].issuer | is missing",
                "jwt.max-length=1 | jwt.max-length | from 256 to 65536",
                "introspection.issuer=https://id.example.com | introspection.endpoint | is missing",
                "revocation.poll-interval=2s | revocation.poll-interval | from 1ms to 1s",
                "api-keys.cache-for=1h | api-keys.cache-for | from 0s to 5m",
                "api-keys.keys[0].allowed-adresses=10.0.0.0/8 | allowed-adresses | Did you mean",
            })
    void start_sectionWithAWrongValue_namesItAndTheRemedy(String property, String key, String remedy) {
        configured
                .withBean(Open.class)
                .withPropertyValues("api-guard." + property)
                .run(context ->
                        assertThat(analysis(context.getStartupFailure())).contains("api-guard." + prefix(key), remedy));
    }

    private static String prefix(String key) {
        return key.startsWith("allowed") ? "api-keys.keys[0]." + key : key;
    }

    @Test
    void start_storeOfRevocations_isFollowed() {
        configured
                .withBean(Open.class)
                .withBean("accessTokens", AccessTokenVerifier.class, () -> JwtVerifier.forIssuer(
                                URI.create("https://id.example.com"))
                        .audience("orders")
                        .build())
                .withBean(RevocationStore.class, () -> new InMemoryRevocationStore(100, InstantSource.system()))
                .withBean(ReplayStore.class, () -> new InMemoryReplayStore(10, 10, InstantSource.system()))
                .withPropertyValues("api-guard.dpop.enabled=true")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void start_issuersOfAResolver_areTaken() {
        configured
                .withBean(Open.class)
                .withBean(IssuerResolver.class, () -> issuer -> Optional.empty())
                .withPropertyValues("api-guard.dpop.enabled=true")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void start_servletPath_isPartOfTemplates() {
        configured
                .withBean(Open.class)
                .withPropertyValues("spring.mvc.servlet.path=/api")
                .run(context -> assertThat(context.getBean(GuardHolder.class)
                                .get()
                                .coverage()
                                .toTable())
                        .contains("GET /api/open"));
    }

    @Test
    void start_mappingThatCallsNoInterceptors_fails() {
        configured.withBean(HandlerMapping.class, () -> request -> null).run(context -> assertThat(
                        analysis(context.getStartupFailure()))
                .contains("calls no interceptors", "AbstractHandlerMapping"));
    }

    @Test
    void start_nativeForwardedHeadersAndTrustedProxies_fails() {
        configured
                .withBean(Open.class)
                .withPropertyValues(
                        "server.forward-headers-strategy=native",
                        "api-guard.proxies.trusted=10.0.0.0/8",
                        "api-guard.proxies.forwarded=x-forwarded")
                .run(context -> assertThat(analysis(context.getStartupFailure()))
                        .contains("server.forward-headers-strategy", "none"));
    }

    @Test
    void start_reactiveApplication_fails() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(UnguardableAutoConfiguration.class, ApiGuardAutoConfiguration.class))
                .run(context ->
                        assertThat(analysis(context.getStartupFailure())).contains("reactive", "Spring MVC"));
    }

    @Test
    void analyze_failureOfAnotherKind_isLeftToOthers() {
        assertThat(new StartFailureAnalyzer().analyze(new IllegalStateException("other")))
                .isNull();
    }

    private static GuardSettings settings(Map<String, Object> file, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().addLast(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        environment.getPropertySources().addLast(new MapPropertySource("file", file));
        return EnvironmentSettings.of(environment);
    }

    @Test
    void settings_variableInAnotherSpelling_goesBeforeFile() {
        GuardSettings settings = settings(
                Map.of(
                        "api-guard.jwt.jwks-uri",
                        "https://a.example.com/k",
                        "api-guard.jwt.issuer",
                        "https://a.example.com",
                        "api-guard.jwt.audiences",
                        "a"),
                Map.of("APIGUARD_JWT_JWKSURI", "https://b.example.com/k"));
        assertThat(settings.jwt().jwksUri()).isEqualTo("https://b.example.com/k");
    }

    @Test
    void settings_listInTwoSources_isTakenWholeFromTheFirst() {
        GuardSettings settings = settings(
                Map.of(
                        "api-guard.jwt.audiences[0]",
                        "a",
                        "api-guard.jwt.audiences[1]",
                        "b",
                        "api-guard.jwt.issuer",
                        "https://a.example.com"),
                Map.of("APIGUARD_JWT_AUDIENCES", "c"));
        assertThat(settings.jwt().audiences()).containsExactly("c");
    }

    @Test
    void settings_placeholder_isResolved() {
        GuardSettings settings = settings(
                Map.of(
                        "api-guard.jwt.issuer",
                        "https://${host}",
                        "host",
                        "id.example.com",
                        "api-guard.jwt.audiences",
                        "a"),
                Map.of());
        assertThat(settings.jwt().issuer()).isEqualTo("https://id.example.com");
    }

    @Test
    void settings_fileNamedBesideProperties_isAContradiction() {
        assertThatThrownBy(() ->
                        settings(Map.of("api-guard.mode", "enforce"), Map.of("APIGUARD_CONFIG", "/etc/guard.yaml")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("/etc/guard.yaml")
                .hasMessageContaining("api-guard.mode");
    }

    @Test
    void settings_fileNamedThatIsNotThere_namesIt() {
        assertThatThrownBy(() -> settings(Map.of(), Map.of("APIGUARD_CONFIG", "/nowhere/guard.yaml")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("/nowhere/guard.yaml");
    }

    @Test
    void start_systemPropertyOfTheConformanceFolder_isNoSetting() {
        configured
                .withBean(Open.class)
                .withSystemProperties("apiguard.conformance=/nowhere")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void start_systemPropertyOfTheFile_isReadByCoreAndNoSetting() {
        runner.withBean(Open.class)
                .withSystemProperties("apiguard.config=/nowhere/guard.yaml")
                .run(context -> assertThat(analysis(context.getStartupFailure()))
                        .contains("/nowhere/guard.yaml")
                        .doesNotContain("is no setting"));
    }

    @Test
    void settings_variableOfTheConformanceFolder_isNoSetting() {
        GuardSettings settings =
                settings(Map.of("api-guard.audit.sink", "discard"), Map.of("APIGUARD_CONFORMANCE", "/nowhere"));
        assertThat(settings).isNotNull();
    }

    @Test
    void settings_conformanceWrittenAsASetting_isUnknown() {
        assertThatThrownBy(() -> settings(Map.of("api-guard.conformance", "/nowhere"), Map.of()))
                .hasMessageContaining("api-guard.conformance");
        assertThatThrownBy(() -> settings(Map.of("apiguard.conformance", "/nowhere"), Map.of()))
                .hasMessageContaining("api-guard.conformance");
    }

    @Test
    void settings_otherNameWithoutTheHyphen_isUnknown() {
        assertThatThrownBy(() -> settings(Map.of(), Map.of("APIGUARD_CONFORMANCES", "/nowhere")))
                .hasMessageContaining("api-guard.conformances");
    }
}
