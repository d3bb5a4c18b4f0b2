package io.apiguard.examples.demo;

import static io.apiguard.examples.demo.Attempt.allowed;
import static io.apiguard.examples.demo.Attempt.refused;
import static io.apiguard.examples.demo.Attempt.refusedByServer;

import io.apiguard.examples.demo.RawHttp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The stops of the tour, in order: some depend on what came before (a limit that is spent). */
final class Attempts {

    private static final String NEW_ORDER = "{\"item\":\"chair\",\"quantity\":4,\"card\":\"4242424242424242\"}";
    private static final String OWN = "/orders/1001";
    private static final String BOBS = "/orders/1002";

    private final List<Attempt> attempts = new ArrayList<>();
    private final Forger forger;
    private final String alice;
    private final String bob;
    private final String carol;
    private final String reader;
    private final String aliceForBilling;

    private Attempts(AuthorizationServer server) {
        this.forger = new Forger(server.key(), server.issuer());
        this.alice = server.token("alice", "orders:read", "orders:write");
        this.bob = server.token("bob", "orders:read");
        this.carol = server.token("carol", "orders:read");
        this.reader = server.token("reader", "orders:read");
        this.aliceForBilling = server.token("alice", "billing");
    }

    static List<Attempt> all(AuthorizationServer server) {
        Attempts tour = new Attempts(server);
        tour.permitted();
        tour.tokens();
        tour.credentialPlaces();
        tour.authorization();
        tour.paths();
        tour.bodies();
        tour.limits();
        tour.browsersAndTransport();
        return List.copyOf(tour.attempts);
    }

    private void permitted() {
        allow("the catalog, without a token", Request.get("/catalog"), 200, body("lamp"));
        allow(
                "alice: her order, card masked, risk note gone",
                Request.get(OWN).bearer(alice),
                200,
                body("\"***1111\"")
                        .and(body("4111").negate())
                        .and(body("riskNote").negate()));
        allow("alice: places an order", Request.post("/orders", NEW_ORDER).bearer(alice), 201, body("\"***4242\""));
        allow(
                "bob: his orders and nobody else's",
                Request.get("/orders").bearer(bob),
                200,
                body("\"bob\"").and(body("alice").negate()));
        allow(
                "carol, an admin: all orders, with risk notes",
                Request.get("/admin/orders").bearer(carol),
                200,
                body("riskNote").and(body("\"***1111\"")));
    }

    private void tokens() {
        refuse("no token", "API2", Request.get(OWN), 401, "unauthenticated");
        token("a token that has expired", forger.expired(), 401, "token.expired");
        token("alice's token for another service", aliceForBilling, 401, "token.audience");
        token("a token of another issuer", forger.ofAnotherIssuer(), 401, "token.issuer");
        token("an ID token in place of an access token", forger.idToken(), 401, "token.not_access_token");
        token("alg none: a token without a signature", forger.withoutSignature(), 401, "token.algorithm");
        token("alg confusion: HS256 with the public key", forger.confusingTheAlgorithm(), 401, "token.algorithm");
        token("a forged key under a known id", forger.byAForeignKey(true), 401, "token.signature");
        token("a forged key under an id of its own", forger.byAForeignKey(false), 503, "token.unavailable");
        token("bob's token, rewritten to say alice", Forger.tampered(bob, "bob", "alice"), 401, "token.signature");
    }

    private void credentialPlaces() {
        refuse("a token in the query", "API2", Request.get(OWN + "?access_token=" + alice), 401, "unauthenticated");
        refuse(
                "two Authorization fields",
                "API2",
                Request.get(OWN).bearer(alice).bearer(bob),
                400,
                "header-repeated");
    }

    private void authorization() {
        refuse("alice: bob's order", "API1", Request.get(BOBS).bearer(alice), 403, "forbidden-object");
        refuse(
                "alice: an order that does not exist",
                "API1",
                Request.get("/orders/9").bearer(alice),
                403,
                "forbidden-object");
        refuse(
                "a reader places an order",
                "API5",
                Request.post("/orders", NEW_ORDER).bearer(reader),
                403,
                "insufficient-scope");
        refuse(
                "... and says it is a GET, by an override field",
                "API5",
                Request.post("/orders", NEW_ORDER).bearer(reader).with("X-HTTP-Method-Override: GET"),
                403,
                "insufficient-scope");
        refuse(
                "alice: all orders, an admin's call",
                "API5",
                Request.get("/admin/orders").bearer(alice),
                403,
                "forbidden-role");
        refuse(
                "alice: an endpoint that nobody wrote",
                "API9",
                Request.get("/actuator/env").bearer(alice),
                404,
                "status-404");
    }

