package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.of;
import static io.apiguard.contract.RawRequest.post;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Request bodies: size, type, structure, and that the handler reads the very bytes that were checked. */
final class BodyCases {

    private static final String DUPLICATE = "CVE-2022-25757";
    private static final String TYPE = "CVE-2022-39955, CVE-2022-39956, CVE-2023-38199";
    private static final String DEPTH = "CVE-2021-42717, CVE-2022-42003, CVE-2025-52999";
    private static final String SIZE = "OWASP API4:2023";
    private static final String ECHO = "/api/public/echo";

    private final IdentityProvider idp;
    private final Cases cases = new Cases();

    private BodyCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        BodyCases table = new BodyCases(fixture);
        table.goodBodies();
        table.structure();
        table.duplicates();
        table.encodings();
        table.types();
        table.sizes();
        table.order();
        return table.cases.list();
    }

    private void good(String name, String reference, RawRequest request, byte[] body) {
        Receipt receipt = Receipt.of(body);
        cases.add(
                name,
                reference,
                request,
                permitted(200, "echo").json(receipt.length(), "length").json(receipt.sha256(), "sha256"));
    }

    private void goodJson(String name, String reference, String json) {
        good(name, reference, post(ECHO, json), json.getBytes(StandardCharsets.UTF_8));
    }

    private void badJson(String name, String reference, String json, String reason) {
        badBytes(name, reference, json.getBytes(StandardCharsets.UTF_8), reason);
    }

    private void badBytes(String name, String reference, byte[] body, String reason) {
        cases.add(
                name,
                reference,
                of("POST", ECHO).body("application/json", body),
                refused(400, "invalid-body").reason("body-" + reason));
    }

    private void goodBodies() {
        goodJson(
                "the handler reads the very bytes that were checked",
                "CVE-2026-65604",
                " {\"b\" : 1.50e+3,\r\n\t\"a\":[ \"\\u0041\\n\u00e4\u2615\\ud83d\\ude00\" , null,true ] } \n");
        String large = "{\"rows\":[" + "\"0123456789abcdef\",".repeat(3000) + "0]}";
        goodJson("a body of many reads", "CVE-2026-65604", large);
        good(
                "a body in chunks",
                "CVE-2026-65604",
                of("POST", ECHO).chunked("application/json", large, 1000),
                large.getBytes(StandardCharsets.UTF_8));
        good(
                "a body in chunks of one byte",
                "CVE-2026-65604",
                of("POST", ECHO).chunked("application/json", "{\"a\":[1]}", 1),
                "{\"a\":[1]}".getBytes(StandardCharsets.UTF_8));
        good("no body", "RFC 9110 section 8.6", of("POST", ECHO).header("Content-Length", "0"), new byte[0]);
        good(
                "a JSON type with a suffix and a charset",
                "RFC 6839",
                of("POST", ECHO).body("application/vnd.order+json;charset=UTF-8", bytes("{}")),
                bytes("{}"));
        goodJson("a scalar", "RFC 8259 section 2", "42");
        String depth = "[".repeat(32) + "]".repeat(32);
        goodJson("nesting to the limit", DEPTH, depth);
        cases.add(
                "created, with its own status",
                "allowed",
                post("/api/orders", "{\"a\":1}").bearer(idp.token("ann").scope("orders:write")),
                permitted(201, "createOrder")
                        .json(7, "length")
                        .json(Receipt.of(bytes("{\"a\":1}")).sha256(), "sha256"));
    }

    private void structure() {
        badJson("nesting one beyond the limit", DEPTH, "[".repeat(33) + "]".repeat(33), "depth");
        badJson("60 KB of nesting", DEPTH, "[".repeat(60_000), "depth");
        badJson("60 KB of nested objects", DEPTH, "{\"a\":".repeat(10_000), "depth");
        badJson("endless digits", "CVE-2026-68494", "{\"n\":" + "1".repeat(5000) + "}", "number-length");
        badJson(
                "endless digits after the point",
                "CVE-2026-68494",
                "{\"n\":0." + "1".repeat(5000) + "}",
                "number-length");
        badJson("a string too long", SIZE, "{\"s\":\"" + "x".repeat(20_001) + "\"}", "string-length");
        badJson("a name too long", SIZE, "{\"" + "x".repeat(300) + "\":1}", "name-length");
        badJson("too many elements", SIZE, "[" + "1,".repeat(6000) + "1]", "elements");
        badJson("too many members", SIZE, members(1200), "members");
        badJson("JSON that breaks off", "CVE-2026-65604", "{\"a\":[1,2", "malformed");
        badJson("something after the JSON", "RFC 8259 section 2", "{\"a\":1}{\"a\":2}", "malformed");
        badJson("no JSON", "CVE-2025-49128", "<order secret=\"hunter2x\"/>", "malformed");
        badJson("only white space", "CVE-2026-65604", "  \r\n ", "malformed");
        badJson("a trailing comma", "RFC 8259 section 4", "{\"a\":1,}", "malformed");
        badJson("a comment", "RFC 8259 section 2", "{/*x*/\"a\":1}", "malformed");
        badJson("single quotes", "RFC 8259 section 7", "{'a':1}", "malformed");
        badJson("NaN", "RFC 8259 section 6", "{\"a\":NaN}", "malformed");
        badJson("a number with a leading zero", "RFC 8259 section 6", "{\"a\":012}", "malformed");
        badJson("a raw newline in a string", "RFC 8259 section 7", "{\"a\":\"x\ny\"}", "malformed");
        cases.add(
                "what was refused is not echoed",
                "CVE-2025-49128",
                post(ECHO, "{\"a\": needle4711 }"),
                refused(400, "invalid-body").body(body -> ContractCases.lacks(body, "needle")));
    }

    private static String members(int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append("\"m").append(i).append("\":1,");
        }
        return text.append("\"last\":1}").toString();
    }

    private void duplicates() {
        badJson("a name twice", DUPLICATE, "{\"role\":\"user\",\"role\":\"admin\"}", "duplicate-name");
        badJson(
                "a name twice, once escaped",
                DUPLICATE,
                "{\"role\":\"user\",\"r\\u006fle\":\"admin\"}",
                "duplicate-name");
        badJson("a name twice, far below", DUPLICATE, "[[{\"a\":{\"x\":1,\"y\":2,\"x\":3}}]]", "duplicate-name");
        badJson("an empty name twice", DUPLICATE, "{\"\":1,\"\":2}", "duplicate-name");
        goodJson("the same name in different objects", DUPLICATE, "{\"a\":{\"a\":1},\"b\":{\"a\":2}}");
        goodJson("names that differ in case", DUPLICATE, "{\"a\":1,\"A\":2}");
    }

    private void encodings() {
        badBytes("JSON in UTF-16", "RFC 8259 section 8.1", "{\"a\":1}".getBytes(StandardCharsets.UTF_16), "encoding");
        badBytes("a byte order mark", "RFC 8259 section 8.1", bytes("\ufeff{\"a\":1}"), "encoding");
        badBytes("broken UTF-8", "RFC 3629", new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'}, "encoding");
        badBytes("overlong UTF-8", "RFC 3629", new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}, "encoding");
        badJson("half a surrogate pair", "RFC 8259 section 8.2", "{\"a\":\"\\ud800\"}", "encoding");
    }

    private void badType(String name, RawRequest request, String reason) {
        cases.add(name, TYPE, request, refused(415, "unsupported-media-type").reason(reason));
    }

    private void types() {
        byte[] json = bytes("{\"a\":1}");
        badType("XML", of("POST", ECHO).body("application/xml", bytes("<a/>")), "content-type-refused");
        badType(
                "a form",
                of("POST", ECHO).body("application/x-www-form-urlencoded", bytes("a=1")),
                "content-type-refused");
        badType(
                "multipart",
                of("POST", ECHO).body("multipart/form-data; boundary=x", bytes("--x--")),
                "content-type-refused");
        badType("no Content-Type", of("POST", ECHO).bytes(json), "content-type-not-single");
        badType(
                "two Content-Type fields",
                of("POST", ECHO).header("Content-Type", "text/plain").body("application/json", json),
                "content-type-not-single");
        badType(
                "two types in one field",
                of("POST", ECHO).body("application/json, text/xml", json),
                "content-type-malformed");
        badType(
                "JSON in UTF-16 by its charset",
                of("POST", ECHO).body("application/json;charset=utf-16", json),
                "charset-refused");
        badType(
                "two charsets",
                of("POST", ECHO).body("application/json;charset=utf-8;charset=utf-7", json),
                "content-type-malformed");
        badType("JSON in UTF-7", of("POST", ECHO).body("application/json;charset=\"utf-7\"", json), "charset-refused");
        badType(
                "a compressed body",
                of("POST", ECHO).header("Content-Encoding", "gzip").body("application/json", json),
                "content-encoding-refused");
        cases.add(
                "a type that another endpoint takes",
                TYPE,
                of("POST", ECHO).body("text/plain", json),
                refused(415, "unsupported-media-type"));
        cases.add(
                "an endpoint with a type of its own",
                TYPE,
                of("POST", "/api/upload").body("text/plain", bytes("two words")).bearer(idp.token("ann")),
                permitted(200, "upload").json(Receipt.of(bytes("two words")).sha256(), "sha256"));
        cases.add(
                "an endpoint with a type of its own refuses JSON",
                TYPE,
                post("/api/upload", "{}").bearer(idp.token("ann")),
                refused(415, "unsupported-media-type"));
    }

    private void sizes() {
        byte[] tooLong = new byte[66_000];
        Arrays.fill(tooLong, (byte) ' ');
        cases.add(
                "a body declared too long is refused before it is read",
                SIZE,
                of("POST", ECHO).body("application/json", tooLong),
                refused(413, "body-too-large"));
        cases.hostile(
                "a body declared far too long",
                SIZE,
                of("POST", ECHO).header("Content-Type", "application/json").header("Content-Length", "999999999"),
                refused(413, "body-too-large"));
        cases.add(
                "a body in chunks that turns out too long",
                SIZE,
                of("POST", ECHO).chunked("application/json", "\"" + " ".repeat(66_000) + "\"", 4000),
                refused(413, "body-too-large").reason("body-too-large"));
        cases.add(
                "an endpoint's own, smaller bound",
                SIZE,
                of("POST", "/api/upload").body("text/plain", new byte[3000]).bearer(idp.token("ann")),
                Expectation.answered(413));
        cases.add(
                "an endpoint's own bound, in chunks",
                SIZE,
                of("POST", "/api/upload")
                        .chunked("text/plain", "x".repeat(3000), 500)
                        .bearer(idp.token("ann")),
                Expectation.answered(413));
        cases.hostile(
                "a length that is no number",
                "RFC 9112 section 6.3",
                of("POST", ECHO)
                        .header("Content-Type", "application/json")
                        .header("Content-Length", "0x7")
                        .payload(bytes("{\"a\":1}")),
                refused(400, "malformed-request").reason("body-length-malformed"));
        cases.hostile(
                "a negative length",
                "RFC 9112 section 6.3",
                of("POST", ECHO).header("Content-Type", "application/json").header("Content-Length", "-1"),
                refused(400, "malformed-request").reason("body-length-malformed"));
        cases.hostile(
                "two lengths",
                "RFC 9112 section 6.3",
                of("POST", ECHO).header("Content-Length", "2").body("application/json", bytes("{\"a\":1}")),
                refused(400, "malformed-request").reason("body-length-malformed"));
        cases.hostile(
                "a transfer coding that hides chunked",
                "RFC 9112 section 6.1",
                of("POST", ECHO)
                        .header("Content-Type", "application/json")
                        .header("Transfer-Encoding", "xchunked")
                        .payload(bytes("0\r\n\r\n")),
                refused(400, "malformed-request").reason("body-length-malformed"));
    }

    private void order() {
        cases.add(
                "no body is looked at for a caller who is not let in",
                "CVE-2023-6267",
                post("/api/orders", "{\"a\":1,\"a\":"),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "no body is looked at for a caller without the scope",
                "CVE-2023-6267",
                post("/api/orders", "{\"a\":1,\"a\":").bearer(idp.token("ann")),
                refused(403, "insufficient-scope"));
        cases.add(
                "a body is checked on a generic method too",
                DUPLICATE,
                post("/api/annotated/generic", "{\"a\":1,\"a\":2}")
                        .bearer(idp.token("ann").scope("annotated:read")),
                refused(400, "invalid-body").reason("body-duplicate-name"));
        cases.add(
                "a body with GET is checked as well",
                DUPLICATE,
                of("GET", "/api/me").json("{\"a\":1,\"a\":2}").bearer(idp.token("ann")),
                refused(400, "invalid-body").reason("body-duplicate-name"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
