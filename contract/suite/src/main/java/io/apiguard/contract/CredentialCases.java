package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.time.Duration;
import java.util.List;

/**
 * Tokens that only their issuer can read (RFC 7662), credentials that are revoked while they are used, and proofs that must hold a nonce
 * (RFC 9449 section 9), at a guard that remembers six proofs.
 */
final class CredentialCases {

    private static final String OPAQUE = "RFC 7662 section 2.2";
    private static final String STRICT = "CVE-2026-41671, CVE-2024-0560";
    private static final String REVOKED = "revoked before it expired";
    private static final String NONCE = "RFC 9449 section 9";
    private static final String FULL = "CVE-2026-41707";
    private static final String ME = "/api/me";
    private static final int PROOFS = 6;

    private final ContractFixture fixture;
    private final IdentityProvider idp;
    private final Prover prover;
    private final Cases cases = new Cases();

    private CredentialCases(ContractFixture fixture) {
        this.fixture = fixture;
        this.idp = fixture.identityProvider();
        this.prover = new Prover("ES256", fixture);
    }

    static List<ContractCase> table(ContractFixture fixture) {
        CredentialCases table = new CredentialCases(fixture);
        table.opaque();
        table.unknowable();
        table.revocations();
        table.nonces();
        table.oldNonces();
        table.full(); // last: it moves the clock
        return table.cases.list();
    }

    private void opaque() {
        cases.add(
                "an opaque token that is active",
                OPAQUE,
                get(ME).bearer("active-olga"),
                permitted(200, "me").json("olga", "subject"));
        cases.add(
                "an opaque token that is active, again",
                OPAQUE,
                get(ME).bearer("active-olga"),
                permitted(200, "me").json("olga", "subject"));
        cases.add(
                "an opaque token with the role demanded",
                OPAQUE,
                get("/api/admin/report").bearer("active-boss"),
                permitted(200, "adminReport"));
        cases.add(
                "an opaque token without the role demanded",
                OPAQUE,
                get("/api/admin/report").bearer("active-olga"),
                refused(403, "forbidden").reason("forbidden-role"));
        cases.add(
                "a signed token beside opaque ones",
                OPAQUE,
                get(ME).bearer(idp.token("dan")),
                permitted(200, "me").json("dan", "subject"));
        bad("an opaque token that is not active", OPAQUE, "inactive", "token.inactive");
        bad("an opaque token for another service", OPAQUE, "foreign", "token.audience");
        bad("an opaque token that has expired", OPAQUE, "expired", "token.expired");
        bad("an opaque token of which the issuer does not say the type", OPAQUE, "untyped", "token.type");
        cases.add(
                "an opaque token that is not active where everyone may call",
                "CVE-2021-21378",
                get("/api/public/ping").bearer("inactive"),
                refused(401, "unauthenticated").invalidToken().reason("token.inactive"));
    }

    private void bad(String name, String reference, String token, String reason) {
        cases.add(
                name,
                reference,
                get(ME).bearer(token),
                refused(401, "unauthenticated")
                        .invalidToken()
                        .reason(reason)
                        .json("Present a valid credential.", "detail")
                        .body(text -> ContractCases.lacks(text, reason)));
    }

    /** What cannot be known is neither good nor bad. */
    private void unknowable() {
        unavailable("an opaque token while the endpoint fails", "down");
        unavailable("an opaque token of which the endpoint sends a page", "page");
        unavailable("an opaque token of which active is a text", "text");
        cases.add(
                "an opaque token after the endpoint failed",
                STRICT,
                get(ME).bearer("active-otto"),
                permitted(200, "me").json("otto", "subject"));
    }

    private void unavailable(String name, String token) {
        cases.add(
                name,
                STRICT,
                get(ME).bearer(token),
                refused(503, "authentication-unavailable")
                        .header("Retry-After", "[1-9]\\d*")
                        .noHeader("WWW-Authenticate")
                        .reason("token.unavailable"));
    }