    private void paths() {
        path("a path parameter: /admin/..;/orders", "API5", "/admin/..;/orders", "path-parameter");
        path("an empty segment: //admin/orders", "API5", "//admin/orders", "path-empty-segment");
        path("a needless escape: /%61dmin/orders", "API5", "/%61dmin/orders", "path-needless-escape");
        path("a dot segment: /orders/1001/../1002", "API1", "/orders/1001/../1002", "path-dot-segment");
        path("a line break, to forge a log entry", "API8", "/orders/1%0d%0aadmin=true", "path-control-character");
        server(
                "an encoded slash: /orders%2F1002",
                "API1", Request.get("/orders%2F1002").bearer(alice), 400);
    }

    private void bodies() {
        String tooLarge = "{\"item\":\"" + "x".repeat(20_000) + "\"}";
        String tooDeep = "[".repeat(9) + "]".repeat(9);
        String twice = "{\"item\":\"lamp\",\"quantity\":1,\"quantity\":-1}";
        String twiceEscaped = "{\"item\":\"lamp\",\"quantity\":1,\"qu\\u0061ntity\":-1}";
        order(
                "a body of 20 KB, where 16 are allowed",
                "API4",
                Request.post("/orders", tooLarge),
                413,
                "body-too-large");
        order("a body nested 9 deep, where 8 are allowed", "API4", Request.post("/orders", tooDeep), 400, "body-depth");
        order("a member twice", "API8", Request.post("/orders", twice), 400, "body-duplicate-name");
        order(
                "a member twice, once in disguise",
                "API8",
                Request.post("/orders", twiceEscaped),
                400,
                "body-duplicate-name");
        Request xml = new Request("POST", "/orders", List.of("Content-Type: application/xml"), "<order/>");
        order("XML, where JSON is expected", "API8", xml, 415, "content-type-refused");
        server(
                "two lengths, to smuggle a request",
                "API8",
                Request.post("/orders", NEW_ORDER).with("Content-Length: 7"),
                400);
    }

    private void limits() {
        Request quote = Request.get("/quotes/lamp").bearer(reader);
        for (int i = 1; i <= 3; i++) {
            allow("a quote, " + i + " of 3 a minute", quote, 200, body("price"));
        }
        refuse("a fourth quote", "API4", quote, 429, "rate-limited");
        refuse(
                "... from another address, it says",
                "API4",
                quote.with("X-Forwarded-For: 203.0.113.7"),
                429,
                "rate-limited");
    }

    private void browsersAndTransport() {
        add(new Attempt(
                "a browser's preflight, from the shop",
                "-",
                preflight("https://shop.example.com"),
                204,
                Attempt.PERMITTED,
                reply -> reply.header("Access-Control-Allow-Origin").equals("https://shop.example.com")));
        refuse(
                "a browser's preflight, from elsewhere",
                "API8",
                preflight("https://evil.example"),
                403,
                "cors-origin-refused");
        refuse("another host's name", "API8", Request.get("/catalog").with("Host: evil.example"), 421, "host-refused");
        server("TRACE, to read other people's fields", "API8", Request.of("TRACE", "/catalog"), 405);
    }

    private static Request preflight(String origin) {
        return Request.of("OPTIONS", "/orders")
                .with("Origin: " + origin)
                .with("Access-Control-Request-Method: POST")
                .with("Access-Control-Request-Headers: authorization, content-type");
    }

    private static Predicate<Reply> body(String part) {
        return reply -> reply.body().contains(part);
    }

    private void allow(String what, Request request, int status, Predicate<Reply> answer) {
        add(allowed(what, request, status, answer));
    }

    private void token(String what, String token, int status, String reason) {
        refuse(what, "API2", Request.get(OWN).bearer(token), status, reason);
    }

    private void path(String what, String risk, String target, String reason) {
        refuse(what, risk, Request.get(target).bearer(alice), 400, reason);
    }

    private void order(String what, String risk, Request request, int status, String reason) {
        refuse(what, risk, request.bearer(alice), status, reason);
    }

    private void refuse(String what, String risk, Request request, int status, String reason) {
        add(refused(what, risk, request, status, reason));
    }

    private void server(String what, String risk, Request request, int status) {
        add(refusedByServer(what, risk, request, status));
    }

    private void add(Attempt attempt) {
        attempts.add(attempt);
    }
}
