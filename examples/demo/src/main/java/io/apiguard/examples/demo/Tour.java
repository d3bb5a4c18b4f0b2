package io.apiguard.examples.demo;

import io.apiguard.audit.AuditEvent;
import io.apiguard.audit.AuditLine;
import io.apiguard.examples.demo.RawHttp.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Makes one attempt after the other and prints a line about each. */
final class Tour {

    private static final String LINE = "%3s  %-46s %-5s %8s %5s  %-28s %s%n";

    private final RawHttp client;
    private final AuditTape audit;
    private final PrintStream out;

    Tour(RawHttp client, AuditTape audit, PrintStream out) {
        this.client = client;
        this.audit = audit;
        this.out = out;
    }

    /** What came of an attempt; the reason is the audit log's. */
    record Outcome(Attempt attempt, Reply reply, String reason) {
        boolean asExpected() {
            return reply.status() == attempt.status()
                    && reason.equals(attempt.reason())
                    && attempt.answer().test(reply);
        }
    }

    List<Outcome> run(List<Attempt> attempts) {
        audit.rewind();
        out.printf(LINE, "#", "WHAT WAS TRIED", "RISK", "EXPECTED", "GOT", "REASON IN THE AUDIT LOG", "");
        List<Outcome> outcomes = new ArrayList<>();
        for (Attempt attempt : attempts) {
            outcomes.add(make(attempt));
            print(outcomes.size(), outcomes.get(outcomes.size() - 1));
        }
        return outcomes;
    }

    private Outcome make(Attempt attempt) {
        try {
            Reply reply = client.send(attempt.request());
            return new Outcome(attempt, reply, attempt.reachesGuard() ? reason(audit.next()) : attempt.reason());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to: " + attempt.what(), e);
        }
    }

    private static String reason(AuditEvent event) {
        if (AuditLine.of(event).lines().count() != 1) {
            return "MORE THAN ONE LINE"; // somebody has forged a log entry
        }
        String reason = event.verdict().reason();
        return reason == null ? Attempt.PERMITTED : reason;
    }

    private void print(int number, Outcome outcome) {
        Attempt attempt = outcome.attempt();
        out.printf(
                LINE,
                number,
                attempt.what(),
                attempt.risk(),
                attempt.status(),
                outcome.reply().status(),
                outcome.reason(),
                outcome.asExpected() ? "ok" : "UNEXPECTED");
    }
}
