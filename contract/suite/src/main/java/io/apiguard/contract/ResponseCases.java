package io.apiguard.contract;

import static io.apiguard.contract.Expectation.answered;
import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.Expectation.replaced;
import static io.apiguard.contract.RawRequest.get;
import static io.apiguard.contract.RawRequest.of;

import io.apiguard.audit.AuditEvent.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What comes back: redaction, security header fields, errors of the application, limits. */
final class ResponseCases {

    private static final String FIELDS = "OWASP API3:2023";
    private static final String ENCODED = "CVE-2022-39957, CVE-2022-39958";
    private static final String HEADERS = "CVE-2026-22732";
    private static final String ERRORS = "OWASP API8:2023";
    private static final String LIMITS = "OWASP API4:2023";

    private final ContractFixture fixture;
    private final IdentityProvider idp;
    private final Token ann;
    private final Cases cases = new Cases();

    private ResponseCases(ContractFixture fixture) {
        this.fixture = fixture;
        this.idp = fixture.identityProvider();
        this.ann = idp.token("ann");
    }

    static List<ContractCase> table(ContractFixture fixture) {
        ResponseCases table = new ResponseCases(fixture);
        table.redaction();
        table.unreadable();
        table.headerFields();
        table.errors();
        return table.cases.list();
    }

    static List<ContractCase> limits(ContractFixture fixture) {
        ResponseCases table = new ResponseCases(fixture);
        table.rateLimits();
        return table.cases.list();
    }

    private void redaction() {
        Token reader = ann.scope("orders:read");
        cases.add(
                "annotated members are masked",
                FIELDS,
                get("/api/orders/ann-1").bearer(reader),
                permitted(200, "order")
                        .json("***", "customer", "email")
                        .json("Anna", "customer", "name")
                        .json("***1881", "card", "number")
                        .json("visa", "card", "brand")
                        .noJson("card", "cvv")
                        .json("tea \u2615 \"green\"", "lines", 0, "article")
                        .json(2, "lines", 0, "quantity"));
        cases.add(
                "what lies open is masked at any depth",
                FIELDS,
                get("/api/orders/ann-1").bearer(reader),
                permitted(200, "order")
                        .json("***", "extras", "email")
                        .json("leave at the door", "extras", "note")
                        .json("***1881", "extras", "payments", 0, "number")
                        .noJson("extras", "payments", 0, "cvv")
                        .json(true, "extras", "payments", 0, "ok")
                        .json("***", "extras", "payments", 1, "deeper", "email")
                        .body(ResponseCases::isMasked));
        cases.add(
                "a caller with the scope sees the member, and no other",
                FIELDS,
                get("/api/orders/ann-1").bearer(ann.scope("orders:read pii:read")),
                permitted(200, "order")
                        .json(Order.EMAIL, "customer", "email")
                        .json(Order.EMAIL, "extras", "email")
                        .json("***1881", "card", "number")
                        .noJson("card", "cvv"));
        cases.add(
                "a body that is open from the start",
                FIELDS,
                get("/api/open").bearer(ann),
                permitted(200, "open")
                        .json("***", "email")
                        .json("***1881", "payments", 0, "number")
                        .body(ResponseCases::isMasked));
        cases.add(
                "an error of the application's own with a body",
                FIELDS,
                get("/api/errorbody").bearer(ann),
                answered(422)
                        .and(seen -> ContractCases.equal("runs", seen.ran(), Map.of("errorBody", 1L)))
                        .json("***", "email")
                        .body(ResponseCases::isMasked));
        cases.add(
                "a large body, streamed and flushed in between",
                FIELDS,
                get("/api/large").bearer(ann),
                permitted(200, "large")
                        .json("***", "rows", 0, "email")
                        .json("***", "rows", ContractHandlers.ROWS - 1, "email")
                        .json("***1881", "rows", 1999, "card", "number")
                        .body(ResponseCases::isMasked));
        cases.add(
                "HEAD of a masked body",
                FIELDS,
                of("HEAD", "/api/orders/ann-1").bearer(reader),
                permitted(200, "order").body(body -> ContractCases.equal("body", body, "")));
        cases.add(
                "text is no JSON and stays as it is",
                FIELDS,
                get("/api/text").bearer(ann),
                permitted(200, "text")
                        .header("Content-Type", "text/plain;\\s*charset=(?i:utf-8)")
                        .body(body -> ContractCases.equal("body", body, "plain text, \u00e4\u2615")));
        cases.add(
                "a range asked for changes nothing",
                ENCODED,
                get("/api/orders/ann-1").bearer(reader).header("Range", "bytes=0-50"),
                permitted(200, "order").body(ResponseCases::isMasked));
        cases.add(
                "an encoding asked for changes nothing",
                ENCODED,
                get("/api/orders/ann-1").bearer(reader).header("Accept-Encoding", "gzip, deflate, br"),
                permitted(200, "order").noHeader("Content-Encoding").json("***", "customer", "email"));
    }

