package io.apiguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.authz.ObjectCheck;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RenderingResponse;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** What a handler is judged by when a filter or an earlier handler has changed the request. */
class DispatchTest {

    @RestController
    static class Orders {
        @RequiresObjectAccess("own")
        @GetMapping("/orders/{id}")
        String order(@PathVariable("id") String id) {
            return "order of " + id;
        }

        @Authenticated
        @GetMapping("/principal")
        String principal(HttpServletRequest request) {
            return request.getUserPrincipal().getClass().getSimpleName();
        }

        @PublicEndpoint
        @PostMapping("/items")
        String add() {
            return "added";
        }

        @PublicEndpoint
        @PutMapping("/items")
        String replace(@RequestParam("name") String name) {
            return "replaced " + name;
        }

        @Authenticated
        @DeleteMapping("/items")
        String remove() {
            return "removed";
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
        ObjectCheck own() {
            return (caller, object) ->
                    caller.subject().equals(object.pathParameters().get("id"));
        }

        /** Leads whoever asks for /a/x to the order of bob, and for /b/x to the order of alice. */
        @Bean
        RouterFunction<ServerResponse> functions() {
            return RouterFunctions.route()
                    .GET("/a/{id}", request -> forward("bob"))
                    .GET("/b/{id}", request -> forward("alice"))
                    .build();
        }

        private static ServerResponse forward(String id) {
            return RenderingResponse.create("forward:/orders/" + id).build();
        }
    }

    private static RunningApp app(String... more) {
        String[] settings = new String[more.length + 7];
        settings[0] = "spring.mvc.hiddenmethod.filter.enabled=true";
        settings[1] = "spring.autoconfigure.exclude="
                + "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration,"
                + "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration";
        settings[2] = "api-guard.routes[0].endpoint=GET /a/{id}";
        settings[3] = "api-guard.routes[0].access=public";
        settings[4] = "api-guard.routes[1].endpoint=GET /b/{id}";
        settings[5] = "api-guard.routes[1].access=public";
        settings[6] = "api-guard.framework.health=denied";
        System.arraycopy(more, 0, settings, 7, more.length);
        return RunningApp.of(Application.class, settings);
    }

    private static HttpResponse<String> delete(RunningApp app, String... headers) {
        return app.post("/items?_method=DELETE", "", headers);
    }

    @Test
    void objectCheck_afterForwardOfAFunction_seesVariablesOfTheForward() {
        try (RunningApp app = app()) {
            String[] alice = {"X-API-Key", TestCallers.alice()};
            HttpResponse<String> others = app.get("/a/alice", alice);
            assertThat(others.statusCode()).isEqualTo(403);
            assertThat(others.body()).doesNotContain("order of");
            assertThat(app.get("/b/bob", alice).body()).isEqualTo("order of alice");
        }
    }

    @Test
    void userPrincipal_withoutSpringSecurity_isIdentity() {
        try (RunningApp app = app()) {
            assertThat(app.get("/principal", "X-API-Key", TestCallers.alice()).body())
                    .isEqualTo("Identity");
        }
    }

    @Test
    void method_putInPlaceByAFilter_isJudgedByTheHandlerItLeadsTo() {
        try (RunningApp app = app()) {
            assertThat(app.post("/items", "").body()).isEqualTo("added");
            assertThat(delete(app).statusCode()).isEqualTo(401);
            assertThat(delete(app, "X-API-Key", TestCallers.alice()).body()).isEqualTo("removed");
        }
    }

    @Test
    void form_ofAnyMethod_isReadByHandlersAndNotByFilters() {
        try (RunningApp app = app("api-guard.size.content-types=application/x-www-form-urlencoded")) {
            HttpResponse<String> answer =
                    app.post("/items", "_method=DELETE", "Content-Type", "application/x-www-form-urlencoded");
            assertThat(answer.body()).isEqualTo("added");
            assertThat(app.put("/items", "name=x", "Content-Type", "application/x-www-form-urlencoded")
                            .body())
                    .isEqualTo("replaced x");
        }
    }

    @Test
    void method_putInPlaceByAFilterAndNotLetIn_isRefused() {
        try (RunningApp app = app("api-guard.transport.methods=GET,POST")) {
            assertThat(app.post("/items", "").body()).isEqualTo("added");
            HttpResponse<String> answer = delete(app, "X-API-Key", TestCallers.alice());
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void method_putInPlaceByAFilterInReportMode_isServed() {
        try (RunningApp app = app("api-guard.transport.methods=GET,POST", "api-guard.mode=report")) {
            assertThat(delete(app).body()).isEqualTo("removed");
        }
    }

    @Test
    void serves_anotherDispatch_forgetsWhatTheOneBeforeMatched() {
        for (DispatcherType type : DispatcherType.values()) {
            MockHttpServletRequest request = new MockHttpServletRequest(verified());
            request.setDispatcherType(type);
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/a/{id}");
            assertThat(new SpringHost(new GuardHolder()).serves("any", request)).isTrue();
            boolean kept = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) != null;
            assertThat(kept).isEqualTo(type == DispatcherType.REQUEST);
        }
    }

    @Test
    void serves_servletContextNotVerified_isFalse() {
        MockHttpServletRequest request = new MockHttpServletRequest(new MockServletContext());
        assertThat(new SpringHost(new GuardHolder()).serves("dispatcherServlet", request))
                .isFalse();
    }

    private static MockServletContext verified() {
        MockServletContext servlets = new MockServletContext();
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.setServletContext(servlets);
        context.refresh();
        Dispatchers.verify(context);
        return servlets;
    }
}
