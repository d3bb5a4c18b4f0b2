package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Bearer tokens: every way to forge, stretch or bend one. */
final class TokenCases {

    private static final String ALGORITHM = "CVE-2022-23540, CVE-2026-27804";
    private static final String CONFUSION = "CVE-2015-9235, CVE-2022-29217, CVE-2024-54150";
    private static final String CLAIMS = "CVE-2023-36820, CVE-2026-45069";
    private static final String TYPES = "CVE-2025-30144";
    private static final String URLS = "CVE-2026-32301, CVE-2026-27478";
    private static final String SYNTAX = "CVE-2019-17195";

    private final IdentityProvider idp;
    private final ContractClock clock;
    private final Token good;
    private final Cases cases = new Cases();

    private TokenCases(ContractFixture fixture) {
        this.idp = fixture.identityProvider();
        this.clock = fixture.clock();
        this.good = idp.token("tom");
    }

    static List<ContractCase> table(ContractFixture fixture) {
        TokenCases table = new TokenCases(fixture);
        table.algorithms();
        table.signatures();
        table.claims();
        table.times();
        table.syntax();
        table.presentation();
        table.keyIds(); // last: it moves the clock
        return table.cases.list();
    }

    private void good(String name, Token token) {
        cases.add(
                name,
                "RFC 9068",
                get("/api/me").bearer(token),
                permitted(200, "me").json("tom", "subject"));
    }

    private void bad(String name, String reference, Token token, String reason) {
        bad(name, reference, token.sign(), reason);
    }

    private void bad(String name, String reference, String token, String reason) {
        cases.add(
                name,
                reference,
                get("/api/me").bearer(token),
                refused(401, "unauthenticated").invalidToken().reason("token." + reason));
    }

    private void algorithms() {
        good("a token signed with RS256", good);
        good("a token signed with PS256", good.signedWith(idp.pss));
        good("a token signed with ES256", good.signedWith(idp.ec));
        good("a token signed with EdDSA", good.signedWith(idp.ed));
        for (String none : List.of("none", "None", "NONE", "nOnE", " none", "none ", "")) {
            bad(
                    "alg '" + none + "' without a signature",
                    ALGORITHM,
                    good.header("alg", none).withSignature(new byte[0]),
                    "algorithm");
        }
        bad("alg none with the signature kept", ALGORITHM, good.header("alg", "none"), "algorithm");
        bad("no alg at all", ALGORITHM, good.withoutHeader("alg"), "malformed");
        bad("alg of another type", ALGORITHM, good.header("alg", List.of("RS256")), "malformed");
        bad(
                "the public key in PEM as an HMAC secret",
                CONFUSION,
                good.signedWith(idp.rsa.asHmacSecret(true)),
                "algorithm");
        bad(
                "the public key in DER as an HMAC secret",
                CONFUSION,
                good.signedWith(idp.rsa.asHmacSecret(false)),
                "algorithm");
        bad("the EC key as an HMAC secret", CONFUSION, good.signedWith(idp.ec.asHmacSecret(false)), "algorithm");
        bad(
                "PS256 with a key that is for RS256",
                "RFC 8725 section 3.1",
                good.signedWith(idp.rsa.as("PS256")),
                "algorithm");
        bad(
                "RS512 with a key that is for RS256",
                "RFC 8725 section 3.1",
                good.signedWith(idp.rsa.as("RS512")),
                "algorithm");
        bad("ES256 named for an RSA key", "RFC 8725 section 3.1", good.header("alg", "ES256"), "algorithm");
        bad("PBES2 family", "CVE-2023-52428, CVE-2023-31582", good.header("alg", "PBES2-HS256+A128KW"), "algorithm");
    }