    private static void isMasked(String body) {
        ContractCases.lacks(body, Order.EMAIL);
        ContractCases.lacks(body, Order.CARD_NUMBER);
        ContractCases.lacks(body, "\"" + Order.CVV);
    }

    /** What cannot be read as a whole JSON document in UTF-8 is never sent as it is. */
    private void unreadable() {
        for (String handler : List.of("encoded", "partial", "utf16")) {
            cases.add(
                    "sensitive JSON that cannot be read: " + handler,
                    ENCODED,
                    get("/api/" + handler).bearer(ann),
                    replaced(500, "redaction-failed", handler)
                            .reason("redaction-failed")
                            .noHeader("Content-Encoding")
                            .noHeader("Content-Range")
                            .body(body -> ContractCases.lacks(body.replace("\0", ""), Order.EMAIL)));
        }
        cases.add(
                "sensitive JSON that breaks off",
                ENCODED,
                get("/api/broken").bearer(ann),
                replaced(500, "redaction-failed", "broken")
                        .reason("redaction-failed")
                        .body(body -> ContractCases.lacks(body, "anna")));
    }

    private void headerFields() {
        cases.add(
                "an authenticated answer is not stored",
                HEADERS,
                get("/api/me").bearer(ann),
                permitted(200, "me").header("Cache-Control", ".*no-store.*"));
        cases.add(
                "what a handler says of caching does not weaken that",
                HEADERS,
                get("/api/headers").bearer(ann),
                permitted(200, "ownHeaders")
                        .header("Cache-Control", "(?!.*public).*no-store.*")
                        .header("X-Own", "kept"));
        cases.add(
                "a streamed answer has the fields of all",
                HEADERS,
                get("/api/large").bearer(ann),
                permitted(200, "large").header("Cache-Control", ".*no-store.*"));
        cases.add(
                "an asynchronous answer has the fields of all, and its caller",
                HEADERS,
                get("/api/async").bearer(idp.token("asy")),
                permitted(200, "async").json("asy", "subject").header("Cache-Control", ".*no-store.*"));
        cases.add(
                "an asynchronous endpoint without a credential",
                HEADERS,
                get("/api/async"),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "a redirect",
                HEADERS,
                get("/api/redirect").bearer(ann),
                permitted(302, "redirect").header("Location", "https://app\\.example\\.com/next"));
        cases.add(
                "over plain HTTP there is no HSTS",
                "RFC 6797 section 7.2",
                get("/api/me").bearer(ann),
                permitted(200, "me").noHeader("Strict-Transport-Security"));
    }

    private void errors() {
        cases.add(
                "a handler that fails tells nothing",
                ERRORS,
                get("/api/failing").bearer(ann),
                replaced(500, "internal-error", "failing")
                        .reason("handler-failed")
                        .outcome(Outcome.ERROR));
        cases.add(
                "a handler that fails on another thread tells nothing",
                ERRORS,
                get("/api/async/failing").bearer(ann),
                replaced(500, "internal-error", "asyncFailing"));
        cases.add(
                "an error status by the framework's means",
                ERRORS,
                get("/api/missing").bearer(ann),
                replaced(404, "not-found", "missing"));
        cases.add(
                "a failing handler is out of reach without a credential",
                "CVE-2022-31692",
                get("/api/failing"),
                refused(401, "unauthenticated"));
        cases.add("an unknown path tells nothing of the server", ERRORS, get("/"), refused(404, "not-found"));
    }

    private Expectation limited(String handler, long left) {
        return permitted(200, handler)
                .header("RateLimit", ".*;r=" + left + "(;.*)?")
                .header("RateLimit-Policy", ".*;q=\\d+.*");
    }

    private Expectation overLimit() {
        return refused(429, "rate-limited")
                .header("Retry-After", "[1-9]\\d*")
                .header("RateLimit", ".*;r=0(;.*)?")
                .header("RateLimit-Policy", ".*;q=\\d+.*;?w=\\d+.*");
    }

