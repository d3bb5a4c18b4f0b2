package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;
import static io.apiguard.contract.RawRequest.of;
import static io.apiguard.contract.RawRequest.post;

import io.apiguard.authn.httpsig.ContentDigest;
import io.apiguard.authn.httpsig.HttpMessage;
import io.apiguard.authn.httpsig.HttpMessageSigner;
import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.http.Header;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** Requests that are signed (RFC 9421), and bodies that are compared with their signed digests (RFC 9530). */
final class SignatureCases {

    private static final String SIGNED = "RFC 9421 section 3.2";
    private static final String WINDOW = "RFC 9421 section 7.2.3";
    private static final String COVERAGE = "RFC 9421 section 7.2.1";
    private static final String REPLAY = "RFC 9421 section 7.2.2";
    private static final String SEVERAL = "RFC 9421 section 7.2.6";
    private static final String BODY = "RFC 9421 section 7.2.8, RFC 9530";
    private static final String FIELDS = "RFC 9421 section 4";
    private static final String TARGET = "RFC 9421 section 2.2";
    private static final String ME = "/api/me";
    private static final String ECHO = "/api/public/echo";
    private static final String JSON = "{\"amount\":100}";
    private static final String FORGED = "{\"amount\":900}";
    private static final String SITE = "http://" + ContractFixture.HOST;

    private final ContractFixture fixture;
    private final SignerFixture signers;
    private final Instant now;
    private final HttpMessageSigner partner;
    private final Cases cases = new Cases();

    private SignatureCases(ContractFixture fixture) {
        this.fixture = fixture;
        this.signers = fixture.signers();
        this.now = fixture.clock().instant();
        this.partner = builder(signers.partner()).build();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        SignatureCases table = new SignatureCases(fixture);
        table.requests();
        table.targets();
        table.proxies();
        table.bodies();
        table.forgedBodies();
        table.uncovered();
        table.times();
        table.keys();
        table.replays();
        table.several();
        table.fields();
        table.challenges();
        return table.cases.list();
    }

    private HttpMessageSigner.Builder builder(SigningKey key) {
        SignatureAlgorithm algorithm =
                key.algorithm().equals("EdDSA") ? SignatureAlgorithm.ED25519 : SignatureAlgorithm.ECDSA_P256_SHA256;
        return HttpMessageSigner.of(algorithm, key.privateKey(), key.id()).clock(fixture.clock());
    }

    private RawRequest signed(RawRequest request) {
        return signed(request, partner);
    }

    private static RawRequest signed(RawRequest request, HttpMessageSigner signer) {
        return signed(request, signer, SITE);
    }

    private static RawRequest signed(RawRequest request, HttpMessageSigner signer, String site) {
        HttpMessage message =
                HttpMessage.request(request.method(), URI.create(site + request.target()), request.fields());
        return with(request, signer.sign(message));
    }

    private static RawRequest with(RawRequest request, List<Header> fields) {
        RawRequest more = request;
        for (Header field : fields) {
            more = more.header(field.name(), field.value());
        }
        return more;
    }

