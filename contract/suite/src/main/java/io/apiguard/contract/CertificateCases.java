package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Client certificates as a trusted proxy tells them (RFC 9440): of tokens that are bound to one, and of callers known by one. */
final class CertificateCases {

    private static final String BOUND = "RFC 8705 section 3";
    private static final String TOLD = "RFC 9440 section 2";
    private static final String UNTRUSTED = "RFC 9440 section 4";
    private static final String ONE = "CVE-2025-64527";
    private static final String FIELD = "Client-Cert";
    private static final String ME = "/api/me";

    private final IdentityProvider idp;
    private final ApiKeyFixture keys;
    private final CertificateFixture certificates;
    private final Prover prover;
    private final ClientCertificate mine;
    private final ClientCertificate other;
    private final ClientCertificate stranger;
    private final Cases cases = new Cases();

    private CertificateCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
        this.keys = fixture.apiKeys();
        this.certificates = fixture.certificates();
        this.prover = new Prover("ES256", fixture);
        this.mine = certificates.client("CN=shop, O=Example");
        this.other = certificates.client("CN=other");
        this.stranger = certificates.stranger("CN=shop");
    }

    static List<ContractCase> table(ContractFixture fixture) {
        CertificateCases table = new CertificateCases(fixture);
        table.bound();
        table.fields();
        table.peers();
        table.times();
        table.callers();
        table.combinations();
        table.proofs();
        return table.cases.list();
    }

    /** A request as it comes from the trusted proxy. */
    private static RawRequest proxied(RawRequest request) {
        return request.from(ContractFixture.PROXY)
                .header("X-Forwarded-For", "198.51.100.4")
                .header("X-Forwarded-Proto", "https");
    }

    private static RawRequest told(String path, ClientCertificate certificate) {
        return proxied(get(path)).header(FIELD, certificate.field());
    }

    private Token token(ClientCertificate certificate) {
        return idp.token("cora").claim("cnf", Map.of("x5t#S256", certificate.thumbprint()));
    }

    private static Expectation refusedToken(String reason) {
        return untold(refused(401, "unauthenticated").invalidToken(), reason);
    }

    private static Expectation refusedCaller(String reason) {
        return untold(refused(401, "unauthenticated").plainChallenge(), reason);
    }

    private static Expectation oneTooMany() {
        return refused(400, "malformed-request").reason("credential.several");
    }

    private static Expectation untold(Expectation refusal, String reason) {
        return refusal.json("Present a valid credential.", "detail")
                .body(text -> ContractCases.lacks(text, reason))
                .reason(reason);
    }

    private void bound() {
        cases.add(
                "a token bound to a certificate, with it",
                BOUND,
                told(ME, mine).bearer(token(mine)),
                permitted(200, "me").json("cora", "subject").json("JWT", "method"));
        cases.add(
                "a token bound to a certificate, where a bound token is demanded",
                BOUND,
                told("/api/bound", mine).bearer(token(mine)),
                permitted(200, "bound").json("cora", "subject"));
        cases.add(
                "a token bound to a certificate, with another",
                BOUND,
                told(ME, other).bearer(token(mine)),
                refusedToken("token.certificate_mismatch"));
        cases.add(
                "a token bound to a certificate, with another on a public endpoint",
                BOUND,
                told("/api/public/ping", other).bearer(token(mine)),
                refusedToken("token.certificate_mismatch"));
        cases.add(
                "a token bound to a certificate, by the proxy without one",
                BOUND,
                proxied(get(ME)).bearer(token(mine)),
                refusedToken("token.certificate_absent"));
        cases.add(
                "a token bound to a certificate of another authority",
                BOUND,
                told(ME, stranger).bearer(token(stranger)),
                refusedToken("certificate.chain"));
        Token kept = token(mine);
        cases.add(ContractCase.of(
                        "a token that was verified before is compared with each certificate anew",
                        BOUND,
                        told(ME, mine).bearer(kept),
                        permitted(200, "me"))
                .then(told(ME, other).bearer(kept), refusedToken("token.certificate_mismatch"))
                .then(proxied(get(ME)).bearer(kept), refusedToken("token.certificate_absent"))
                .then(told(ME, mine).bearer(kept), permitted(200, "me")));
        cases.add(
                "an expired token with its certificate",
                BOUND,
                told(ME, mine).bearer(token(mine).claim("exp", 1)),
                refusedToken("token.expired"));
        confirmation("x5t#S256 is too short", Map.of("x5t#S256", "AAAA"));
        confirmation("x5t#S256 is a list", Map.of("x5t#S256", List.of(mine.thumbprint())));
    }

    private void confirmation(String name, Object value) {
        cases.add(
                name,
                "RFC 8705 section 3.1",
                told(ME, mine).bearer(idp.token("cora").claim("cnf", value)),
                refusedToken("token.claim"));
    }

    private void fields() {
        malformed("text in place of a certificate", "garbage");
        malformed("an empty certificate field", "");
        malformed("a certificate field of no bytes", "::");
        malformed("bytes that are no certificate", ":AAAA:");
        malformed("a certificate field that is no base64", ":%%:");
        malformed("a certificate and something behind it", mine.field() + ", " + mine.field());
        malformed(
                "PEM in place of a certificate field",
                mine.pem().replace('\n', ' ').strip());
        cases.add(
                "two certificate fields",
                TOLD,
                told(ME, mine).header(FIELD, other.field()).bearer(token(mine)),
                refusedToken("certificate.malformed"));
        cases.add(
                "a chain without a certificate",
                TOLD,
                proxied(get(ME)).header("Client-Cert-Chain", mine.field()).bearer(token(mine)),
                refusedToken("certificate.malformed"));
        cases.add(
                "the field of another kind of proxy",
                UNTRUSTED,
                proxied(get(ME))
                        .header("X-Forwarded-Client-Cert", "Hash=" + "0".repeat(64))
                        .bearer(token(mine)),
                refusedToken("token.certificate_absent"));
    }

    private void malformed(String name, String value) {
        cases.add(
                name,
                TOLD,
                proxied(get(ME)).header(FIELD, value).bearer(token(mine)),
                refusedToken("certificate.malformed"));
    }

    private void peers() {
        cases.add(
                "a bound token with its certificate as an untrusted peer tells it",
                UNTRUSTED,
                get(ME).header(FIELD, mine.field()).bearer(token(mine)),
                refusedToken("token.certificate_absent"));
        cases.add(
                "a caller's certificate as an untrusted peer tells it",
                UNTRUSTED,
                get(ME).header(FIELD, mine.field()),
                refused(401, "unauthenticated").plainChallenge().reason("unauthenticated"));
        cases.add(
                "garbage of an untrusted peer in place of a certificate",
                UNTRUSTED,
                get(ME).header(FIELD, "garbage").bearer(idp.token("dan")),
                permitted(200, "me").json("dan", "subject"));
    }

    private void times() {
        ClientCertificate ending = certificates.client("CN=shop", Duration.ofMinutes(-1), Duration.ZERO);
        ClientCertificate ended = certificates.client("CN=shop", Duration.ofMinutes(-1), Duration.ofSeconds(-1));
        ClientCertificate beginning = certificates.client("CN=shop", Duration.ZERO, Duration.ofMinutes(1));
        ClientCertificate future = certificates.client("CN=shop", Duration.ofSeconds(1), Duration.ofMinutes(1));
        cases.add(
                "a certificate in its last second",
                BOUND,
                told(ME, ending).bearer(token(ending)),
                permitted(200, "me"));
        cases.add(
                "a certificate a second after its end",
                BOUND,
                told(ME, ended).bearer(token(ended)),
                refusedToken("certificate.expired"));
        cases.add(
                "a certificate in its first second",
                BOUND,
                told(ME, beginning).bearer(token(beginning)),
                permitted(200, "me"));
        cases.add(
                "a certificate a second before its time",
                BOUND,
                told(ME, future).bearer(token(future)),
                refusedToken("certificate.not_yet_valid"));
    }

    private void callers() {
        cases.add(
                "a caller known by a certificate",
                TOLD,
                told(ME, mine),
                permitted(200, "me").json("shop", "subject").json("MUTUAL_TLS", "method"));
        cases.add(
                "a certificate where a bound credential is demanded",
                TOLD,
                told("/api/bound", mine),
                permitted(200, "bound").json("shop", "subject"));
        cases.add(
                "a certificate without the scope",
                "OWASP API5:2023",
                told("/api/annotated/class", mine),
                refused(403, "insufficient-scope"));
        cases.add(
                "a certificate that names nobody",
                "CVE-2023-2422",
                told(ME, certificates.client("O=\"x,CN=shop\"")),
                refusedCaller("certificate.identity"));
        cases.add("a certificate of another authority", TOLD, told(ME, stranger), refusedCaller("certificate.chain"));
        cases.add(
                "a certificate of another authority on a public endpoint is 401, not anonymous",
                "CVE-2021-21378",
                told("/api/public/ping", stranger),
                refusedCaller("certificate.chain"));
    }

    private void combinations() {
        cases.add(
                "a certificate that names a caller, and a token of another",
                ONE,
                told(ME, mine).bearer(idp.token("dan")),
                oneTooMany());
        cases.add(
                "a certificate that names a caller, and a token that is not good",
                ONE,
                told(ME, mine).bearer(idp.token("dan").forgedWith(idp.stranger)),
                refusedToken("token.signature"));
        cases.add(
                "a certificate that names a caller, and an API key",
                ONE,
                told(ME, mine).apiKey(keys.reader()),
                oneTooMany());
    }

    private void proofs() {
        Token both = bothBound(mine);
        cases.add(
                "a token bound to a proof key and to a certificate, with both",
                BOUND,
                proven(told(ME, mine), both),
                permitted(200, "me").json("dora", "subject"));
        cases.add(
                "a token bound to a proof key and to a certificate, without the certificate",
                BOUND,
                proven(proxied(get(ME)), both),
                refusedProven("token.certificate_absent"));
        cases.add(
                "a token bound to a proof key and to a certificate, with another certificate",
                BOUND,
                proven(told(ME, other), both),
                refusedProven("token.certificate_mismatch"));
        cases.add(
                "a token bound to a proof key and to a certificate, without the proof",
                BOUND,
                told(ME, mine).bearer(both),
                refusedToken("token.sender_constrained"));
        cases.add(
                "a token bound to a proof key alone, and a certificate that names a caller",
                ONE,
                proven(told(ME, mine), prover.token()),
                oneTooMany());
    }

    private Token bothBound(ClientCertificate certificate) {
        return prover.token()
                .claim("cnf", Map.of("jkt", prover.key().thumbprint(), "x5t#S256", certificate.thumbprint()));
    }

    private RawRequest proven(RawRequest request, Token token) {
        return request.dpop(token, prover.proof(ME, token).claim("htu", "https://" + ContractFixture.HOST + ME));
    }

    private static Expectation refusedProven(String reason) {
        return untold(refused(401, "unauthenticated").dpopChallenge("error=\"invalid_token\""), reason);
    }
}
