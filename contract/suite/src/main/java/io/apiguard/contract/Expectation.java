package io.apiguard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditEvent.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What an exchange must come to, whichever server answers: a list of checks that is added to. Immutable.
 *
 * <p>Every expectation begins with what holds for all: the security header fields, nothing about the server, no
 * secret, and one audit event.
 */
public final class Expectation {

    /** What servers, frameworks and the JDK say of themselves. */
    private static final Pattern SERVER_DETAIL = Pattern.compile(
            "(?i)tomcat|coyote|jetty|undertow|jersey|resteasy|jboss|whitelabel|springframework|spring boot"
                    + "|java\\.|javax\\.|jakarta\\.|io\\.apiguard|Exception|\\tat |stack ?trace");

    /** Random text, which one day spells any name of five letters. */
    private static final Pattern NONCE = Pattern.compile("(?im)(^DPoP-Nonce: |nonce=\")[A-Za-z0-9_.-]+");

    private static final String[] NO_ERROR = {};

    private final List<Consumer<Observed>> checks;

    private Expectation(List<Consumer<Observed>> checks) {
        this.checks = List.copyOf(checks);
    }

    /** The handler runs once and its answer comes back. */
    static Expectation permitted(int status, String handler) {
        return answered(status)
                .and(seen -> assertThat(seen.ran()).as("handlers that ran").isEqualTo(Map.of(handler, 1L)))
                .and(seen -> assertThat(verdict(seen).outcome())
                        .as("outcome in the audit")
                        .isEqualTo(Outcome.PERMITTED));
    }

    /** No handler runs; the answer is a problem document of one of the guard's types. */
    static Expectation refused(int status, String type) {
        return problem(status, type)
                .and(seen -> assertThat(seen.ran()).as("handlers that ran").isEmpty())
                .and(seen -> assertThat(verdict(seen).outcome())
                        .as("outcome in the audit")
                        .isIn(Outcome.DENIED, Outcome.ERROR));
    }

    /** A handler ran, and a problem document stands in place of what it answered. */
    static Expectation replaced(int status, String type, String handler) {
        return problem(status, type)
                .and(seen -> assertThat(seen.ran()).as("handlers that ran").isEqualTo(Map.of(handler, 1L)));
    }

    /** The guard answers by itself, and refuses nothing (a preflight). */
    static Expectation answeredByGuard(int status) {
        return answered(status)
                .and(seen -> assertThat(seen.ran()).as("handlers that ran").isEmpty());
    }

    /** The checks every answer passes that came by the guard. */
    static Expectation answered(int status) {
        return new Expectation(List.of())
                .and(seen -> assertThat(seen.answer().status()).as("status").isEqualTo(status))
                .and(Expectation::checkSecurityHeaders)
                .and(Expectation::checkNothingLeaks)
                .and(seen -> assertThat(seen.audit())
                        .as("audit events of one exchange")
                        .hasSize(1))
                .and(seen -> assertThat(verdict(seen).status())
                        .as("status in the audit")
                        .isEqualTo(status));
    }

    /** The server refused by itself: not in the guard's words, no handler ran, nothing leaked. */
    static Expectation containerRefusal(int status) {
        return new Expectation(List.of())
                .and(seen -> assertThat(seen.answer().headers("X-Content-Type-Options"))
                        .as("sign of the guard: if there is one, the container's table is out of date")
                        .isEmpty())
                .and(seen -> assertThat(seen.audit())
                        .as("audit events: if there is one, the container's table is out of date")
                        .isEmpty())
                .and(seen -> assertThat(seen.answer().status())
                        .as("status of the container's own refusal (0: it closed the connection)")
                        .isEqualTo(status)
                        .matches(own -> own == 0 || own >= 400, "is no success"))
                .and(seen -> assertThat(seen.ran()).as("handlers that ran").isEmpty())
                .and(Expectation::checkNoSecret);
    }

    private static Expectation problem(int status, String type) {
        return answered(status)
                .header("Content-Type", "application/problem\\+json(;\\s*charset=(?i:utf-8))?")
                .and(seen -> checkProblem(seen.answer(), status, type));
    }

    private static void checkProblem(RawAnswer answer, int status, String type) {
        if (answer.body().length == 0) { // HEAD
            return;
        }
        Map<?, ?> problem = (Map<?, ?>) answer.json();
        assertThat(problem.get("type")).as("problem type").isEqualTo("urn:apiguard:problem:" + type);
        assertThat(problem.get("status")).as("status in the problem").isEqualTo(status);
        assertThat((String) problem.get("title")).as("title").isNotBlank();
    }

    private static void checkSecurityHeaders(Observed seen) {
        RawAnswer answer = seen.answer();
        assertThat(answer.headers("X-Content-Type-Options"))
                .as("X-Content-Type-Options")
                .containsExactly("nosniff");
        if (answer.status() >= 400) {
            assertThat(answer.header("Cache-Control")).as("Cache-Control").contains("no-store");
        }
        for (String field : List.of(
                "Content-Type",
                "Content-Length",
                "Cache-Control",
                "Location",
                "Access-Control-Allow-Origin",
                "Strict-Transport-Security")) {
            assertThat(answer.headers(field)).as(field + " lines").hasSizeLessThanOrEqualTo(1);
        }
    }

