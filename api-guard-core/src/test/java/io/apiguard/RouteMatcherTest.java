package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.Endpoint.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteMatcherTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /orders/{id}      | GET      | /orders/{orderId}      | true",
                "GET /orders/{id}      | POST     | /orders/{id}           | false",
                "GET /orders/{id}      | GET,HEAD | /orders/{id: [0-9]{3}} | true",
                "/orders/{id}          | GET      | /orders/{id}/lines     | false",
                "/orders/{id}          | DELETE   | /orders/{id}/          | true",
                "/admin/**             | GET      | /admin                 | true",
                "/admin/**             | GET      | /admin/users/{id}      | true",
                "/admin/**             | GET      | /administrators        | false",
                "/**                   | GET      | /anything              | true",
                "Orders.get            | GET      | /orders                | true",
                "Orders.list           | GET      | /orders                | false",
            })
    void names_routeAndEndpoint_matchByMethodTemplateOrHandler(
            String route, String methods, String template, boolean expected) {
        RouteMatcher matcher = new RouteMatcher(RouteEndpoint.parse(route));

        assertThat(matcher.names(endpoint(methods, template))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"GET /o,GET,true", "GET /o,'GET,HEAD',true", "GET /o,'GET,POST',false", "GET /o,'',false", "/o,'',true"
    })
    void coversAllMethodsOf_routeWithOneMethod_onlyForThatMethod(String route, String methods, boolean expected) {
        RouteMatcher matcher = new RouteMatcher(RouteEndpoint.parse(route));

        assertThat(matcher.coversAllMethodsOf(endpoint(methods, "/o"))).isEqualTo(expected);
    }

    private static Endpoint endpoint(String methods, String template) {
        List<String> served = methods.isEmpty() ? List.of() : Arrays.asList(methods.split(","));
        return new Endpoint(served, template, "Orders.get", null, null, void.class, Kind.APPLICATION);
    }
}
