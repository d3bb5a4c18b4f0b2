package io.apiguard;

import io.apiguard.internal.settings.Texts;
import io.apiguard.ratelimit.LimitKey;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it is written: {@code 600/1m by identity cost 1}.
 *
 * @param name the name under which endpoints share its count, or {@code null}
 * @param requests how many requests may be made within the period, at least 1
 * @param period the length of the period, at least one second
 * @param by whose requests are counted together, or {@code null} if it is not written
 * @param cost what one request takes, 1 to {@code requests}
 */
public record LimitText(
        @Nullable String name,
        long requests,
        Duration period,
        @Nullable LimitKey by,
        long cost) {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{1,12})\\s*/\\s*(\\w++)(?:\\s++by\\s++(identity|tenant|api-key|client-address))?(?:\\s++cost\\s++(\\d{1,12}))?");
    private static final Pattern REFERENCE = Pattern.compile("([A-Za-z0-9_-]++)(?:\\s++cost\\s++(\\d{1,12}))?");
    private static final String HOW = "Write a limit as 600/1m, 600/1m by identity (or tenant, api-key, client-address)"
            + " or 600/1m by identity cost 5";

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a number is out of its bounds
     */
    public LimitText {
        demand(requests >= 1, "A limit allows at least 1 request");
        demand(period.compareTo(Duration.ofSeconds(1)) >= 0, "A limit's period is at least 1s");
        demand(period.compareTo(Duration.ofDays(366)) <= 0, "A limit's period is at most 366d");
        demand(cost >= 1 && cost <= requests, "A limit's cost is at least 1 and at most its requests");
    }

    /**
     * Reads a limit.
     *
     * @param text requests, a slash, a period and, if wanted, {@code by} with a key and {@code cost} with a number
     * @return the limit, without a name
     * @throws IllegalArgumentException if it is written otherwise; the message says how to write it
     */
    public static LimitText parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        demand(matcher.matches(), HOW);
        String by = matcher.group(3);
        String cost = matcher.group(4);
        return new LimitText(
                null,
                Long.parseLong(matcher.group(1)),
                Texts.duration(matcher.group(2)),
                by == null ? null : LimitKey.valueOf(by.toUpperCase(Locale.ROOT).replace('-', '_')),
                cost == null ? 1 : Long.parseLong(cost));
    }

    static LimitText reference(String text, Map<String, LimitText> named) {
        Matcher matcher = REFERENCE.matcher(text.strip());
        demand(matcher.matches(), HOW + ", or name one of limits.named");
        LimitText limit = named.get(matcher.group(1));
        if (limit == null) {
            throw new IllegalArgumentException(
                    "Define '" + matcher.group(1) + "' under limits.named, or write the limit out");
        }
        String cost = matcher.group(2);
        return cost == null ? limit : limit.costing(Long.parseLong(cost));
    }

    /** {@return whose requests are counted together: {@link #by()}, or else the identity} */
    public LimitKey key() {
        return by == null ? LimitKey.IDENTITY : by;
    }

    LimitText named(String newName) {
        return new LimitText(newName, requests, period, by, cost);
    }

    private LimitText costing(long newCost) {
        return new LimitText(name, requests, period, by, newCost);
    }

    private static void demand(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return requests + "/" + Texts.of(period)
                + (by == null ? "" : " by " + by.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                + (cost == 1 ? "" : " cost " + cost);
    }
}
