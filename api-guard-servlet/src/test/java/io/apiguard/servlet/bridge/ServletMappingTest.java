package io.apiguard.servlet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletMappingTest {

    @ParameterizedTest
    @CsvSource({
        "/,/**",
        "/*,/**",
        "/api/*,/api/**",
        "/orders,/orders",
        "'',/",
        "*.do,/*.do",
    })
    void template_everyKindOfMapping_isWhatRoutesName(String pattern, String template) {
        assertThat(new ServletMapping(pattern).template()).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/*,/**,true", "/api/*,/api/**,true", "/api/*,/api/v1/**,false", "/api/*,/apis/**,false",
        "/orders,/orders,true", "/orders,/orders/**,true", "/orders,/orders/{id},false", "/,/api/**,false",
    })
    void isCoveredBy_template_takesTheWholeMapping(String pattern, String target, boolean covered) {
        assertThat(new ServletMapping(pattern).isCoveredBy(target)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/*,/api/{id},true",
        "/api/*,/api,true",
        "/api/*,/apis,false",
        "/orders,/orders/{id},false",
        "*.do,/x/run.do,true",
        "*.do,/x/run,false",
        "/,/anything,true",
    })
    void takes_template_asTheContainerWould(String pattern, String target, boolean taken) {
        assertThat(new ServletMapping(pattern).takes(target)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"/a/b,/a/*,true", "/a/b/*,/a/*,true", "/a/*,*.do,true", "*.do,/,true", "/,/a/*,false", "/a/*,/a/*,false"
    })
    void isNearerThan_otherMapping_followsTheContainersOrder(String pattern, String other, boolean nearer) {
        assertThat(new ServletMapping(pattern).isNearerThan(new ServletMapping(other)))
                .isEqualTo(nearer);
    }
}
