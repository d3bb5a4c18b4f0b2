package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.bare;
import static io.apiguard.contract.RawRequest.get;
import static io.apiguard.contract.RawRequest.of;

import java.util.List;

/** Hosts, methods, header fields, forwarded addresses, TLS, and browsers of other origins. */
final class TransportCases {

    private static final String HOST = "host header attacks";
    private static final String METHOD = "CVE-2026-45075";
    private static final String FORWARDED = "CVE-2026-72816, CVE-2026-57942, CVE-2025-64422";
    private static final String CORS = "Fetch standard section 3.2";

    private final IdentityProvider idp;
    private final Cases cases = new Cases();

    private TransportCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        TransportCases table = new TransportCases(fixture);
        table.hosts();
        table.methods();
        table.headers();
        table.sizes();
        table.forwarded();
        table.cors();
        return table.cases.list();
    }

    private void hosts() {
        cases.add(
                "a host that is not allowed",
                HOST,
                get("/api/public/ping").host("evil.example"),
                refused(421, "host-refused").reason("host-refused"));
        cases.add(
                "a host that ends like the allowed one",
                HOST,
                get("/api/public/ping").host("evil-" + ContractFixture.HOST),
                refused(421, "host-refused"));
        cases.add(
                "the allowed host in other case and with a port",
                "RFC 9110 section 4.2.3",
                get("/api/public/ping").host("API.Example.COM:8080"),
                permitted(200, "ping"));
        cases.hostile(
                "no Host field",
                "RFC 9112 section 3.2",
                get("/api/public/ping").host(),
                refused(400, "malformed-request").reason("host-malformed"));
        cases.hostile(
                "two Host fields",
                "RFC 9112 section 3.2",
                get("/api/public/ping").host(ContractFixture.HOST, "evil.example"),
                refused(400, "malformed-request"));
        cases.hostile(
                "an empty Host field",
                "RFC 9112 section 3.2",
                get("/api/public/ping").host(""),
                refused(400, "malformed-request").reason("host-malformed"));
        cases.hostile(
                "a Host field with user information",
                HOST,
                get("/api/public/ping").host("evil.example@" + ContractFixture.HOST),
                refused(400, "malformed-request").reason("host-malformed"));
        cases.hostile(
                "a Host field with a path",
                HOST,
                get("/api/public/ping").host(ContractFixture.HOST + "/x"),
                refused(400, "malformed-request").reason("host-malformed"));
        cases.hostile(
                "an absolute target of the allowed host, with another in Host",
                HOST,
                get("http://" + ContractFixture.HOST + "/api/public/ping").host("evil.example"),
                refused(421, "host-refused"));
    }

    private void methods() {
        for (String method : List.of("OPTIONS", "PROPFIND", "PURGE", "get")) {
            cases.hostile(
                    "the method " + method,
                    "OWASP API8:2023",
                    of(method, "/api/public/ping"),
                    refused(405, "method-not-allowed").reason("method-refused").header("Allow", "GET, HEAD, POST.*"));
        }
        cases.hostile(
                "the method TRACE",
                "OWASP API8:2023",
                of("TRACE", "/api/public/ping"),
                refused(405, "method-not-allowed"));
        cases.hostile(
                "the method CONNECT",
                "OWASP API8:2023",
                of("CONNECT", "/api/public/ping"),
                refused(405, "method-not-allowed").reason("method-refused"));
        cases.hostile(
                "the asterisk as a target",
                "RFC 9112 section 3.2.4",
                of("GET", "*"),
                refused(400, "malformed-request").reason("path-asterisk-form"));
        for (String field : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            cases.add(
                    "a method override by " + field + " on GET has no effect",
                    METHOD,
                    get("/api/me").header(field, "DELETE").bearer(idp.token("ann")),
                    permitted(200, "me"));
        }
        cases.add(
                "a method override on POST does not delete",
                METHOD,
                of("POST", "/api/orders/ann-1")
                        .json("{}")
                        .header("X-HTTP-Method-Override", "DELETE")
                        .bearer(idp.token("root").roles("admin").scope("orders:write")),
                refused(405, "method-not-allowed"));
        cases.add(
                "a method override in the query does not delete",
                METHOD,
                of("POST", "/api/orders/ann-1?_method=DELETE")
                        .json("{}")
                        .bearer(idp.token("root").roles("admin").scope("orders:write")),
                refused(405, "method-not-allowed"));
        cases.add(
                "two method overrides",
                "CVE-2021-32777",
                get("/api/me")
                        .header("X-HTTP-Method-Override", "GET")
                        .header("X-HTTP-Method-Override", "DELETE")
                        .bearer(idp.token("ann")),
                refused(400, "malformed-request").reason("header-repeated"));
    }

    private void headers() {
        cases.hostile(
                "a byte beyond ASCII in a header field",
                "CVE-2023-27488",
                get("/api/public/ping").header("X-Note", "caf\u00e9"),
                refused(400, "malformed-request").reason("header-invalid-character"));
        cases.hostile(
                "a control character in a header field",
                "CVE-2023-27488",
                get("/api/public/ping").header("X-Note", "a\u0001b"),
                refused(400, "malformed-request").reason("header-invalid-character"));
        cases.hostile(
                "a null in a header field",
                "CVE-2023-27488",
                get("/api/public/ping").header("X-Note", "a\u0000b"),
                refused(400, "malformed-request").reason("header-invalid-character"));
        cases.add(
                "Connection names a forwarding field away",
                "CVE-2024-45410",
                bare("GET", "/api/public/ping")
                        .header("Host", ContractFixture.HOST)
                        .header("Connection", "close, x-forwarded-for"),
                refused(400, "malformed-request").reason("header-connection-option"));
        cases.add(
                "two Origin fields",
                "CVE-2021-32777",
                get("/api/public/ping")
                        .header("Origin", ContractFixture.ORIGIN)
                        .header("Origin", "https://evil.example"),
                refused(400, "malformed-request"));
        cases.hostile(
                "text for the log that would be evaluated or break the line",
                "CVE-2021-44228, CVE-2023-6484",
                get("/api/orders/${jndi:ldap:x}").header("User-Agent", "${jndi:ldap://127.0.0.1:1/x}"),
                refused(400, "malformed-request"));
    }

    private void sizes() {
        String url = "/api/public/ping?x=" + "a".repeat(1100);
        cases.add("a URL of the greatest length", "size.max-url", get(url.substring(0, 1024)), permitted(200, "ping"));
        cases.add("a URL one longer", "size.max-url", get(url.substring(0, 1025)), refused(414, "url-too-long"));
        RawRequest many = get("/api/public/ping");
        for (int i = 0; i < 60; i++) {
            many = many.header("X-Many-" + i, "v");
        }
        cases.add("too many header fields", "size.max-header-count", many, refused(431, "headers-too-large"));
        RawRequest repeated = get("/api/public/ping");
        for (int i = 0; i < 60; i++) {
            repeated = repeated.header("X-Same", "v");
        }
        cases.add("one header field too many times", "CVE-2021-32777", repeated, refused(431, "headers-too-large"));
        cases.add(
                "a header field too long",
                "size.max-headers",
                get("/api/public/ping").header("X-Long", "a".repeat(4200)),
                refused(431, "headers-too-large"));
        cases.hostile(
                "a header field of 80 KB",
                "size.max-headers",
                get("/api/public/ping").header("X-Long", "a".repeat(80_000)),
                refused(431, "headers-too-large"));
        cases.hostile(
                "a URL of 80 KB",
                "size.max-url",
                get("/api/public/ping?x=" + "a".repeat(80_000)),
                refused(414, "url-too-long"));
        cases.hostile("400 header fields", "size.max-header-count", lots(400), refused(431, "headers-too-large"));
    }

    private static RawRequest lots(int count) {
        RawRequest request = get("/api/public/ping");
        for (int i = 0; i < count; i++) {
            request = request.header("X-" + i, "v");
        }
        return request;
    }

    private void forwarded() {
        cases.add(
                "forwarding fields of an untrusted peer are not believed",
                FORWARDED,
                get("/api/me")
                        .bearer(idp.token("ann"))
                        .header("X-Forwarded-For", "203.0.113.9")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "evil.example"),
                permitted(200, "me")
                        .noHeader("Strict-Transport-Security")
                        .audit(event -> ContractCases.equal(
                                "address", event.request().clientAddress(), ContractFixture.CALLER)));
        cases.add(
                "Forwarded, which is not the family set, is not believed",
                FORWARDED,
                get("/api/me")
                        .from(ContractFixture.PROXY)
                        .bearer(idp.token("ann"))
                        .header("Forwarded", "for=203.0.113.9;proto=https")
                        .header("X-Forwarded-For", "198.51.100.4")
                        .header("X-Forwarded-Proto", "https"),
                permitted(200, "me")
                        .audit(event ->
                                ContractCases.equal("address", event.request().clientAddress(), "198.51.100.4")));
        cases.add(
                "behind a trusted proxy over TLS there is HSTS",
                "RFC 6797",
                proxied("198.51.100.4", "https"),
                permitted(200, "me").header("Strict-Transport-Security", "max-age=\\d+.*"));
        cases.add(
                "behind a trusted proxy without TLS",
                "OWASP API8:2023",
                proxied("198.51.100.4", "http"),
                refused(403, "tls-required").reason("tls-required"));
        cases.add(
                "what stands left of the client is its own invention",
                FORWARDED,
                proxied("10.0.0.1, 127.0.0.1, 198.51.100.4", "https"),
                permitted(200, "me")
                        .audit(event ->
                                ContractCases.equal("address", event.request().clientAddress(), "198.51.100.4")));
        cases.add(
                "an IPv4 address in IPv6 clothes",
                "CVE-2026-30827",
                proxied("::ffff:198.51.100.4", "https"),
                permitted(200, "me")
                        .audit(event ->
                                ContractCases.equal("address", event.request().clientAddress(), "198.51.100.4")));
        cases.add(
                "a forwarding field that is no address",
                FORWARDED,
                proxied("evil\"example", "https"),
                refused(400, "malformed-request").reason("forwarded-malformed"));
        cases.add(
                "more hops than any chain has",
                "bounded",
                proxied("198.51.100.4, ".repeat(40) + "198.51.100.4", "https"),
                refused(400, "malformed-request").reason("forwarded-malformed"));
        cases.add(
                "the forwarded host must be allowed",
                HOST,
                proxied("198.51.100.4", "https").header("X-Forwarded-Host", "evil.example"),
                refused(421, "host-refused"));
        cases.add(
                "a probe's path from the outside needs a credential",
                "probes",
                get("/healthz")
                        .from(ContractFixture.PROXY)
                        .header("X-Forwarded-For", "198.51.100.4")
                        .header("X-Forwarded-Proto", "https"),
                refused(401, "unauthenticated"));
    }

    private RawRequest proxied(String address, String scheme) {
        return get("/api/me")
                .from(ContractFixture.PROXY)
                .bearer(idp.token("ann"))
                .header("X-Forwarded-For", address)
                .header("X-Forwarded-Proto", scheme);
    }

    private static RawRequest preflight(String origin, String method, String headers) {
        return of("OPTIONS", "/api/orders/ann-1")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers);
    }

    private void cors() {
        String origin = ContractFixture.ORIGIN;
        cases.add(
                "a preflight of an allowed origin",
                CORS,
                preflight(origin, "PUT", "authorization, content-type"),
                Expectation.answeredByGuard(204)
                        .header("Access-Control-Allow-Origin", origin)
                        .header("Access-Control-Allow-Methods", ".*\\bPUT\\b.*")
                        .header("Access-Control-Allow-Headers", "(?i).*authorization.*")
                        .header("Access-Control-Max-Age", "600")
                        .header("Vary", "(?i).*origin.*"));
        cases.add(
                "a preflight of another origin",
                CORS,
                preflight("https://evil.example", "PUT", "authorization"),
                refused(403, "origin-refused").noHeader("Access-Control-Allow-Origin"));
        cases.add(
                "a preflight of an origin that ends alike",
                CORS,
                preflight("https://evil-app.example.com", "GET", "authorization"),
                refused(403, "origin-refused").noHeader("Access-Control-Allow-Origin"));
        cases.add(
                "a preflight of the origin over plain HTTP",
                CORS,
                preflight("http://app.example.com", "GET", "authorization"),
                refused(403, "origin-refused").noHeader("Access-Control-Allow-Origin"));
        cases.add(
                "a preflight of the origin null",
                CORS,
                preflight("null", "GET", "authorization"),
                refused(403, "origin-refused").noHeader("Access-Control-Allow-Origin"));
        cases.add(
                "a preflight for a method that is not allowed",
                CORS,
                preflight(origin, "PURGE", "authorization"),
                refused(403, "origin-refused"));
        cases.add(
                "a preflight for a field that is not allowed",
                CORS,
                preflight(origin, "GET", "x-secret"),
                refused(403, "origin-refused"));
        cases.add(
                "a preflight needs no credential, and gets none of the endpoint",
                CORS,
                of("OPTIONS", "/api/nothing").header("Origin", origin).header("Access-Control-Request-Method", "GET"),
                Expectation.answeredByGuard(204));
        cases.add(
                "a call of an allowed origin",
                CORS,
                get("/api/me").header("Origin", origin).bearer(idp.token("ann")),
                permitted(200, "me")
                        .header("Access-Control-Allow-Origin", origin)
                        .header(
                                "Access-Control-Expose-Headers",
                                "(?i)(?=.*ratelimit)(?=.*retry-after)(?=.*www-authenticate).*")
                        .header("Vary", "(?i).*origin.*")
                        .noHeader("Access-Control-Allow-Credentials"));
        cases.add(
                "a refusal can be read by an allowed origin",
                CORS,
                get("/api/me").header("Origin", origin),
                refused(401, "unauthenticated")
                        .plainChallenge()
                        .header("Access-Control-Allow-Origin", origin)
                        .header("Access-Control-Expose-Headers", "(?i).*www-authenticate.*"));
        cases.add(
                "a refusal of the path can be read by an allowed origin",
                CORS,
                get("/api/me/").header("Origin", origin),
                refused(400, "malformed-request").header("Access-Control-Allow-Origin", origin));
        cases.add(
                "a call of another origin gets nothing for its browser",
                CORS,
                get("/api/me").header("Origin", "https://evil.example").bearer(idp.token("ann")),
                Expectation.answered(200).noHeader("Access-Control-Allow-Origin"));
    }
}