    private void signatures() {
        bad("a forged signature under a known key id", "OWASP API2:2023", good.forgedWith(idp.stranger), "signature");
        bad(
                "a forged ES256 signature",
                "OWASP API2:2023",
                good.signedWith(idp.ec).forgedWith(idp.strangerEc),
                "signature");
        bad("ES256 with r = s = 0", "CVE-2022-21449", good.signedWith(idp.ec).withSignature(new byte[64]), "signature");
        bad("an empty signature", ALGORITHM, good.withSignature(new byte[0]), "signature");
        bad("a signature of one byte", SYNTAX, good.withSignature(new byte[1]), "signature");
        bad("a payload exchanged after signing", "OWASP API2:2023", exchangedPayload(), "signature");
        bad(
                "an ES256 signature in DER",
                "RFC 7518 section 3.4",
                good.signedWith(idp.ec).withSignature(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}),
                "signature");
    }

    private String exchangedPayload() {
        String[] parts = good.sign().split("\\.");
        return parts[0] + "." + Token.encode(good.claim("sub", "root").payload()) + "." + parts[2];
    }

    private void keyIds() {
        bad("a key id that is a number", SYNTAX, good.header("kid", 1), "malformed");
        bad(
                "jku names a key set elsewhere",
                URLS,
                good.header("jku", "http://127.0.0.1:1/jwks")
                        .header("x5u", "http://127.0.0.1:1/x")
                        .forgedWith(idp.stranger),
                "signature");
        bad(
                "a key of the caller's own in jwk",
                URLS,
                good.header("jwk", idp.stranger.jwk()).forgedWith(idp.stranger),
                "signature");
        bad(
                "crit names an extension",
                "RFC 7515 section 4.1.11",
                good.header("crit", List.of("b64")).header("b64", false),
                "malformed");
        bad("crit is empty", "RFC 7515 section 4.1.11", good.header("crit", List.of()), "malformed");
        bad("compressed", "CVE-2024-29371, CVE-2025-63811", good.header("zip", "DEF"), "malformed");
        cases.add(ContractCase.of(
                        "a key id that the issuer does not have; once more within the brake is 503",
                        "kid flood",
                        get("/api/me").bearer(good.header("kid", "unknown-1").forgedWith(idp.stranger)),
                        refused(401, "unauthenticated").invalidToken().reason("token.unknown_key"))
                .after(Duration.ofMinutes(2))
                .then(
                        get("/api/me").bearer(idpToken("unknown-2")),
                        refused(503, "authentication-unavailable").header("Retry-After", "[1-9]\\d*"))
                .then(get("/api/me").bearer(good), permitted(200, "me")));
        cases.add(ContractCase.of(
                        "a key that is for encryption",
                        "RFC 7517 section 4.2",
                        get("/api/me").bearer(good.signedWith(idp.encryption)),
                        refused(401, "unauthenticated").invalidToken().reason("token.unknown_key"))
                .after(Duration.ofMinutes(2)));
        for (String hostile :
                List.of("../../etc/passwd", "rsa-1' OR '1'='1", "http://127.0.0.1:1/jwks", "${jndi:ldap://x}")) {
            cases.add(ContractCase.of(
                            "a key id that is " + hostile,
                            URLS,
                            get("/api/me").bearer(good.header("kid", hostile).forgedWith(idp.stranger)),
                            refused(401, "unauthenticated").invalidToken().reason("token.unknown_key"))
                    .after(Duration.ofMinutes(2)));
        }
    }

    private Token idpToken(String keyId) {
        return good.header("kid", keyId).forgedWith(idp.stranger);
    }

    private void claims() {
        bad(
                "the issuer is another",
                "CVE-2018-15801, CVE-2025-46647",
                good.claim("iss", "https://evil.example"),
                "issuer");
        bad("the issuer with a slash more", "RFC 9068 section 4", good.claim("iss", idp.issuer() + "/"), "issuer");
        bad("no issuer", CLAIMS, good.withoutClaim("iss"), "claim");
        bad("the issuer is a list", TYPES, good.claim("iss", List.of(idp.issuer())), "claim");
        bad("the audience is another", "OWASP API2:2023", good.claim("aud", "billing"), "audience");
        bad("no audience", CLAIMS, good.withoutClaim("aud"), "claim");
        bad("the audience is an empty list", CLAIMS, good.claim("aud", List.of()), "audience");
        bad("the audience is an object", TYPES, good.claim("aud", Map.of(IdentityProvider.AUDIENCE, true)), "claim");
        bad("the audience holds a number", TYPES, good.claim("aud", List.of(IdentityProvider.AUDIENCE, 1)), "claim");
        good("the audience is one of several", good.claim("aud", List.of("billing", IdentityProvider.AUDIENCE)));
        bad("no subject", "CVE-2024-22234, CVE-2024-22257", good.withoutClaim("sub"), "claim");
        bad("a blank subject", "CVE-2024-22234", good.claim("sub", " "), "claim");
        bad("the subject is null", "CVE-2024-22257", good.claim("sub", null), "claim");
        bad("no client_id", "RFC 9068 section 2.2", good.withoutClaim("client_id"), "claim");
        bad("typ of an ID token", "RFC 9068 section 4", good.header("typ", "JWT"), "type");
        bad("no typ", "RFC 9068 section 4", good.withoutHeader("typ"), "type");
        bad("an ID token's claim", "RFC 8725 section 3.12", good.claim("at_hash", "x"), "not_access_token");
        bad(
                "bound to a key, presented as bearer",
                "RFC 7800 section 3",
                good.claim("cnf", Map.of("jkt", idp.ec.thumbprint())),
                "sender_constrained");
        good("typ with its whole media type", good.header("typ", "application/AT+JWT"));
        bad("the scope is an object", TYPES, good.claim("scope", Map.of("orders:read", true)), "claim");
    }

    private void times() {
        long now = clock.seconds();
        good("expired, within the allowed skew", good.claim("iat", now - 300).claim("exp", now - 29));
        bad(
                "expired by exactly the allowed skew",
                "RFC 7519 section 4.1.4",
                good.claim("iat", now - 300).claim("exp", now - 30),
                "expired");
        bad(
                "expired long ago",
                "RFC 7519 section 4.1.4",
                good.claim("iat", 1000).claim("exp", 2000),
                "expired");
        bad("no exp", CLAIMS, good.withoutClaim("exp"), "claim");
        bad("exp is a string", TYPES, good.claim("exp", Long.toString(now + 60)), "claim");
        bad("exp is null", TYPES, good.claim("exp", null), "claim");
        bad("exp beyond all time", TYPES, good.claim("exp", new java.math.BigInteger("99999999999999999999")), "claim");
        bad("exp is negative", TYPES, good.claim("exp", -1), "claim");
        good("not before within the allowed skew", good.claim("nbf", now + 30));
        bad(
                "not before just beyond the allowed skew",
                "RFC 7519 section 4.1.5",
                good.claim("nbf", now + 31),
                "not_yet_valid");
        bad("nbf is a string", TYPES, good.claim("nbf", "now"), "claim");
        bad(
                "issued in the future",
                "RFC 7519 section 4.1.6",
                good.claim("iat", now + 31).claim("exp", now + 90),
                "not_yet_valid");
        bad("valid for longer than permitted", "jwt.max-lifetime", good.claim("exp", now + 3601), "lifetime");
        cases.add(ContractCase.of(
                        "a token that was good expires while it is remembered",
                        "a cached result is only about the credential",
                        get("/api/me").bearer(good.claim("jti", "remembered")),
                        permitted(200, "me"))
                .then(get("/api/me").bearer(good.claim("jti", "remembered")), permitted(200, "me")));
    }

    private void syntax() {
        String[] parts = good.sign().split("\\.");
        bad("two parts", SYNTAX, parts[0] + "." + parts[1], "malformed");
        bad("four parts", SYNTAX, good.sign() + ".x", "malformed");
        bad(
                "five parts: an encrypted token around an unsigned one",
                "CVE-2026-29000",
                "eyJhbGciOiJkaXIifQ..a.b.c",
                "malformed");
        bad("empty parts", SYNTAX, "..", "malformed");
        bad("no token at all but letters", SYNTAX, "garbage", "malformed");
        bad("base64 with padding", "RFC 7515 section 2", good.sign() + "=", "malformed");
        bad("base64 in the other alphabet", "RFC 7515 section 2", parts[0] + "." + parts[1] + ".++//", "malformed");
        bad("a header that is no JSON", SYNTAX, good.sign("{\"alg\":", null), "malformed");
        bad("a header that is a list", SYNTAX, good.sign("[]", null), "malformed");
        bad("a payload that is no JSON", SYNTAX, good.sign(null, "sub=tom"), "malformed");
        bad("a payload that is a string", SYNTAX, good.sign(null, "\"tom\""), "malformed");
        bad(
                "a claim twice",
                "RFC 7515 section 4",
                good.sign(null, good.payload().replaceFirst("\\{", "{\"sub\":\"root\",")),
                "malformed");
        bad(
                "a claim twice, once escaped",
                "CVE-2022-25757",
                good.sign(null, good.payload().replaceFirst("\\{", "{\"s\\\\u0075b\":\"root\",")),
                "malformed");
        bad(
                "claims nested deeply",
                "CVE-2025-53864, CVE-2023-1370",
                good.sign(
                        null, good.payload().replaceFirst("\\{", "{\"x\":" + "[".repeat(400) + "]".repeat(400) + ",")),
                "malformed");
        bad(
                "a header section twice over",
                SYNTAX,
                good.header("alg", "RS256").sign("{\"alg\":\"none\",\"alg\":\"RS256\"}", null),
                "malformed");
    }

    private void presentation() {
        cases.add(
                "two Authorization fields",
                "CVE-2025-64527",
                get("/api/me").bearer(good).bearer(idp.token("root")),
                refused(400, "malformed-request").reason("header-repeated"));
        cases.add(
                "the scheme in other case",
                "RFC 9110 section 11.1",
                get("/api/me").header("Authorization", "bEaReR " + good.sign()),
                permitted(200, "me"));
        cases.add(
                "the scheme without a token",
                "RFC 6750 section 2.1",
                get("/api/me").header("Authorization", "Bearer"),
                refused(400, "malformed-request")
                        .challenge("error=\"invalid_request\"")
                        .reason("credential.malformed"));
        cases.add(
                "a scheme that is not offered",
                "RFC 9110 section 11.6.2",
                get("/api/me").header("Authorization", "Basic dG9tOnRvbQ=="),
                refused(401, "unauthenticated").plainChallenge().reason("credential.scheme"));
        cases.add(
                "two tokens in one field",
                "CVE-2025-64527",
                get("/api/me").header("Authorization", "Bearer " + good.sign() + ", Bearer " + good.sign()),
                refused(400, "malformed-request").challenge("error=\"invalid_request\""));
        cases.add(
                "a token in the query is not looked at",
                "RFC 9700 section 2.1",
                get("/api/me?access_token=x"),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "a token in a cookie is not looked at",
                "OWASP API2:2023",
                get("/api/me").header("Cookie", "Authorization=Bearer%20" + good.sign()),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "an Authorization field that Connection names stays",
                "CVE-2024-45410",
                RawRequest.bare("GET", "/api/me")
                        .header("Host", ContractFixture.HOST)
                        .header("Connection", "close, authorization")
                        .bearer(good),
                refused(400, "malformed-request").reason("header-connection-option"));
    }
}
