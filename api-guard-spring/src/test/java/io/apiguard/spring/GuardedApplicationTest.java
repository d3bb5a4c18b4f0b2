package io.apiguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.Endpoint;
import io.apiguard.EndpointPolicy;
import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.annotation.Sensitive;
import io.apiguard.authz.ObjectCheck;
import io.apiguard.identity.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

class GuardedApplicationTest {

    private static RunningApp app;

    record Order(String id, @Sensitive String cardNumber) {}

    /** As generated from an OpenAPI document: the mapping here, the guard's annotations on the class. */
    interface Generated<T> {
        @GetMapping("/generated/{id}")
        ResponseEntity<T> one(@PathVariable("id") String id);
    }

    @RestController
    static class Implemented implements Generated<Order> {
        @Override
        @RequiresScopes("orders:read")
        public ResponseEntity<Order> one(String id) {
            return ResponseEntity.ok(new Order(id, "4111111111111111"));
        }
    }

    /** Behind a JDK proxy, so that Spring knows the interface only. */
    @RestController
    interface Contract {
        @GetMapping("/contract")
        String contract();
    }

    static final class Contracted implements Contract {
        @Override
        @RequiresScopes("orders:write")
        public String contract() {
            return "contract";
        }
    }

    @RestController
    static class Orders {
        static volatile int calls;

        @PublicEndpoint
        @GetMapping("/open")
        String open(Optional<Identity> caller) {
            return caller.map(Identity::subject).orElse("nobody");
        }

        @PublicEndpoint
        @GetMapping("/open-or-null")
        String openOrNull(Identity caller) {
            return caller == null ? "null" : caller.subject();
        }

        @Authenticated
        @GetMapping("/me")
        String me(Identity caller, HttpServletRequest request) {
            calls++;
            return caller.subject() + " " + request.getUserPrincipal().getName();
        }

        @Authenticated
        @GetMapping("/principal")
        String principal(Identity caller, HttpServletRequest request) {
            Principal principal = request.getUserPrincipal();
            return caller.subject() + " "
                    + (principal == null ? "none" : principal.getClass().getSimpleName());
        }

        @Authenticated
        @GetMapping("/security")
        Callable<String> security() {
            String before = name();
            return () -> before;
        }

        private static String name() {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            return authentication == null ? "none" : authentication.getName() + authentication.getAuthorities();
        }

        @RequiresObjectAccess("own")
        @GetMapping("/orders/{id}")
        Order order(@PathVariable("id") String id) {
            return new Order(id, "4111111111111111");
        }

        @Authenticated
        @PostMapping("/upload")
        String upload(@RequestParam("file") MultipartFile file) {
            return file.getOriginalFilename();
        }
    }

    @RestControllerAdvice
    static class CatchAll {
        @ExceptionHandler(Throwable.class)
        ResponseEntity<String> any(Throwable thrown) {
            return ResponseEntity.status(500).body("caught " + thrown);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Orders orders() {
            return new Orders();
        }

        @Bean
        Implemented implemented() {
            return new Implemented();
        }

        @Bean
        Contract contracted() {
            return (Contract) new ProxyFactory(new Contracted()).getProxy();
        }

        @Bean
        CatchAll catchAll() {
            return new CatchAll();
        }

        @Bean
        ObjectCheck own() {
            return (caller, object) -> object.pathParameters().get("id").equals(caller.subject());
        }

        @Bean
        RouterFunction<ServerResponse> functions() {
            return RouterFunctions.route()
                    .path(
                            "/functions",
                            nested -> nested.GET(
                                    "/{id}", request -> ServerResponse.ok().body(request.pathVariable("id"))))
                    .filter((request, next) -> next.handle(request))
                    .build();
        }

        /** Spring Security is there, and leaves everything to the guard. */
        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable()).build();
        }

