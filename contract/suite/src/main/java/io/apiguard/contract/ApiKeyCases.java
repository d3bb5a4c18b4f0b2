package io.apiguard.contract;

import static io.apiguard.contract.Expectation.permitted;
import static io.apiguard.contract.Expectation.refused;
import static io.apiguard.contract.RawRequest.get;

import java.util.List;

/** API keys. */
final class ApiKeyCases {

    private static final String TIMING = "CVE-2025-59425, CVE-2026-23901";

    private ApiKeyCases() {}

    static List<ContractCase> table(ContractFixture fixture) {
        ApiKeyFixture keys = fixture.apiKeys();
        Token token = fixture.identityProvider().token("ann");
        Cases cases = new Cases();
        cases.add(
                "an API key",
                "OWASP API2:2023",
                get("/api/me").apiKey(keys.reader()),
                permitted(200, "me")
                        .json("job", "subject")
                        .json("acme", "tenant")
                        .json("API_KEY", "method")
                        .json("orders:read", "scopes"));
        cases.add(
                "an API key with the scope, and an object of its own",
                "OWASP API1:2023",
                get("/api/orders/job-1").apiKey(keys.reader()),
                permitted(200, "order"));
        cases.add(
                "an API key with the scope, and an object of another",
                "OWASP API1:2023",
                get("/api/orders/ann-1").apiKey(keys.reader()),
                refused(403, "forbidden").reason("forbidden-object"));
        cases.add(
                "an API key without the scope",
                "OWASP API5:2023",
                get("/api/orders/plain-1").apiKey(keys.plain()),
                refused(403, "insufficient-scope"));
        cases.add(
                "an API key without the role",
                "OWASP API5:2023",
                get("/api/admin/report").apiKey(keys.reader()),
                refused(403, "forbidden").reason("forbidden-role"));
        cases.add(
                "an unknown API key",
                TIMING,
                get("/api/me").apiKey(keys.unstored()),
                refused(401, "unauthenticated").plainChallenge().reason("api_key.unknown"));
        cases.add(
                "an API key that expires now",
                "OWASP API2:2023",
                get("/api/me").apiKey(keys.expired()),
                refused(401, "unauthenticated").plainChallenge().reason("api_key.expired"));
        cases.add(
                "an API key with one character changed",
                TIMING,
                get("/api/me").apiKey(changed(keys.reader())),
                refused(401, "unauthenticated").plainChallenge().reason("api_key.malformed"));
        cases.add(
                "an empty API key",
                "CVE-2026-44699",
                get("/api/me").apiKey(""),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "no API key at all but text",
                "CVE-2019-17195",
                get("/api/me").apiKey("hunter3"),
                refused(401, "unauthenticated").plainChallenge().reason("api_key.malformed"));
        cases.add(
                "an API key of 3 KB",
                "bounded",
                get("/api/me").apiKey("ag_" + "x".repeat(3000)),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "a bad API key on a public endpoint is 401, not anonymous",
                "CVE-2021-21378",
                get("/api/public/ping").apiKey(keys.unstored()),
                refused(401, "unauthenticated").plainChallenge());
        cases.add(
                "two API keys",
                "CVE-2021-32777",
                get("/api/me").apiKey(keys.reader()).apiKey(keys.plain()),
                refused(400, "malformed-request").plainChallenge().reason("credential.several"));
        cases.add(
                "a token and an API key",
                "CVE-2025-64527",
                get("/api/me").bearer(token).apiKey(keys.reader()),
                refused(400, "malformed-request").reason("credential.several"));
        cases.add(
                "an API key as a bearer token",
                "OWASP API2:2023",
                get("/api/me").bearer(keys.reader()),
                refused(401, "unauthenticated").invalidToken().reason("token.malformed"));
        cases.add(
                "an API key in the query is not looked at",
                "OWASP API2:2023",
                get("/api/me?X-API-Key=" + keys.reader()),
                refused(401, "unauthenticated").plainChallenge());
        return cases.list();
    }

    private static String changed(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');
    }
}
