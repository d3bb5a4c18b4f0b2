package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tokens that are bound to a key of the caller, and the proofs that come with them (RFC 9449). */
final class DpopCases {

    private static final String PROOF = "RFC 9449 section 4.3";
    private static final String BOUND = "RFC 9449 section 7.1";
    private static final String BEARER = "RFC 9449 section 7.2";
    private static final String REPLAY = "RFC 9449 section 11.1";
    private static final String CALLER = "a proof for what the client asked for";
    private static final String ME = "/api/me";
    private static final String URI = "http://" + ContractFixture.HOST + ME;

    private final IdentityProvider idp;
    private final ApiKeyFixture keys;
    private final Prover ec;
    private final Prover ed;
    private final Prover pss;
    private final Prover rsa;
    private final long now;
    private final Cases cases = new Cases();

    private DpopCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
        this.keys = fixture.apiKeys();
        this.ec = new Prover("ES256", fixture);
        this.ed = new Prover("EdDSA", fixture);
        this.pss = new Prover("PS256", fixture);
        this.rsa = new Prover("RS256", fixture);
        this.now = fixture.clock().seconds();
    }

    static List<ContractCase> table(ContractFixture fixture) {
        DpopCases table = new DpopCases(fixture);
        table.keys();
        table.schemes();
        table.presentation();
        table.headers();
        table.targets();
        table.proxies();
        table.tokens();
        table.times();
        table.confirmations();
        table.demands();
        table.replays(); // last: it moves the clock
        return table.cases.list();
    }

    private void good(String name, UnaryOperator<Token> change) {
        Token token = ec.token();
        cases.add(
                name,
                PROOF,
                get(ME).dpop(token, change.apply(ec.proof(ME, token))),
                permitted(200, "me").json("dora", "subject"));
    }

    private void bad(String name, String reason, UnaryOperator<Token> change) {
        Token token = ec.token();
        bad(name, reason, get(ME).dpop(token, change.apply(ec.proof(ME, token))));
    }

    private void bad(String name, String reason, RawRequest request) {
        cases.add(name, PROOF, request, refusedProof(reason));
    }

    /** The answer is the same whatever is wrong with a proof; only the audit tells. */
    private static Expectation refusedProof(String reason) {
        return untold(refused(401, "unauthenticated").dpopChallenge("error=\"invalid_dpop_proof\""), "dpop." + reason);
    }

    private static Expectation refusedToken(String reason) {
        return untold(refused(401, "unauthenticated").dpopChallenge("error=\"invalid_token\""), reason);
    }

    private static Expectation untold(Expectation refusal, String reason) {
        return refusal.json("Present a valid credential.", "detail")
                .body(text -> ContractCases.lacks(text, reason))
                .reason(reason);
    }

    private void keys() {
        for (Prover prover : List.of(ec, ed, pss, rsa)) {
            String algorithm = prover.key().algorithm();
            cases.add(
                    "a proof signed with " + algorithm,
                    PROOF,
                    prover.get(ME, prover.token()),
                    permitted(200, "me").json("dora", "subject"));
            cases.add(
                    "a proof signed with " + algorithm + " where a bound token is demanded",
                    BOUND,
                    prover.get("/api/bound", prover.token()),
                    permitted(200, "bound").json("dora", "subject"));
        }
    }

    private void schemes() {
        cases.add(
                "a bound token as bearer",
                BEARER,
                get(ME).bearer(ec.token()),
                refused(401, "unauthenticated").invalidToken().reason("token.sender_constrained"));
        Token token = ec.token();
        cases.add(
                "a bound token as bearer, its proof beside it",
                BEARER,
                get(ME).bearer(token).header("DPoP", ec.proof(ME, token).sign()),
                refused(401, "unauthenticated").invalidToken().reason("token.sender_constrained"));
        Token unbound = idp.token("dan");
        cases.add(
                "a token that is not bound, in the scheme DPoP",
                BOUND,
                ec.get(ME, unbound),
                refusedToken("dpop.unbound"));
        cases.add(
                "a token that is not bound as bearer, a proof beside it",
                BEARER,
                get(ME).bearer(unbound).header("DPoP", ec.proof(ME, unbound).sign()),
                permitted(200, "me").json("dan", "subject"));
        Token other = ec.token();
        cases.add(
                "the scheme DPoP in other case",
                "RFC 9110 section 11.1",
                get(ME).header("Authorization", "dpop " + other.sign())
                        .header("DPoP", ec.proof(ME, other).sign()),
                permitted(200, "me"));
        cases.add(
                "a bound token and an API key",
                "CVE-2025-64527",
                ec.get(ME, ec.token()).apiKey(keys.reader()),
                refused(400, "malformed-request")
                        .dpopChallenge("error=\"invalid_request\"")
                        .reason("credential.several"));
        cases.add(
                "the scheme DPoP without a token",
                "RFC 9449 section 7.1, RFC 6750 section 3.1",
                get(ME).header("Authorization", "DPoP"),
                refused(400, "malformed-request")
                        .dpopChallenge("error=\"invalid_request\"")
                        .reason("credential.malformed"));
        cases.add(
                "an API key where a bound token is demanded",
                BOUND,
                get("/api/bound").apiKey(keys.reader()),
                refused(401, "unauthenticated").reason("binding-required"));
    }

    private void presentation() {
        Token token = ec.token();
        String proof = ec.proof(ME, token).sign();
        RawRequest unproven = get(ME).header("Authorization", "DPoP " + token.sign());
        bad("no proof", "missing", unproven);
        bad("the token in place of the proof", "type", unproven.header("DPoP", token.sign()));
        bad("a proof that is no JWT", "malformed", unproven.header("DPoP", "garbage"));
        bad("an empty proof", "malformed", unproven.header("DPoP", ""));
        bad("two proofs in one field", "malformed", unproven.header("DPoP", proof + ", " + proof));
        bad(
                "two DPoP fields",
                "several",
                unproven.header("DPoP", proof)
                        .header("DPoP", ec.proof(ME, token).sign()));
        cases.add(
                "the scheme DPoP without a token, beside a proof",
                BOUND,
                get(ME).header("Authorization", "DPoP").header("DPoP", proof),
                refused(400, "malformed-request")
                        .dpopChallenge("error=\"invalid_request\"")
                        .reason("credential.malformed"));
    }

    private void headers() {
        bad("a proof of type JWT", "type", proof -> proof.header("typ", "JWT"));
        bad("a proof without typ", "type", proof -> proof.withoutHeader("typ"));
        bad("a proof with alg none", "algorithm", proof -> proof.header("alg", "none"));
        bad("a proof with a symmetric key", "algorithm", DpopCases::symmetric);
        bad("a proof with another algorithm than its key's", "algorithm", proof -> proof.header("alg", "RS256"));
        bad("a proof without jwk", "key", proof -> proof.withoutHeader("jwk"));
        bad("a proof that gives its private key away", "key", proof -> proof.header("jwk", privateKey()));
        bad("a proof signed with another key than its jwk", "signature", proof -> proof.forgedWith(idp.strangerEc));
        Token token = ec.token();
        bad(
                "a proof of another key than the token is bound to",
                "key_mismatch",
                get(ME).dpop(token, ed.proof(ME, token)));
        bad(
                "a proof with alg none and no signature",
                "algorithm",
                get(ME).header("Authorization", "DPoP " + token.sign())
                        .header(
                                "DPoP",
                                ec.proof(ME, token).header("alg", "none").withSignature(new byte[0])));
    }

    private static Token symmetric(Token proof) {
        return proof.header("alg", "HS256").header("jwk", Map.of("kty", "oct", "k", "AAAA"));
    }

    private Map<String, Object> privateKey() {
        Map<String, Object> jwk = new LinkedHashMap<>(ec.key().jwk());
        jwk.put("d", SigningKey.hash("any"));
        return jwk;
    }

    private void targets() {
        bad("a proof for another method", "method", proof -> proof.claim("htm", "POST"));
        bad("a proof for the method in lower case", "method", proof -> proof.claim("htm", "get"));
        bad("a proof without htm", "claim", proof -> proof.withoutClaim("htm"));
        bad("a proof without htu", "claim", proof -> proof.withoutClaim("htu"));
        elsewhere("another host", "http://api.example.org" + ME);
        elsewhere("another path", "http://api.example.com/api/you");
        elsewhere("the path in other case", "http://api.example.com/api/ME");
        elsewhere("the path with a slash more", URI + "/");
        elsewhere("another port", "http://api.example.com:8080" + ME);
        elsewhere("another scheme", "https://api.example.com" + ME);
        elsewhere("a user before the host", "http://user@api.example.com" + ME);
        elsewhere("no host", ME);
        here("the default port", "http://api.example.com:80" + ME);
        here("scheme and host in upper case", "HTTP://API.EXAMPLE.COM" + ME);
        here("unreserved characters percent-encoded", "http://api.example.com/%61pi/m%65");
        here("query and fragment", URI + "?a=b#c");
        Token token = ec.token();
        cases.add(
                "a proof of a request with a query, which htu leaves out",
                PROOF,
                get(ME + "?a=b").dpop(token, ec.proof(ME, token)),
                permitted(200, "me"));
    }

    private void elsewhere(String name, String uri) {
        bad("a proof for another URI: " + name, "uri", proof -> proof.claim("htu", uri));
    }

    private void here(String name, String uri) {
        good("a proof for the same URI: " + name, proof -> proof.claim("htu", uri));
    }

    private void proxies() {
        String outside = "https://" + ContractFixture.GATEWAY + ME;
        behind("a proof for scheme and host as the proxy was asked", outside, permitted(200, "me"));
        behind("a proof for the host behind the proxy", "https://" + ContractFixture.HOST + ME, refusedProof("uri"));
        behind(
                "a proof for the scheme behind the proxy",
                "http://" + ContractFixture.GATEWAY + ME,
                refusedProof("uri"));
        Token first = ec.token();
        bad(
                "a proof for what an untrusted peer says it was asked",
                "uri",
                forwarded(get(ME).dpop(first, ec.proof(ME, first).claim("htu", outside))));
        Token second = ec.token();
        cases.add(
                "a proof is not led astray by forwarding fields of an untrusted peer",
                CALLER,
                forwarded(ec.get(ME, second)),
                permitted(200, "me"));
    }

    private void behind(String name, String uri, Expectation expectation) {
        Token token = ec.token();
        RawRequest request = get(ME).dpop(token, ec.proof(ME, token).claim("htu", uri));
        cases.add(name, CALLER, forwarded(request).from(ContractFixture.PROXY), expectation);
    }

    private static RawRequest forwarded(RawRequest request) {
        return request.header("X-Forwarded-For", "198.51.100.4")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", ContractFixture.GATEWAY);
    }

    private void tokens() {
        bad("a proof without ath", "token", proof -> proof.withoutClaim("ath"));
        bad("a proof for another token", "token", proof -> proof.claim("ath", SigningKey.hash("another")));
        bad("a proof without jti", "claim", proof -> proof.withoutClaim("jti"));
        bad("a proof with a blank jti", "claim", proof -> proof.claim("jti", " "));
        Token expired = ec.token().claim("iat", now - 300).claim("exp", now - 30);
        cases.add("an expired token with a good proof", BOUND, ec.get(ME, expired), refusedToken("token.expired"));
        Token forged = ec.token().forgedWith(idp.stranger);
        cases.add("a forged token with a good proof", BOUND, ec.get(ME, forged), refusedToken("token.signature"));
    }

    private void times() {
        good("a proof a second before it is too old", proof -> proof.claim("iat", now - 59));
        bad("a proof exactly too old", "expired", proof -> proof.claim("iat", now - 60));
        good("a proof of a clock that is ahead as far as may be", proof -> proof.claim("iat", now + 10));
        bad("a proof of the future", "not_yet_valid", proof -> proof.claim("iat", now + 11));
        bad("a proof without iat", "claim", proof -> proof.withoutClaim("iat"));
        bad("a proof whose iat is a string", "claim", proof -> proof.claim("iat", Long.toString(now)));
    }

    private void confirmations() {
        String thumbprint = ec.key().thumbprint();
        confirmation("cnf is a string", thumbprint, "token.claim");
        confirmation("cnf is empty", Map.of(), "token.claim");
        confirmation("jkt is a list", Map.of("jkt", List.of(thumbprint)), "token.claim");
        confirmation("jkt is too short", Map.of("jkt", "AAAA"), "token.claim");
        confirmation(
                "cnf binds in an unknown way too", Map.of("jkt", thumbprint, "kid", "1"), "token.sender_constrained");
        confirmation("cnf binds to a certificate only", Map.of("x5t#S256", thumbprint), "dpop.unbound");
        confirmation(
                "cnf binds to a certificate too",
                Map.of("jkt", thumbprint, "x5t#S256", thumbprint),
                "token.certificate_absent");
        cases.add(
                "a token that is bound to a certificate, as bearer without one",
                "RFC 8705 section 3",
                get(ME).bearer(idp.token("dan").claim("cnf", Map.of("x5t#S256", thumbprint))),
                refused(401, "unauthenticated").invalidToken().reason("token.certificate_absent"));
    }

    private void confirmation(String name, Object value, String reason) {
        cases.add(name, "RFC 7800 section 3.1", ec.get(ME, ec.token().claim("cnf", value)), refusedToken(reason));
    }

    /** What a bound token lacks is told in the scheme that it came in. */
    private void demands() {
        cases.add(
                "a bound token without the scope",
                BOUND,
                ec.get("/api/annotated/class", ec.token()),
                refused(403, "insufficient-scope")
                        .dpopChallenge("error=\"insufficient_scope\"", "scope=\"annotated:read\""));
        cases.add(
                "a bound token where a stronger login is demanded",
                "RFC 9470",
                ec.get("/api/stepup", ec.token()),
                refused(401, "insufficient-authentication")
                        .dpopChallenge("error=\"insufficient_user_authentication\"", "acr_values=\"phr phrh\""));
        Token writer = ec.token().scope("orders:write");
        Token proof = ec.proof("/api/orders", writer).claim("htm", "POST");
        cases.add(
                "a proof of a POST",
                PROOF,
                RawRequest.post("/api/orders", "{\"id\":\"dora-1\"}").dpop(writer, proof),
                permitted(201, "createOrder"));
    }

    private void replays() {
        RawRequest once = ec.get(ME, ec.token());
        cases.add(ContractCase.of("a proof used again", REPLAY, once, permitted(200, "me"))
                .then(once, refusedProof("replayed")));
        Token first = ec.token();
        Token second = ec.token();
        cases.add(ContractCase.of(
                        "an identifier of a proof used with another token",
                        REPLAY,
                        get(ME).dpop(first, ec.proof(ME, first).claim("jti", "shared")),
                        permitted(200, "me"))
                .then(get(ME).dpop(second, ec.proof(ME, second).claim("jti", "shared")), permitted(200, "me"))
                .then(get(ME).dpop(second, ec.proof(ME, second).claim("jti", "shared")), refusedProof("replayed")));
        Token refusedFirst = ec.token();
        cases.add(ContractCase.of(
                        "a refused proof uses no identifier up",
                        REPLAY,
                        get(ME).dpop(refusedFirst, ed.proof(ME, refusedFirst).claim("jti", "kept")),
                        refusedProof("key_mismatch"))
                .then(
                        get(ME).dpop(refusedFirst, ec.proof(ME, refusedFirst).claim("jti", "kept")),
                        permitted(200, "me")));
        quota();
    }

    private void quota() {
        Token token = ec.token();
        ContractCase spent = ContractCase.of(
                "more proofs of one token than are remembered", "bounded", ec.get(ME, token), permitted(200, "me"));
        for (int proof = 2; proof <= 5; proof++) {
            spent = spent.then(ec.get(ME, token), permitted(200, "me"));
        }
        cases.add(spent.then(
                        ec.get(ME, token),
                        refused(429, "rate-limited")
                                .header("Retry-After", "[1-9]\\d*")
                                .reason("dpop.over_quota"))
                .then(ec.get(ME, ec.token()), permitted(200, "me")));
        cases.add(ContractCase.of(
                        "a token may come with new proofs once its old ones have expired",
                        "bounded",
                        get(ME).dpop(token, ec.proof(ME, token).claim("iat", now + 60)),
                        permitted(200, "me"))
                .after(Duration.ofSeconds(60)));
    }
}
