package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.util.List;

/** Path tricks: whatever two readers could take differently is refused before anything matches it. */
final class PathCases {

    private static final String SHIRO = "CVE-2020-1957, CVE-2020-11989, CVE-2021-41303, CVE-2023-34478";
    private static final String SPRING = "CVE-2016-5007, CVE-2016-9879, CVE-2018-1199";
    private static final String NEWLINE = "CVE-2022-22978, CVE-2022-32532";
    private static final String PROXY = "CVE-2021-29492, CVE-2021-32779, CVE-2021-28164, CVE-2021-34429";
    private static final String QUARKUS = "CVE-2023-4853, CVE-2026-39852, CVE-2026-50559";

    private final IdentityProvider idp;
    private final Cases cases = new Cases();

    private PathCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        PathCases table = new PathCases(fixture);
        table.tricks();
        table.queries();
        return table.cases.list();
    }

    /** Each trick comes with the token of a caller that may do everything: not the caller is refused, but the path. */
    private void trick(String name, String reference, String target, String reason) {
        Token everything = idp.token("ann").scope("orders:read orders:write").roles("admin");
        cases.hostile(
                name,
                reference,
                get(target).bearer(everything),
                refused(400, "malformed-request").reason(reason).noHeader("WWW-Authenticate"));
    }

    private void tricks() {
        trick("a path parameter", PROXY, "/api/admin/report;x=1", "path-parameter");
        trick("a path parameter in the middle", SPRING, "/api;jsessionid=1/admin/report", "path-parameter");
        trick("an empty path parameter", SHIRO, "/api/admin/;/report", "path-parameter");
        trick("/..;/", SHIRO, "/api/public/..;/admin/report", "path-parameter");
        trick("an encoded semicolon", SHIRO, "/api/admin%3Breport", "path-encoded-delimiter");
        trick("a double slash", QUARKUS, "/api//admin/report", "path-empty-segment");
        trick("a double slash in front", SHIRO, "//api/admin/report", "path-empty-segment");
        trick("a trailing slash", SPRING, "/api/admin/report/", "path-trailing-slash");
        trick("a dot segment", SHIRO, "/api/./admin/report", "path-dot-segment");
        trick("a double dot segment", SHIRO, "/api/public/../admin/report", "path-dot-segment");
        trick("an encoded dot segment", PROXY, "/api/public/%2e%2e/admin/report", "path-needless-escape");
        trick("a half encoded dot segment", PROXY, "/api/public/.%2E/admin/report", "path-needless-escape");
        trick("a dot segment beyond the root", PROXY, "/../../etc/passwd", "path-dot-segment");
        trick("an encoded slash", SPRING, "/api/admin%2Freport", "path-encoded-delimiter");
        trick("an encoded slash in lower case", SPRING, "/api/orders/ann-1%2f..%2fbob-1", "path-encoded-delimiter");
        trick("an encoded backslash", SHIRO, "/api/admin%5Creport", "path-encoded-delimiter");
        trick("a backslash", SHIRO, "/api\\admin\\report", "path-backslash");
        trick("a letter encoded", QUARKUS, "/%61pi/admin/report", "path-needless-escape");
        trick("a letter encoded in the variable", QUARKUS, "/api/orders/%61nn-1", "path-needless-escape");
        trick("encoded twice", PROXY, "/api/public/%252e%252e/admin/report", "path-encoded-delimiter");
        trick("an encoded newline", NEWLINE, "/api/orders/ann-1%0a", "path-control-character");
        trick(
                "an encoded carriage return and newline",
                NEWLINE,
                "/api/orders/ann%0D%0AX-Injected:%201",
                "path-control-character");
        trick("an encoded null", SHIRO, "/api/admin/report%00", "path-control-character");
        trick("an encoded null and an extension", SHIRO, "/api/admin/report%00.json", "path-control-character");
        trick("a line separator of Unicode", NEWLINE, "/api/orders/ann%E2%80%A8", "path-control-character");
        trick("a space at the end of a segment", SPRING, "/api/admin/report%20", "path-space-at-segment-edge");
        trick("a space at the start of a segment", SPRING, "/api/%20admin/report", "path-space-at-segment-edge");
        trick("an overlong encoding of a slash", PROXY, "/api/public/%c0%af/admin/report", "path-invalid-utf8");
        trick("an overlong encoding of a dot", PROXY, "/api/public/%c0%ae%c0%ae/admin/report", "path-invalid-utf8");
        trick("UTF-8 that breaks off", PROXY, "/api/orders/ann%E2%82", "path-invalid-utf8");
        trick("a percent sign without digits", PROXY, "/api/orders/ann%", "path-bad-escape");
        trick("a percent sign with other letters", PROXY, "/api/orders/ann%zz", "path-bad-escape");
        trick("an encoded question mark", PROXY, "/api/admin/report%3Fx", "path-encoded-delimiter");
        trick("an encoded number sign", PROXY, "/api/admin/report%23x", "path-encoded-delimiter");
        trick("a fragment", "CVE-2021-32779", "/api/admin/report#x", "path-invalid-character");
        trick("braces as they stand in templates", SHIRO, "/api/orders/{id}", "path-invalid-character");
        trick("a raw byte beyond ASCII", PROXY, "/api/orders/ann-\u00e4", "path-invalid-character");
        trick("a quote and angle brackets", PROXY, "/api/orders/<\"x\">", "path-invalid-character");
        cases.hostile(
                "an absolute target keeps the rules of its path",
                QUARKUS,
                get("http://" + ContractFixture.HOST + "/api/me"),
                refused(401, "unauthenticated").plainChallenge());
    }

    private void queries() {
        cases.add(
                "a query with encoded characters",
                "RFC 3986 section 3.4",
                get("/api/me?next=%2Fapi%2Fadmin&x=a;b&%C3%A4=1").bearer(idp.token("ann")),
                permitted(200, "me"));
        cases.add(
                "an encoded space within a segment",
                "RFC 3986 section 3.3",
                get("/api/orders/ann-a%20b").bearer(idp.token("ann").scope("orders:read")),
                permitted(200, "order").json("ann-a b", "id"));
        cases.add(
                "raw characters that a segment may have",
                "RFC 3986 section 3.3",
                get("/api/orders/ann-a+b,c=d!e@f:g~h").bearer(idp.token("ann").scope("orders:read")),
                permitted(200, "order").json("ann-a+b,c=d!e@f:g~h", "id"));
        cases.hostile(
                "a number sign in the query",
                PROXY,
                get("/api/me?x#y").bearer(idp.token("ann")),
                refused(400, "malformed-request").reason("query-invalid-character"));
        cases.hostile(
                "a byte beyond ASCII in the query",
                PROXY,
                get("/api/me?x=\u00e4").bearer(idp.token("ann")),
                refused(400, "malformed-request").reason("query-invalid-character"));
    }
}
