package io.apiguard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.Decision;
import io.apiguard.cedar.entity.Entities;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The applications are mixed questions, so that nobody quotes the time of one answer. */
class CedarApplicationTest {

    @Test
    void applications_anySize_allowSomeAndDenySome() {
        for (String name : List.of("gdrive", "github", "tinytodo")) {
            assertThat(allowed(CedarApplication.of(name, 5, 1))).isBetween(0.05, 0.7);
            assertThat(allowed(CedarApplication.of(name, 50, 1))).isBetween(0.05, 0.7);
        }
    }

    @Test
    void applications_sameSeed_areTheSame() {
        assertThat(CedarApplication.of("github", 5, 7)).isEqualTo(CedarApplication.of("github", 5, 7));
    }

    @Test
    void scopedPolicies_anyNumber_allowSomeAndDenySome() {
        assertThat(allowed(ScopedPolicies.of(10))).isBetween(0.4, 0.7);
        assertThat(allowed(ScopedPolicies.of(1_000))).isBetween(0.4, 0.7);
    }

    private static double allowed(CedarApplication application) {
        Authorizer authorizer = application.authorizer();
        Entities store = application.store();
        long allowed = application.requests().stream()
                .map(request -> authorizer.decide(request, store))
                .filter(Decision::isAllowed)
                .count();
        return (double) allowed / application.requests().size();
    }
}