    private void revocations() {
        Token token = idp.token("rita");
        RawRequest request = get(ME).kept().bearer(token);
        Expectation revoked = refused(401, "unauthenticated").invalidToken().reason("credential.revoked");
        cases.add(ContractCase.of(
                        "a token revoked between two requests of one connection",
                        REVOKED,
                        request,
                        permitted(200, "me").json("rita", "subject"))
                .then(answer -> revoking("jti-rita", request), revoked)
                .onOneConnection());
        cases.add(
                "a token of another caller than whose was revoked",
                REVOKED,
                get(ME).bearer(idp.token("rolf")),
                permitted(200, "me").json("rolf", "subject"));
        RawRequest opaque = get(ME).bearer("active-rosa");
        cases.add(ContractCase.of(
                        "an opaque token revoked while its answer is remembered", REVOKED, opaque, permitted(200, "me"))
                .then(answer -> revoking("jti-active-rosa", opaque), revoked));
        RawRequest key = get(ME).apiKey(fixture.apiKeys().plain());
        cases.add(ContractCase.of("an API key revoked while it is used", REVOKED, key, permitted(200, "me"))
                .then(
                        answer -> {
                            fixture.revocations().apiKey(fixture.apiKeys().plain());
                            return key;
                        },
                        refused(401, "unauthenticated").plainChallenge().reason("credential.revoked")));
        cases.add(
                "an API key that is not revoked",
                REVOKED,
                get(ME).apiKey(fixture.apiKeys().reader()),
                permitted(200, "me"));
    }

    private RawRequest revoking(String id, RawRequest request) {
        fixture.revocations().token(idp.issuer(), id);
        return request;
    }

    private void nonces() {
        cases.add(ContractCase.of(
                        "a proof without a nonce, then with the one given", NONCE, answer -> unasked(), sentBack())
                .then(this::withNonce, accepted()));
        cases.add("a proof with a nonce of somebody else", NONCE, nonced("AAAA.AAAAAAAAAAAAAAAAAAAAAA"), sentBack());
        cases.add("a proof with a nonce that is no nonce", NONCE, nonced("\u00fc"), sentBack());
        cases.add("a proof with an empty nonce", NONCE, nonced(""), sentBack());
        cases.add(
                "a proof that is wrong and has no nonce",
                NONCE,
                wrong(),
                refused(401, "unauthenticated")
                        .dpopChallenge("error=\"invalid_dpop_proof\"")
                        .reason("dpop.method"));
        cases.add(
                "a bearer token, which needs no nonce",
                NONCE,
                get(ME).bearer(idp.token("dan")),
                permitted(200, "me").noHeader("DPoP-Nonce"));
        cases.add(ContractCase.of("the nonce of an answer, for the next proof", NONCE, answer -> unasked(), sentBack())
                .then(this::withNonce, accepted())
                .then(this::withNonce, accepted()));
    }

    private void oldNonces() {
        cases.add(ContractCase.of("a nonce of the period before", NONCE, answer -> unasked(), sentBack())
                .then(answer -> later(Duration.ofMinutes(5), answer), accepted()));
        cases.add(ContractCase.of("a nonce of two periods before", NONCE, answer -> unasked(), sentBack())
                .then(answer -> later(Duration.ofMinutes(10), answer), sentBack())
                .then(this::withNonce, accepted()));
    }

    private RawRequest later(Duration wait, RawAnswer answer) {
        fixture.clock().advance(wait);
        return withNonce(answer);
    }

    /** Proofs that are remembered are never forgotten for new ones: without room the answer is that nobody knows. */
    private void full() {
        ContractCase filling = ContractCase.of(
                        "proofs once there is no room to remember them", FULL, answer -> unasked(), sentBack())
                .after(Duration.ofMinutes(5));
        for (int proof = 0; proof < PROOFS; proof++) {
            filling = filling.then(this::withNonce, accepted());
        }
        cases.add(filling.then(
                        this::withNonce,
                        refused(503, "authentication-unavailable")
                                .header("Retry-After", "[1-9]\\d*")
                                .reason("dpop.store_full"))
                .then(answer -> get(ME).bearer(idp.token("dan")), permitted(200, "me"))
                .then(answer -> unaskedAfter(Duration.ofMinutes(2)), sentBack())
                .then(this::withNonce, accepted()));
    }

    private RawRequest unaskedAfter(Duration wait) {
        fixture.clock().advance(wait);
        return unasked();
    }

    private static Expectation accepted() {
        return permitted(200, "me").json("dora", "subject").header("DPoP-Nonce", "\\S+");
    }

    private static Expectation sentBack() {
        return refused(401, "unauthenticated")
                .dpopChallenge("error=\"use_dpop_nonce\"")
                .header("DPoP-Nonce", "\\S+")
                .reason("dpop.nonce");
    }

    private RawRequest unasked() {
        return prover.get(ME, prover.token());
    }

    private RawRequest withNonce(RawAnswer answer) {
        return nonced(String.valueOf(answer.header("DPoP-Nonce")));
    }

    private RawRequest nonced(String nonce) {
        Token token = prover.token();
        return get(ME).dpop(token, prover.proof(ME, token).claim("nonce", nonce));
    }

    private RawRequest wrong() {
        Token token = prover.token();
        return get(ME).dpop(token, prover.proof(ME, token).claim("htm", "POST"));
    }
}
