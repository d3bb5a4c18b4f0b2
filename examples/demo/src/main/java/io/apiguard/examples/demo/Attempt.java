package io.apiguard.examples.demo;

import io.apiguard.examples.demo.RawHttp.Reply;
import java.util.function.Predicate;

/**
 * One stop of the tour: what is tried, and what should come of it.
 *
 * @param what what is tried, in a few words
 * @param risk the OWASP API risk (2023) behind it, or {@code -} for a call that is meant to succeed
 * @param request what is sent
 * @param status the status that should come back
 * @param reason the reason that the audit log should give, or {@link #PERMITTED} or {@link #BY_SERVER}
 * @param answer what else should be true of the answer
 */
record Attempt(String what, String risk, Request request, int status, String reason, Predicate<Reply> answer) {

    /** No reason: every check let the request pass. */
    static final String PERMITTED = "permitted";

    /** The server refuses it by itself, before the guard sees it. */
    static final String BY_SERVER = "(refused by Tomcat itself)";

    static Attempt allowed(String what, Request request, int status, Predicate<Reply> answer) {
        return new Attempt(what, "-", request, status, PERMITTED, answer);
    }

    /** A refusal by the guard is a problem document (RFC 9457), and gives nothing away. */
    static Attempt refused(String what, String risk, Request request, int status, String reason) {
        return new Attempt(what, risk, request, status, reason, Attempt::isProblem);
    }

    static Attempt refusedByServer(String what, String risk, Request request, int status) {
        return new Attempt(what, risk, request, status, BY_SERVER, reply -> true);
    }

    boolean reachesGuard() {
        return !reason.equals(BY_SERVER);
    }

    private static boolean isProblem(Reply reply) {
        return reply.header("Content-Type").startsWith("application/problem+json")
                && !reply.body().contains("Exception")
                && reply.header("Server").isEmpty();
    }
}
