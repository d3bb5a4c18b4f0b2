package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.util.List;

/** How a caller was authenticated, and how long ago (RFC 9470). */
final class StepUpCases {

    private static final String STEP_UP = "RFC 9470";

    private final IdentityProvider idp;
    private final long now;
    private final Cases cases = new Cases();

    private StepUpCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
        this.now = fixture.clock().seconds();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        StepUpCases table = new StepUpCases(fixture);
        table.contexts();
        table.ages();
        table.bindings();
        return table.cases.list();
    }

    private void contexts() {
        cases.add("strong and recent enough", STEP_UP, get("/api/stepup").bearer(strong()), permitted(200, "stepUp"));
        weak("a token that names no acr", strong().withoutClaim("acr"));
        weak("a token of another acr", strong().claim("acr", "pwd"));
        cases.add(
                "an acr of another type",
                STEP_UP,
                get("/api/stepup").bearer(strong().claim("acr", List.of("phr"))),
                refused(401, "unauthenticated").invalidToken());
        cases.add(
                "no token where a strong one is demanded",
                STEP_UP,
                get("/api/stepup"),
                refused(401, "unauthenticated").plainChallenge());
    }

    private void ages() {
        cases.add(
                "a login exactly as old as may be",
                STEP_UP,
                get("/api/stepup").bearer(strong().claim("auth_time", now - 300)),
                permitted(200, "stepUp"));
        weak("a login a second too old", strong().claim("auth_time", now - 301));
        weak("a token that does not say when its subject logged in", strong().withoutClaim("auth_time"));
        cases.add(
                "an auth_time of another type",
                STEP_UP,
                get("/api/stepup").bearer(strong().claim("auth_time", "now")),
                refused(401, "unauthenticated").invalidToken());
    }

    private void bindings() {
        cases.add(
                "a token that anyone could use, where a bound one is demanded",
                "RFC 9449 section 7.1",
                get("/api/bound").bearer(idp.token("bo")),
                refused(401, "unauthenticated").invalidToken().reason("binding-required"));
    }

    private Token strong() {
        return idp.token("sue").claim("acr", "phr").claim("auth_time", now);
    }

    private void weak(String name, Token token) {
        cases.add(
                name,
                STEP_UP,
                get("/api/stepup").bearer(token),
                refused(401, "insufficient-authentication")
                        .challenge(
                                "error=\"insufficient_user_authentication\"",
                                "acr_values=\"phr phrh\"",
                                "max_age=\"300\"")
                        .reason("insufficient-authentication"));
    }
}
