package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;
import static io.apiguard.contract.RawRequest.of;
import static io.apiguard.contract.RawRequest.post;

import io.apiguard.audit.AuditEvent.Outcome;
import java.util.List;
import java.util.Map;

/** Who may call what: authentication, scopes, roles, objects, and where annotations may stand. */
final class AccessCases {

    private static final String BFLA = "OWASP API5:2023";
    private static final String BOLA = "OWASP API1:2023";
    private static final String AUTH = "OWASP API2:2023";
    private static final String DENY = "deny by default";

    private final IdentityProvider idp;
    private final Cases cases = new Cases();

    private AccessCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        AccessCases table = new AccessCases(fixture);
        table.openAndAuthenticated();
        table.scopesAndRoles();
        table.objects();
        table.annotationPlaces();
        table.specialEndpoints();
        return table.cases.list();
    }

    private void openAndAuthenticated() {
        cases.add(
                "a public endpoint lets an anonymous caller in",
                DENY,
                get("/api/public/ping"),
                permitted(200, "ping").json(true, "pong").noHeader("WWW-Authenticate"));
        cases.add(
                "a public endpoint takes a good token and knows the caller",
                AUTH,
                get("/api/permitall").bearer(idp.token("ann")),
                permitted(200, "permitAll").json("ann", "subject"));
        cases.add(
                "@PermitAll lets an anonymous caller in",
                DENY,
                get("/api/permitall"),
                permitted(200, "permitAll").noJson("subject"));
        cases.add(
                "a bad token on a public endpoint is 401, not anonymous",
                "CVE-2021-21378",
                get("/api/public/ping").bearer(idp.token("ann").forgedWith(idp.stranger)),
                refused(401, "unauthenticated").invalidToken().reason("token.signature"));
        cases.add(
                "an authenticated endpoint without a credential",
                AUTH,
                get("/api/me"),
                refused(401, "unauthenticated").plainChallenge().reason("unauthenticated"));
        cases.add(
                "an authenticated endpoint with a good token",
                AUTH,
                get("/api/me").bearer(idp.token("ann").tenant("acme").scope("b a")),
                permitted(200, "me")
                        .json("ann", "subject")
                        .json("acme", "tenant")
                        .json("a b", "scopes")
                        .json("JWT", "method"));
        cases.add(
                "the action of @Audited is in the audit event",
                "OWASP API9:2023",
                get("/api/me").bearer(idp.token("ann")),
                permitted(200, "me").audit(event -> ContractCases.equal("action", event.action(), "me.read")));
        cases.add(
                "the audit event names endpoint, subject and address",
                "OWASP API9:2023",
                get("/api/me").bearer(idp.token("ann")),
                permitted(200, "me").audit(event -> {
                    ContractCases.has(String.valueOf(event.request().endpoint()), " /api/me");
                    ContractCases.equal(
                            "subject",
                            event.identity() == null ? null : event.identity().subject(),
                            "ann");
                    ContractCases.equal("address", event.request().clientAddress(), ContractFixture.CALLER);
                }));
        cases.add(
                "HEAD follows the rule of GET: refused",
                "CVE-2026-45075",
                of("HEAD", "/api/me"),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "HEAD follows the rule of GET: let in",
                "CVE-2026-45075",
                of("HEAD", "/api/me").bearer(idp.token("ann")),
                permitted(200, "me").body(body -> ContractCases.equal("body", body, "")));
        cases.add(
                "a denied endpoint refuses an anonymous caller",
                DENY,
                get("/api/denied"),
                refused(403, "forbidden").reason("forbidden-denied"));
        cases.add(
                "a denied endpoint refuses everybody (@DenyAll)",
                DENY,
                get("/api/denied")
                        .bearer(idp.token("root").roles("admin", "auditor").scope("orders:read orders:write")),
                refused(403, "forbidden").reason("forbidden-denied"));
    }

    private void scopesAndRoles() {
        cases.add(
                "a role is missing",
                BFLA,
                get("/api/admin/report").bearer(idp.token("ann").roles("user")),
                refused(403, "forbidden").reason("forbidden-role").noHeader("WWW-Authenticate"));
        cases.add(
                "a role is there",
                BFLA,
                get("/api/admin/report").bearer(idp.token("root").roles("user", "admin")),
                permitted(200, "adminReport"));
        cases.add(
                "a role endpoint without a credential",
                BFLA,
                get("/api/admin/report"),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "a role is compared exactly",
                "CVE-2026-23903, CVE-2024-38827",
                get("/api/admin/report").bearer(idp.token("ann").roles("ADMIN", "admin ", "\u0130admin")),
                refused(403, "forbidden").reason("forbidden-role"));
        cases.add(
                "a scope is no role",
                BFLA,
                get("/api/admin/report").bearer(idp.token("ann").scope("admin")),
                refused(403, "forbidden"));
        cases.add(
                "@RolesAllowed: one of its roles",
                BFLA,
                get("/api/rolesallowed").bearer(idp.token("ann").roles("controller")),
                permitted(200, "rolesAllowed"));
        cases.add(
                "@RolesAllowed: none of its roles",
                BFLA,
                get("/api/rolesallowed").bearer(idp.token("ann").roles("admin")),
                refused(403, "forbidden").reason("forbidden-role"));
        cases.add(
                "a scope is missing",
                "RFC 6750 section 3.1",
                get("/api/orders/ann-1").bearer(idp.token("ann")),
                refused(403, "insufficient-scope")
                        .challenge("error=\"insufficient_scope\"", "scope=\"orders:read\"")
                        .reason("insufficient-scope"));
        cases.add(
                "another scope that starts alike is not enough",
                BFLA,
                get("/api/orders/ann-1").bearer(idp.token("ann").scope("orders:readall orders orders:write")),
                refused(403, "insufficient-scope").challenge("error=\"insufficient_scope\""));
        cases.add(
                "a scope is there",
                BFLA,
                get("/api/orders/ann-1").bearer(idp.token("ann").scope("x orders:read")),
                permitted(200, "order").json("ann-1", "id"));
        cases.add(
                "a scope endpoint without a credential",
                AUTH,
                get("/api/orders/ann-1"),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "writing needs the scope to write",
                BFLA,
                post("/api/orders", "{\"a\":1}").bearer(idp.token("ann").scope("orders:read")),
                refused(403, "insufficient-scope").challenge("scope=\"orders:write\""));
        cases.add(
                "deleting needs the role, whatever the scopes",
                BFLA,
                of("DELETE", "/api/orders/ann-1").bearer(idp.token("ann").scope("orders:read orders:write")),
                refused(403, "forbidden").reason("forbidden-role"));
        cases.add(
                "deleting with the role",
                BFLA,
                of("DELETE", "/api/orders/ann-1").bearer(idp.token("root").roles("admin")),
                permitted(204, "deleteOrder").body(body -> ContractCases.equal("body", body, "")));
    }

    private void objects() {
        Token reader = idp.token("ann").scope("orders:read orders:write");
        cases.add(
                "another user's order",
                BOLA,
                get("/api/orders/bob-1").bearer(reader),
                refused(403, "forbidden").reason("forbidden-object"));
        cases.add(
                "another user's order, by PUT",
                BOLA,
                of("PUT", "/api/orders/bob-1").json("{}").bearer(reader),
                refused(403, "forbidden").reason("forbidden-object"));
        cases.add(
                "one's own order, by PUT",
                BOLA,
                of("PUT", "/api/orders/ann-7").json("{\"x\":[1,2]}").bearer(reader),
                permitted(200, "replaceOrder").json(11, "length"));
        cases.add(
                "another user's order with one's own in the query",
                BOLA,
                get("/api/orders/bob-1?id=ann-1").bearer(reader),
                refused(403, "forbidden").reason("forbidden-object"));
        cases.add(
                "another user's order in other case",
                "CVE-2026-23903",
                get("/api/orders/ANN-1").bearer(reader),
                refused(403, "forbidden").reason("forbidden-object"));
        cases.add(
                "the check sees the decoded id",
                BOLA,
                get("/api/orders/ann-%C3%A4%20b").bearer(reader),
                permitted(200, "order").json("ann-\u00e4 b", "id"));
        cases.add(
                "the scope is asked before the object",
                BOLA,
                get("/api/orders/bob-1").bearer(idp.token("ann")),
                refused(403, "insufficient-scope"));
        cases.add(
                "a check that throws refuses, and tells nothing",
                "fail closed",
                get("/api/checked/1").bearer(idp.token("ann")),
                refused(500, "internal-error").reason("object-check-failed").outcome(Outcome.ERROR));
    }

    private void annotationPlaces() {
        for (String place : List.of("interface", "superclass", "meta", "class")) {
            String handler =
                    "annotated" + place.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + place.substring(1);
            String reference = "CVE-2025-22223, CVE-2025-41248, CVE-2023-5675";
            RawRequest request = get("/api/annotated/" + place);
            cases.add(
                    "a scope demanded on the " + place + ": missing",
                    reference,
                    request.bearer(idp.token("ann")),
                    refused(403, "insufficient-scope").challenge("scope=\"annotated:read\""));
            cases.add(
                    "a scope demanded on the " + place + ": there",
                    reference,
                    request.bearer(idp.token("ann").scope("annotated:read")),
                    permitted(200, handler));
        }
        cases.add(
                "a scope demanded on a generic method: missing",
                "CVE-2025-41249",
                post("/api/annotated/generic", "{}").bearer(idp.token("ann")),
                refused(403, "insufficient-scope"));
        cases.add(
                "a scope demanded on a generic method: there",
                "CVE-2025-41249",
                post("/api/annotated/generic", "{}").bearer(idp.token("ann").scope("annotated:read")),
                permitted(200, "annotatedGeneric"));
        cases.add(
                "demands of class and method add up",
                "CVE-2025-41248",
                get("/api/annotated/both").bearer(idp.token("ann").scope("annotated:more")),
                refused(403, "insufficient-scope").challenge("annotated:more", "annotated:read"));
        cases.add(
                "demands of class and method add up: both there",
                "CVE-2025-41248",
                get("/api/annotated/both").bearer(idp.token("ann").scope("annotated:more annotated:read")),
                permitted(200, "annotatedBoth"));
    }

    private void specialEndpoints() {
        cases.add("a probe from its network needs no credential", "probes", get("/healthz"), permitted(200, "probe"));
        cases.add("below a probe's path there is nothing", "probes", get("/healthz/deep"), refused(404, "not-found"));
        cases.add(
                "an endpoint in report mode lets in and notes why it would not",
                "mode: report",
                get("/api/reported").bearer(idp.token("ann")),
                Expectation.answered(200)
                        .and(seen -> ContractCases.equal("runs", seen.ran(), Map.of("reported", 1L)))
                        .outcome(Outcome.REPORTED)
                        .reason("insufficient-scope"));
        cases.add(
                "report mode lets no bad token in",
                "CVE-2021-21378",
                get("/api/reported").bearer(idp.token("ann").forgedWith(idp.stranger)),
                refused(401, "unauthenticated").invalidToken());
        cases.add("nothing is served where there is no endpoint", DENY, get("/api/nothing"), refused(404, "not-found"));
        cases.add(
                "no endpoint, with a good token",
                DENY,
                get("/api/nothing").bearer(idp.token("root").roles("admin")),
                refused(404, "not-found"));
        cases.add(
                "paths are compared with case",
                "CVE-2026-23903",
                get("/API/ME").bearer(idp.token("ann")),
                refused(404, "not-found"));
        cases.add(
                "a method the endpoint does not have",
                "OWASP API8:2023",
                of("PATCH", "/api/me").json("{}").bearer(idp.token("ann")),
                refused(405, "method-not-allowed"));
    }
}