    private void rateLimits() {
        Token lim = idp.token("lim");
        RawRequest request = get("/api/limited").bearer(lim);
        cases.add(ContractCase.of(
                        "three requests a minute: the fourth is refused, another caller is not",
                        LIMITS,
                        request,
                        limited("limited", 2))
                .then(request, limited("limited", 1))
                .then(request, limited("limited", 0))
                .then(request, overLimit())
                .then(get("/api/limited").bearer(idp.token("other")), limited("limited", 2))
                .then(get("/api/limited").bearer(lim.claim("jti", "a-new-token")), overLimit()));
        cases.add(ContractCase.of("after its time the limit has room again", LIMITS, request, limited("limited", 2))
                .after(Duration.ofSeconds(61)));
        cases.add(ContractCase.of(
                        "a limit by tenant is shared by its members",
                        LIMITS,
                        get("/api/limited/tenant").bearer(idp.token("u1").tenant("acme")),
                        limited("limitedTenant", 1))
                .then(get("/api/limited/tenant").bearer(idp.token("u2").tenant("acme")), limited("limitedTenant", 0))
                .then(get("/api/limited/tenant").bearer(idp.token("u3").tenant("acme")), overLimit())
                .then(
                        get("/api/limited/tenant").bearer(idp.token("u3").tenant("umbrella")),
                        limited("limitedTenant", 1)));
        cases.add(ContractCase.of(
                        "a request may cost more than one",
                        LIMITS,
                        get("/api/limited/heavy").bearer(idp.token("heavy")),
                        limited("limitedHeavy", 2))
                .then(
                        get("/api/limited/heavy").bearer(idp.token("heavy")),
                        refused(429, "rate-limited").header("Retry-After", "[1-9]\\d*")));
        RawRequest spoofed = get("/api/public/limited");
        cases.add(ContractCase.of(
                        "a limit by address does not follow what an untrusted peer claims",
                        "CVE-2026-72816",
                        spoofed,
                        limited("limitedAddress", 1))
                .then(spoofed.header("X-Forwarded-For", "203.0.113.1"), limited("limitedAddress", 0))
                .then(spoofed.header("X-Forwarded-For", "203.0.113.2"), overLimit()));
        cases.add(ContractCase.of(
                        "an IPv6 caller has one limit for its /64",
                        "CVE-2026-30827",
                        behind("2001:db8:1:2::1"),
                        limited("limitedAddress", 1))
                .then(behind("2001:db8:1:2:ffff::2"), limited("limitedAddress", 0))
                .then(behind("2001:db8:1:2:3:4:5:6"), overLimit())
                .then(behind("2001:db8:1:3::1"), limited("limitedAddress", 1)));
        cases.add(ContractCase.of(
                        "an IPv4 caller in IPv6 clothes has one limit",
                        "CVE-2026-30827",
                        behind("198.51.100.77"),
                        limited("limitedAddress", 1))
                .then(behind("::ffff:198.51.100.77"), limited("limitedAddress", 0))
                .then(behind("198.51.100.77"), overLimit()));
        cases.add(ContractCase.of(
                        "a refused token charges no caller's limit",
                        "nobody can spend another's budget",
                        get("/api/limited").bearer(idp.token("victim").forgedWith(idp.stranger)),
                        refused(401, "unauthenticated"))
                .then(get("/api/limited").bearer(idp.token("victim")), limited("limited", 2)));
        cases.add(
                "a refusal by a limit can be read by a browser",
                LIMITS + ", CORS",
                get("/api/limited/heavy")
                        .header("Origin", ContractFixture.ORIGIN)
                        .bearer(idp.token("heavy")),
                refused(429, "rate-limited")
                        .header("Access-Control-Allow-Origin", ContractFixture.ORIGIN)
                        .header("Access-Control-Expose-Headers", "(?i).*ratelimit.*"));
        cases.add(keyLimit());
    }

    private ContractCase keyLimit() {
        RawRequest request = get("/api/limited/key").apiKey(fixture.apiKeys().reader());
        return ContractCase.of("a limit by API key is the key's own", LIMITS, request, limited("limitedKey", 1))
                .then(request, limited("limitedKey", 0))
                .then(request, overLimit())
                .then(get("/api/limited/key").apiKey(fixture.apiKeys().plain()), limited("limitedKey", 1));
    }

    private RawRequest behind(String address) {
        return get("/api/public/limited")
                .from(ContractFixture.PROXY)
                .header("X-Forwarded-For", address)
                .header("X-Forwarded-Proto", "https");
    }
}