    private static void checkNothingLeaks(Observed seen) {
        RawAnswer answer = seen.answer();
        assertThat(NONCE.matcher(answer.head()).replaceAll("$1"))
                .as("header section, without nonces")
                .doesNotContainPattern(SERVER_DETAIL);
        assertThat(answer.headers("X-Powered-By")).as("X-Powered-By").isEmpty();
        assertThat(answer.headers("Server").stream().filter(value -> !value.isEmpty()))
                .as("Server")
                .isEmpty();
        if (answer.status() >= 400) {
            assertThat(answer.text()).as("body").doesNotContainPattern(SERVER_DETAIL);
        }
        checkNoSecret(seen);
    }

    private static void checkNoSecret(Observed seen) {
        for (String secret : List.of(ContractHandlers.SECRET, "hunter2", Order.CVV + "\"", "BEGIN PUBLIC KEY")) {
            assertThat(seen.answer().text()).as("body").doesNotContain(secret);
            assertThat(seen.answer().head()).as("header section").doesNotContain(secret);
            assertThat(seen.audit().toString()).as("audit").doesNotContain(secret);
        }
        assertThat(seen.audit().toString())
                .as("audit: no token or key")
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]{20}|\\bag_");
    }

    private static AuditEvent.Verdict verdict(Observed seen) {
        return seen.audit().get(0).verdict();
    }

    Expectation and(Consumer<Observed> check) {
        List<Consumer<Observed>> more = new ArrayList<>(checks);
        more.add(check);
        return new Expectation(more);
    }

    /** A header field whose whole value matches. */
    Expectation header(String name, String pattern) {
        return and(seen ->
                assertThat(seen.answer().header(name)).as(name).isNotNull().matches(pattern));
    }

    Expectation noHeader(String name) {
        return and(seen -> assertThat(seen.answer().headers(name)).as(name).isEmpty());
    }

    /** An error in the scheme Bearer (RFC 6750 section 3); each part stands in it. */
    Expectation challenge(String... parts) {
        return challengeIn("Bearer", parts);
    }

    /** A challenge that tells a caller without a credential nothing but how to come with one (RFC 6750 section 3.1). */
    Expectation plainChallenge() {
        return challengeIn("");
    }

    Expectation invalidToken() {
        return challenge("error=\"invalid_token\"");
    }

    /** An error in the scheme DPoP (RFC 9449 section 7.1); each part stands in it. */
    Expectation dpopChallenge(String... parts) {
        return challengeIn("DPoP", parts);
    }

    /** Every scheme is offered on a line of its own (RFC 9110 section 11.6.1); only that of the credential names an error. */
    private Expectation challengeIn(String scheme, String... parts) {
        return and(seen -> {
            List<String> lines = seen.answer().headers("WWW-Authenticate");
            assertThat(lines)
                    .as("schemes in WWW-Authenticate")
                    .extracting(line -> line.split(" ", 2)[0])
                    .containsExactly("Bearer", "DPoP", "ApiKey", "ClientCertificate", "Signature");
            lines.forEach(line -> checkChallenge(line, line.startsWith(scheme + " ") ? parts : NO_ERROR));
        });
    }

    private static void checkChallenge(String line, String... parts) {
        assertThat(line).as("WWW-Authenticate").contains(" realm=\"" + ContractFixture.REALM + "\"");
        if (line.startsWith("DPoP ")) {
            assertThat(line)
                    .as("WWW-Authenticate")
                    .containsPattern("algs=\"([A-Za-z0-9]+ )*ES256( [A-Za-z0-9]+)*\"")
                    .doesNotContain("none", "HS256");
        }
        if (parts.length == 0) {
            assertThat(line).as("WWW-Authenticate").doesNotContain("error");
        }
        for (String part : parts) {
            assertThat(line).as("WWW-Authenticate").contains(part);
        }
    }

    /** The reason in the audit event. */
    Expectation reason(String reason) {
        return and(seen ->
                assertThat(verdict(seen).reason()).as("reason in the audit").isEqualTo(reason));
    }

    Expectation outcome(Outcome outcome) {
        return and(seen ->
                assertThat(verdict(seen).outcome()).as("outcome in the audit").isEqualTo(outcome));
    }

    /** A member of the JSON answer; a path of names and indexes. */
    Expectation json(Object expected, Object... path) {
        return and(seen -> assertThat(at(seen.answer().json(), path))
                .as("member " + List.of(path))
                .isEqualTo(expected));
    }

    /** A member that is not in the JSON answer. */
    Expectation noJson(Object... path) {
        return json(null, path);
    }

    Expectation body(Consumer<String> check) {
        return and(seen -> check.accept(seen.answer().text()));
    }

    Expectation audit(Consumer<AuditEvent> check) {
        return and(seen -> check.accept(seen.audit().get(0)));
    }

    private static Object at(Object value, Object... path) {
        Object at = value;
        for (Object step : path) {
            at = step instanceof Integer index
                    ? ((List<?>) at).get(index)
                    : at == null ? null : ((Map<?, ?>) at).get(step);
        }
        return at;
    }

    /** Makes every check. */
    void check(Observed seen) {
        checks.forEach(check -> check.accept(seen));
    }
}