    private static RawRequest digested(RawRequest request, String body) {
        return with(request, List.of(ContentDigest.of(bytes(body))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void good(String name, String reference, RawRequest request) {
        cases.add(name, reference, request, permitted(200, "me").json("pat", "subject"));
    }

    private void received(String name, RawRequest request, int status, String handler, String body) {
        Receipt receipt = Receipt.of(bytes(body));
        cases.add(
                name,
                BODY,
                request,
                permitted(status, handler).json(receipt.length(), "length").json(receipt.sha256(), "sha256"));
    }

    private void bad(String name, String reference, RawRequest request, String reason) {
        cases.add(name, reference, request, refusedSignature(reason));
    }

    /** The answer is the same whatever is wrong with a signature; only the audit tells. */
    private static Expectation refusedSignature(String reason) {
        return refused(401, "unauthenticated")
                .plainChallenge()
                .header("Accept-Signature", "sig=\\(\"@method\" \"@target-uri\".*\\);created;nonce=\"[\\w-]{22}\"")
                .json("Present a valid credential.", "detail")
                .body(text -> ContractCases.lacks(text, reason))
                .reason("signature." + reason);
    }

    private void requests() {
        good("a signed request", SIGNED, signed(get(ME)));
        cases.add(
                "a request signed with ECDSA",
                SIGNED,
                signed(get(ME), builder(signers.visitor()).build()),
                permitted(200, "me").json("vic", "subject"));
        cases.add(
                "a signed request where a bound credential is demanded",
                SIGNED,
                signed(get("/api/bound")),
                permitted(200, "bound").json("pat", "subject"));
        cases.add(
                "a signer's scope, and an object of its own",
                SIGNED,
                signed(get("/api/orders/pat-1")),
                permitted(200, "order"));
        cases.add(
                "a signer without the scope",
                SIGNED,
                signed(get("/api/orders/vic-1"), builder(signers.visitor()).build()),
                refused(403, "insufficient-scope"));
        HttpMessageSigner more = builder(signers.partner())
                .covering("@method", "@target-uri", "x-purpose")
                .build();
        RawRequest purpose = signed(get(ME).header("X-Purpose", "read"), more);
        good("a signed header field", SIGNED, purpose);
        RawRequest again = signed(get(ME).header("X-Purpose", "read"), more);
        bad("a signed header field that was altered", SIGNED, again.changing("X-Purpose", "read", "pay"), "signature");
        bad("a signed header field that was removed", SIGNED, again.without("X-Purpose"), "malformed");
        bad("a signed header field that was added to", SIGNED, again.header("X-Purpose", "pay"), "signature");
    }

    private void targets() {
        good("a signed query, as it is on the wire", TARGET, signed(get(ME + "?b=%c3%A9&a=x+y&a&c=%2F")));
        RawRequest query = signed(get(ME + "?amount=1"));
        bad("a query that was altered", TARGET, query.to("GET", ME + "?amount=9"), "signature");
        bad("a query that was added to", TARGET, query.to("GET", ME + "?amount=1&to=eve"), "signature");
        bad("a query that was removed", TARGET, query.to("GET", ME), "signature");
        bad("a query encoded otherwise", TARGET, query.to("GET", ME + "?amount=%31"), "signature");
        bad("a path that was altered", TARGET, signed(get("/api/you")).to("GET", ME), "signature");
        bad("a method that was altered", TARGET, signed(of("DELETE", ME)).to("GET", ME), "signature");
        bad(
                "a signed request for another host",
                TARGET,
                signed(get(ME), partner, "http://api.example.org"),
                "signature");
        bad(
                "a signed request for another scheme",
                TARGET,
                signed(get(ME), partner, "https://api.example.com"),
                "signature");
        good("a signed request for the default port", TARGET, signed(get(ME), partner, SITE + ":80"));
        HttpMessageSigner parts = builder(signers.partner())
                .covering("@method", "@authority", "@scheme", "@path", "@query")
                .build();
        good("a target signed in its parts", TARGET, signed(get(ME + "?a=%20"), parts));
        bad(
                "a query that was altered, signed in its parts",
                TARGET,
                signed(get(ME + "?a=1"), parts).to("GET", ME),
                "signature");
        HttpMessageSigner request = builder(signers.partner())
                .covering("@method", "@authority", "@request-target")
                .build();
        good("a signed request target", TARGET, signed(get(ME + "?a=%20"), request));
    }

    private void proxies() {
        String outside = "https://" + ContractFixture.GATEWAY;
        good(
                "a request signed for scheme and host as the proxy was asked",
                TARGET,
                forwarded(signed(get(ME), partner, outside)).from(ContractFixture.PROXY));
        bad(
                "a request signed for the host behind the proxy",
                TARGET,
                forwarded(signed(get(ME))).from(ContractFixture.PROXY),
                "signature");
        bad(
                "a request signed for what an untrusted peer says it was asked",
                TARGET,
                forwarded(signed(get(ME), partner, outside)),
                "signature");
    }

    private static RawRequest forwarded(RawRequest request) {
        return request.header("X-Forwarded-For", "198.51.100.4")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", ContractFixture.GATEWAY);
    }

    private static RawRequest order(String body) {
        return digested(post("/api/orders", body), body);
    }

    private static RawRequest upload(String body) {
        return digested(of("POST", "/api/upload").body("text/plain", bytes(body)), body);
    }

    private static RawRequest chunks(String body) {
        return digested(of("POST", "/api/orders").chunked("application/json", body, 5), body);
    }

    private static RawRequest uploadInChunks(String body) {
        return digested(of("POST", "/api/upload").chunked("text/plain", body, 5), body);
    }

    private void bodies() {
        received("a signed JSON body", signed(order(JSON)), 201, "createOrder", JSON);
        received("a signed JSON body in chunks", signed(chunks(JSON)), 201, "createOrder", JSON);
        received("a signed body that is not JSON", signed(upload("pay 100")), 200, "upload", "pay 100");
        received(
                "a signed body in chunks that is not JSON",
                signed(uploadInChunks("pay 100")),
                200,
                "upload",
                "pay 100");
        received("a signed body at a public endpoint", signed(digested(post(ECHO, JSON), JSON)), 200, "echo", JSON);
        RawRequest empty = of("POST", ECHO).header("Content-Length", "0");
        received("no body, and its digest signed", signed(digested(empty, "")), 200, "echo", "");
        received("no body, and no digest", signed(empty), 200, "echo", "");
        received(
                "an empty body in chunks, and its digest signed",
                signed(digested(of("POST", ECHO).chunked("application/json", "", 1), "")),
                200,
                "echo",
                "");
        received(
                "a body whose two digests are signed",
                signed(post("/api/orders", JSON).header("Content-Digest", both(JSON, JSON))),
                201,
                "createOrder",
                JSON);
        cases.add(
                "a signed body that is no good JSON",
                BODY,
                signed(order("{\"a\":1,\"a\":2}")),
                refused(400, "invalid-body").reason("body-duplicate-name"));
        String long66 = " ".repeat(66_000);
        cases.add(
                "a signed body in chunks that turns out too long",
                BODY,
                signed(chunks(long66)),
                refused(413, "body-too-large").reason("body-too-large"));
        String long3 = "x".repeat(3000);
        cases.add(
                "a signed body that is not JSON in chunks that turns out too long",
                BODY,
                signed(uploadInChunks(long3)),
                refused(413, "body-too-large").reason("body-too-large"));
    }

    private void forgedBodies() {
        forged("a signed JSON body that was altered", signed(order(JSON)).replacing("100", "900"));
        forged(
                "a signed JSON body in chunks that was altered",
                signed(chunks(JSON)).replacing("100", "900"));
        forged(
                "a signed body that is not JSON that was altered",
                signed(upload("pay 100")).replacing("100", "900"));
        forged(
                "a signed body in chunks that is not JSON that was altered",
                signed(uploadInChunks("pay 100")).replacing("pay", "bay"));
        forged(
                "a signed body at a public endpoint that was altered",
                signed(digested(post(ECHO, JSON), JSON)).replacing("100", "900"));
        forged(
                "a signed body that was removed",
                signed(digested(of("POST", ECHO).header("Content-Type", "application/json"), JSON))
                        .header("Content-Length", "0"));
        forged(
                "a signed digest of no body, and a body",
                signed(digested(of("POST", ECHO), "")).json(FORGED));
        forged("a signed body that was cut off", signed(chunks(JSON)).payload(bytes("5\r\n{\"amo\r\n0\r\n\r\n")));
        forged(
                "a signed body, one of whose digests is wrong",
                signed(post("/api/orders", JSON).header("Content-Digest", both(JSON, FORGED))));
        bad(
                "a body that was altered with its digest",
                BODY,
                signed(order(JSON))
                        .replacing("100", "900")
                        .without("Content-Digest")
                        .header(
                                "Content-Digest",
                                ContentDigest.of(bytes(FORGED)).value()),
                "signature");
        bad(
                "a signed digest of another algorithm only",
                BODY,
                signed(post("/api/orders", JSON).header("Content-Digest", "md5=:" + hash("MD5", JSON) + ":")),
                "digest_missing");
        bad(
                "a signed digest that is none",
                BODY,
                signed(post("/api/orders", JSON).header("Content-Digest", "sha-256=\"x\"")),
                "digest_malformed");
    }

    private void forged(String name, RawRequest request) {
        bad(name, BODY, request, "digest_mismatch");
    }

    private static String both(String first, String second) {
        return "sha-256=:" + hash("SHA-256", first) + ":, sha-512=:" + hash("SHA-512", second) + ":";
    }

    private static String hash(String algorithm, String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void uncovered() {
        HttpMessageSigner bodiless =
                builder(signers.partner()).covering("@method", "@target-uri").build();
        bad("a body whose digest is not there", COVERAGE, signed(post("/api/orders", JSON)), "components");
        bad("a body whose digest is not covered", COVERAGE, signed(order(JSON), bodiless), "components");
        bad("a body in chunks whose digest is not covered", COVERAGE, signed(chunks(JSON), bodiless), "components");
        bad("a body added to a signed GET", COVERAGE, signed(get(ME)).json(JSON), "components");
        bad(
                "a body in chunks added to a signed GET",
                COVERAGE,
                signed(get(ME)).chunked("application/json", JSON, 5),
                "components");
        bad(
                "a body added to a signed POST without one",
                COVERAGE,
                signed(of("POST", ECHO)).json(JSON),
                "components");
        lacking("@target-uri", "@method");
        lacking("@method", "@target-uri");
        lacking("@query", "@method", "@authority", "@path");
        lacking("the host", "@method", "@path", "@query");
    }

    private void lacking(String name, String... covered) {
        HttpMessageSigner signer = builder(signers.partner()).covering(covered).build();
        bad("a signature that does not cover " + name, COVERAGE, signed(get(ME), signer), "components");
    }

    private RawRequest created(long seconds, Duration lifetime) {
        HttpMessageSigner signer = builder(signers.partner())
                .clock(InstantSource.fixed(now.plusSeconds(seconds)))
                .lifetime(lifetime)
                .build();
        return signed(get(ME), signer);
    }

    private void times() {
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        good("a signature a second before it expires, clocks apart", WINDOW, created(-89, minute));
        bad("a signature that has expired", WINDOW, created(-90, minute), "expired");
        good("a signature a second before it is too old", WINDOW, created(-329, hour));
        bad("a signature that is too old, whatever it says", WINDOW, created(-330, hour), "expired");
        good("a signature of a clock that is ahead as far as may be", WINDOW, created(30, minute));
        bad("a signature of the future", WINDOW, created(31, minute), "not_yet_valid");
        bad(
                "a signature whose time was altered",
                WINDOW,
                altered(";created=\\d+", ";created=" + (now.getEpochSecond() - 1)),
                "signature");
        bad("a signature without created", WINDOW, altered(";created=\\d+", ""), "parameters");
        bad(
                "a signature whose created is a string",
                WINDOW,
                altered(";created=(\\d+)", ";created=\"$1\""),
                "malformed");
    }

    private RawRequest altered(String pattern, String replacement) {
        return altered(value -> value.replaceFirst(pattern, replacement));
    }

    private RawRequest altered(UnaryOperator<String> change) {
        RawRequest request = signed(get(ME));
        String input = field(request, "Signature-Input");
        return request.without("Signature-Input").header("Signature-Input", change.apply(input));
    }

    private static String field(RawRequest request, String name) {
        return request.fields().stream()
                .filter(field -> field.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElseThrow();
    }

    private void keys() {
        SigningKey stranger = SigningKey.generate("stranger", "EdDSA");
        bad(
                "a signature of an unknown key",
                SIGNED,
                signed(get(ME), builder(stranger).build()),
                "unknown_key");
        SigningKey impostor = SigningKey.generate(signers.partner().id(), "EdDSA");
        bad(
                "a signature of another key under a known id",
                SIGNED,
                signed(get(ME), builder(impostor).build()),
                "signature");
        SigningKey other = SigningKey.generate(signers.partner().id(), "ES256");
        bad(
                "a signature of another algorithm than its key's",
                "RFC 9421 section 7.3.6",
                signed(get(ME), builder(other).build()),
                "algorithm");
        bad(
                "a signature that names another algorithm",
                "RFC 9421 section 7.3.6",
                altered("ed25519", "hmac-sha256"),
                "algorithm");
        bad("a signature that names another key", SIGNED, altered("partner-ed", "visitor-ec"), "algorithm");
        bad("a signature without keyid", SIGNED, altered(";keyid=\"partner-ed\"", ""), "parameters");
        bad(
                "a bad signature at a public endpoint",
                SIGNED,
                altered("partner-ed", "nobody").to("GET", "/api/public/ping"),
                "unknown_key");
    }

    private void replays() {
        RawRequest once = signed(get(ME));
        cases.add(ContractCase.of("a signed request sent again", REPLAY, once, permitted(200, "me"))
                .then(once, refusedSignature("replayed")));
        RawRequest order = signed(order(JSON));
        cases.add(
                ContractCase.of("a signed request with a body sent again", REPLAY, order, permitted(201, "createOrder"))
                        .then(order, refusedSignature("replayed")));
        bad("a signature without nonce", REPLAY, altered(";nonce=\"[^\"]+\"", ""), "parameters");
        bad(
                "a signature whose nonce was altered",
                REPLAY,
                altered(";nonce=\"[^\"]+\"", ";nonce=\"other\""),
                "signature");
    }

    private void several() {
        HttpMessageSigner second = builder(signers.visitor()).label("other").build();
        RawRequest two =
                with(signed(get(ME)), second.sign(HttpMessage.request("GET", URI.create(SITE + ME), get(ME).fields())));
        Expectation several = refused(400, "malformed-request");
        cases.add("two signatures", SEVERAL, two, several.reason("signature.ambiguous"));
        Expectation credentials = several.reason("credential.several");
        cases.add(
                "a signature and a token",
                "CVE-2025-64527",
                signed(get(ME)).bearer(fixture.identityProvider().token("ann")),
                credentials);
        cases.add(
                "a signature and an API key",
                "CVE-2025-64527",
                signed(get(ME)).apiKey(fixture.apiKeys().reader()),
                credentials);
        cases.add(
                "a bad signature and a good token",
                "CVE-2025-64527",
                get(ME).header("Signature", "x")
                        .bearer(fixture.identityProvider().token("ann")),
                credentials);
        RawRequest twice = signed(get(ME));
        bad(
                "the fields of a signature twice",
                SEVERAL,
                twice.header("Signature-Input", field(twice, "Signature-Input"))
                        .header("Signature", field(twice, "Signature")),
                "malformed");
    }

    private void fields() {
        bad("a signature without its input", FIELDS, signed(get(ME)).without("Signature-Input"), "missing");
        bad("an input without its signature", FIELDS, signed(get(ME)).without("Signature"), "missing");
        bad("a signature of another name than its input", FIELDS, altered("sig=", "gis="), "missing");
        bad("an empty signature field", FIELDS, get(ME).header("Signature", ""), "missing");
        bad(
                "a signature field that is no dictionary",
                FIELDS,
                signed(get(ME)).without("Signature").header("Signature", "sig=:AA"),
                "malformed");
        bad("a signature input that is no dictionary", FIELDS, altered(value -> "(((" + value), "malformed");
        bad("a signature input that is no inner list", FIELDS, altered(value -> "sig=1"), "malformed");
        bad("a signature input with a component twice", FIELDS, altered("\\(", "(\"@method\" "), "malformed");
        bad("a signature input with an unknown parameter", FIELDS, altered(value -> value + ";admin"), "malformed");
        bad(
                "a signature input with an unknown component",
                FIELDS,
                altered("@method\"", "@method\" \"@admin\""),
                "malformed");
        bad(
                "a signature that is a string",
                FIELDS,
                signed(get(ME)).without("Signature").header("Signature", "sig=\"AAAA\""),
                "malformed");
        bad(
                "a signature of no bytes",
                FIELDS,
                signed(get(ME)).without("Signature").header("Signature", "sig=::"),
                "signature");
        bad(
                "a signature of the wrong bytes",
                FIELDS,
                signed(get(ME)).without("Signature").header("Signature", "sig=:AAAA:"),
                "signature");
    }

    private void challenges() {
        cases.add(
                "who came with nothing is told what to sign",
                "RFC 9421 section 5.1",
                get(ME),
                refused(401, "unauthenticated")
                        .plainChallenge()
                        .header(
                                "Accept-Signature",
                                "sig=\\(\"@method\" \"@target-uri\"\\);created;nonce=\"[\\w-]{22}\""));
        cases.add(
                "who came with a body is told to sign its digest",
                "RFC 9421 section 5.1",
                post("/api/orders", JSON),
                refused(401, "unauthenticated")
                        .plainChallenge()
                        .header(
                                "Accept-Signature",
                                "sig=\\(\"@method\" \"@target-uri\""
                                        + " \"content-digest\"\\);created;nonce=\"[\\w-]{22}\""));
        cases.add(
                "who came with a bad token is told of signatures too",
                "RFC 9110 section 11.6.1, RFC 9421 section 5.1",
                get(ME).bearer("a.b.c"),
                refused(401, "unauthenticated")
                        .invalidToken()
                        .header(
                                "Accept-Signature",
                                "sig=\\(\"@method\" \"@target-uri\"\\);created;nonce=\"[\\w-]{22}\""));
    }
}
