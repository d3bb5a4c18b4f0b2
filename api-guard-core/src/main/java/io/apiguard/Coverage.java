package io.apiguard;

import io.apiguard.EndpointPolicy.EndpointLimit;
import io.apiguard.authz.AccessRule;
import io.apiguard.authz.StepUp;
import io.apiguard.ratelimit.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The start-up report: every endpoint and what guards it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param rows one row an endpoint, by template and method
 */
public record Coverage(List<Row> rows) {

    private static final String[] TITLES = {"ENDPOINT", "HANDLER", "ACCESS", "LIMITS", "MASKED FIELDS", "FROM"};

    /** Copies the rows. */
    public Coverage {
        rows = List.copyOf(rows);
    }

    /**
     * One endpoint and what guards it, as text for a person.
     *
     * @param endpoint methods and path template
     * @param handler the handler's name
     * @param access who may call
     * @param limits the limits by identity, tenant, key or address
     * @param fields the members that are masked in its responses
     * @param sources the annotations and routes the policy was made from
     */
    public record Row(String endpoint, String handler, String access, String limits, String fields, String sources) {
        private String[] cells() {
            return new String[] {endpoint, handler, access, limits, fields, sources};
        }
    }

    static Coverage of(List<EndpointPolicy> policies) {
        return new Coverage(policies.stream()
                .sorted((a, b) -> a.endpoint().template().equals(b.endpoint().template())
                        ? a.endpoint().name().compareTo(b.endpoint().name())
                        : a.endpoint().template().compareTo(b.endpoint().template()))
                .map(Coverage::row)
                .toList());
    }

    private static Row row(EndpointPolicy policy) {
        return new Row(
                policy.endpoint().name(),
                policy.endpoint().handler(),
                access(policy) + (policy.reportOnly() ? " (report only)" : ""),
                orDash(String.join(
                        "; ", policy.limits().stream().map(Coverage::limit).toList())),
                orDash(String.join(" ", policy.fields().maskedNames())),
                orDash(String.join("; ", policy.sources())));
    }

    private static String access(EndpointPolicy policy) {
        AccessRule rule = policy.access();
        return switch (rule.access()) {
            case PUBLIC -> "public";
            case DENIED -> "denied";
            case AUTHENTICATED -> demands(rule);
        };
    }

    private static String demands(AccessRule rule) {
        List<String> demands = new ArrayList<>();
        if (!rule.scopes().isEmpty()) {
            demands.add("scopes " + String.join(" ", new TreeSet<>(rule.scopes())));
        }
        rule.roles().forEach(anyOf -> demands.add("role " + String.join("|", new TreeSet<>(anyOf))));
        stepUp(rule.stepUp(), demands);
        rule.checks().forEach(check -> demands.add("object " + check.name()));
        return demands.isEmpty() ? "authenticated" : String.join(", ", demands);
    }

    private static void stepUp(StepUp demand, List<String> demands) {
        if (!demand.contexts().isEmpty()) {
            demands.add("acr " + String.join("|", new TreeSet<>(demand.contexts())));
        }
        if (demand.maxAge() != null) {
            demands.add("authenticated within " + demand.maxAge().toSeconds() + "s");
        }
        if (demand.boundOnly()) {
            demands.add("bound credential");
        }
    }

    private static String limit(EndpointLimit charged) {
        Limit limit = charged.limit();
        String by = limit.by().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return limit.requests() + "/" + limit.period().toSeconds() + "s by " + by
                + (charged.cost() == 1 ? "" : " cost " + charged.cost());
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** {@return the report as an aligned table, one line an endpoint under a line of titles} */
    public String toTable() {
        List<String[]> lines = new ArrayList<>();
        lines.add(TITLES);
        rows.forEach(row -> lines.add(row.cells()));
        int[] widths = new int[TITLES.length];
        for (String[] line : lines) {
            Arrays.setAll(widths, i -> Math.max(widths[i], line[i].length()));
        }
        StringBuilder table = new StringBuilder();
        lines.forEach(line -> append(table, line, widths));
        return table.toString();
    }

    private static void append(StringBuilder table, String[] line, int[] widths) {
        for (int i = 0; i < line.length; i++) {
            table.append(line[i]);
            if (i < line.length - 1) {
                table.append(" ".repeat(widths[i] - line[i].length() + 2));
            }
        }
        table.append('\n');
    }

    @Override
    public String toString() {
        return toTable();
    }
}