        /** What transactions, metrics and the like do to controllers. */
        @Bean
        static BeanPostProcessor classProxies() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof Implemented)) {
                        return bean;
                    }
                    ProxyFactory factory = new ProxyFactory(bean);
                    factory.setProxyTargetClass(true);
                    return factory.getProxy();
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        app = RunningApp.of(
                Application.class,
                "api-guard.spring.security-context=true",
                "api-guard.size.content-types=application/json,multipart/form-data",
                "api-guard.routes[0].endpoint=GET /functions/{id}",
                "api-guard.routes[0].access=public",
                "management.server.port=0",
                "management.server.address=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static HttpResponse<String> asAlice(String path) {
        return app.get(path, "X-API-Key", TestCallers.alice());
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status).doesNotContain("caught");
    }

    @Test
    void open_anonymous_isServedWithoutIdentity() {
        assertThat(app.get("/open").body()).isEqualTo("nobody");
        assertThat(app.get("/open-or-null").body()).isEqualTo("null");
    }

    @Test
    void open_withKey_knowsCaller() {
        assertThat(asAlice("/open").body()).isEqualTo("alice");
    }

    @Test
    void me_withKey_injectsIdentityOfUserPrincipal() {
        assertThat(asAlice("/me").body()).isEqualTo("alice alice");
    }

    @Test
    void me_anonymous_isRefusedBeforeCatchAllHandlerAndController() {
        int before = Orders.calls;
        HttpResponse<String> answer = app.get("/me");
        assertProblem(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(Orders.calls).isEqualTo(before);
    }

    @Test
    void wrongMethod_withCatchAllHandler_is405WithAllow() {
        HttpResponse<String> answer = app.post("/open", "{}", "Content-Type", "application/json");
        assertProblem(answer, 405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void unknownPath_withCatchAllHandler_is404() {
        assertProblem(app.get("/nothing/here"), 404);
    }

    @Test
    void errorPage_calledDirectly_isDenied() {
        assertProblem(app.get("/error"), 403);
    }

    @Test
    void generated_mappingOnInterfaceBehindClassProxy_isGuardedAndRedacted() {
        assertProblem(app.get("/generated/7"), 401);
        assertThat(asAlice("/generated/7").body()).isEqualTo("{\"id\":\"7\",\"cardNumber\":\"***\"}");
    }

    @Test
    void generated_genericInterface_tellsUserMethodAndAnswer() throws NoSuchMethodException {
        Endpoint endpoint = endpoint("/generated/{id}");
        Method own = Implemented.class.getDeclaredMethod("one", String.class);
        assertThat(endpoint.handlerClass()).isEqualTo(Implemented.class);
        assertThat(endpoint.handlerMethod()).isEqualTo(own);
        assertThat(endpoint.responseType().getTypeName()).contains("Order");
    }

    @Test
    void contract_behindInterfaceProxy_isGuardedByClass() {
        assertThat(endpoint("/contract").handlerClass()).isEqualTo(Contracted.class);
        assertProblem(app.get("/contract"), 401);
        assertProblem(asAlice("/contract"), 403);
    }

    @Test
    void objectCheck_ofBeanName_seesPathVariable() {
        assertThat(asAlice("/orders/alice").statusCode()).isEqualTo(200);
        assertProblem(asAlice("/orders/bob"), 403);
    }

    @Test
    void routerFunction_filteredAndNested_isFoundByPattern() {
        assertThat(app.get("/functions/9").body()).isEqualTo("9");
    }

    @Test
    void securityContext_setBySetting_isThereInAsyncHandlerAndGoneAfter() {
        assertThat(asAlice("/security").body()).isEqualTo("alice[SCOPE_orders:read, ROLE_clerk]");
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
    }

    @Test
    void userPrincipal_behindSpringSecurity_isWhatItsContextHolds() {
        assertThat(asAlice("/principal").body()).isEqualTo("alice IdentityAuthentication");
        String[] settings = {"api-guard.routes[0].endpoint=GET /functions/{id}", "api-guard.routes[0].access=public"};
        try (RunningApp without = RunningApp.of(Application.class, settings)) {
            assertThat(without.get("/principal", "X-API-Key", TestCallers.alice())
                            .body())
                    .isEqualTo("alice none");
        }
    }

    @Test
    void upload_withKey_isParsedAfterAdmission() {
        String body =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--b--\r\n";
        String type = "multipart/form-data; boundary=b";
        assertThat(app.post("/upload", body, "Content-Type", type, "X-API-Key", TestCallers.alice())
                        .body())
                .isEqualTo("a.txt");
        assertProblem(app.post("/upload", body, "Content-Type", type), 401);
    }

    @Test
    void managementServer_ofItsOwnPort_isGuarded() {
        int port = app.port("local.management.port");
        assertThat(app.getOnPort(port, "/actuator/health").statusCode()).isEqualTo(200);
        assertProblem(app.getOnPort(port, "/actuator"), 403);
        assertProblem(app.getOnPort(port, "/open"), 404);
    }

    @Test
    void coverage_namesEveryEndpoint() {
        List<String> names = app.guard().policies().stream()
                .map(EndpointPolicy::endpoint)
                .map(Endpoint::name)
                .toList();
        assertThat(names).contains("GET /me", "GET /functions/{id}", "GET /actuator/health", "* /error", "* /**");
    }

    private static Endpoint endpoint(String template) {
        return app.guard().policies().stream()
                .map(EndpointPolicy::endpoint)
                .filter(endpoint -> endpoint.template().equals(template))
                .findFirst()
                .orElseThrow();
    }
}
