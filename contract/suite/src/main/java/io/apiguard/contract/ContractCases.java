package io.apiguard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract: every area with its table of cases. */
public final class ContractCases {

    private static final Map<String, Function<ContractFixture, List<ContractCase>>> AREAS = areas();

    private ContractCases() {}

    private static Map<String, Function<ContractFixture, List<ContractCase>>> areas() {
        Map<String, Function<ContractFixture, List<ContractCase>>> areas = new LinkedHashMap<>();
        areas.put("access", AccessCases::table);
        areas.put("tokens", TokenCases::table);
        areas.put("API keys", ApiKeyCases::table);
        areas.put("step-up", StepUpCases::table);
        areas.put("DPoP", DpopCases::table);
        areas.put("certificates", CertificateCases::table);
        areas.put("signatures", SignatureCases::table);
        areas.put("paths", PathCases::table);
        areas.put("transport", TransportCases::table);
        areas.put("bodies", BodyCases::table);
        areas.put("responses", ResponseCases::table);
        areas.put("limits", ResponseCases::limits);
        return areas;
    }

    /**
     * Returns the areas in order; each table is made when it is run, because tokens are made for the hour they are
     * used in.
     *
     * @return the makers of tables by name of area
     */
    static Map<String, Function<ContractFixture, List<ContractCase>>> byArea() {
        return AREAS;
    }

    /**
     * Returns the areas that are run against the guard of {@link ContractFixture#openForCredentials}.
     *
     * @return the makers of tables by name of area
     */
    static Map<String, Function<ContractFixture, List<ContractCase>>> ofCredentials() {
        return Map.of("opaque tokens, revocation, nonces", CredentialCases::table);
    }

    static void equal(String what, @Nullable Object actual, @Nullable Object expected) {
        assertThat(actual).as(what).isEqualTo(expected);
    }

    static void has(String text, String part) {
        assertThat(text).contains(part);
    }

    static void lacks(String text, String part) {
        assertThat(text).as("body").doesNotContain(part);
    }
}
