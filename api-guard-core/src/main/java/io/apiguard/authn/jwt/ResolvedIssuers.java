package io.apiguard.authn.jwt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Issuers that an {@link IssuerResolver} names, each with a verifier while it is in use.
 *
 * <p>If there are too many, those go first that never had a valid token, and then those whose last one is the longest
 * ago: tokens that are made up cannot push out more than the one verifier that others like them brought in.
 */
final class ResolvedIssuers implements Issuers {

    private final IssuerResolver resolver;
    private final InstantSource clock;
    private final Duration askAgainEvery;
    private final int maximumIssuers;
    private final int maximumLength;
    private final @Nullable TokenCache cache;

    private final Map<String, Live> live = new ConcurrentHashMap<>();

    /** Guards what enters and leaves {@link #live}; never held while the resolver is asked. */
    private final Object lock = new Object();

    private boolean closed;

    /** Grows with every withdrawal: what was resolved before one may be out of date. */
    private long withdrawals;

    ResolvedIssuers(MultiIssuerVerifierBuilder settings) {
        this.resolver = settings.resolver();
        this.clock = settings.clock();
        this.askAgainEvery = settings.askAgainEvery();
        this.maximumIssuers = settings.maximumIssuers();
        this.maximumLength = settings.maximumLength();
        this.cache = settings.cache();
    }

    private final class Live implements Issuer {

        private final JwtVerifier verifier;
        private volatile Instant lastValid = Instant.MIN;
        private volatile Instant resolvedAt = clock.instant();

        Live(JwtVerifier verifier) {
            this.verifier = verifier;
        }

        @Override
        public JwtVerifier verifier() {
            return verifier;
        }

        @Override
        public void wasValid() {
            lastValid = clock.instant();
        }

        private Instant lastValid() {
            return lastValid;
        }

        private boolean mustAskAgain() {
            return !clock.instant().isBefore(resolvedAt.plus(askAgainEvery));
        }
    }

    @Override
    public @Nullable Issuer find(String issuer) {
        Live known = live.get(issuer);
        if (known == null) {
            long since = withdrawals();
            JwtVerifierBuilder settings = resolve(issuer);
            return settings == null ? null : admit(new Live(made(settings)), since);
        }
        return known.mustAskAgain() ? askedAgain(issuer, known) : known;
    }

    private long withdrawals() {
        synchronized (lock) {
            return withdrawals;
        }
    }

    /** An issuer that the application does not name any more goes; one that it still names keeps its keys. */
    private @Nullable Live askedAgain(String issuer, Live known) {
        if (resolve(issuer) == null) {
            withdraw(issuer);
            return null;
        }
        known.resolvedAt = clock.instant();
        return known;
    }

    private @Nullable JwtVerifierBuilder resolve(String issuer) {
        JwtVerifierBuilder settings;
        try {
            settings = resolver.resolve(issuer).orElse(null);
        } catch (RuntimeException e) {
            throw new Unresolved(
                    "the resolver of issuers broke off (" + e.getClass().getSimpleName() + ")");
        }
        if (settings != null && !settings.issuer().equals(issuer)) {
            throw new Unresolved("the resolver of issuers answered with settings of another issuer than the one asked");
        }
        return settings;
    }

    private JwtVerifier made(JwtVerifierBuilder settings) {
        if (settings.decrypter() != null) {
            throw new Unresolved(FixedIssuers.DECRYPTS.formatted(settings.issuer()));
        }
        try {
            return settings.build(cache);
        } catch (RuntimeException e) {
            throw new Unresolved("the settings of the issuer " + settings.issuer() + " are wrong: " + e.getMessage());
        }
    }

    private Live admit(Live made, long since) {
        List<JwtVerifier> superfluous = List.of(made.verifier);
        @Nullable Live kept = null;
        synchronized (lock) {
            if (!closed && withdrawals == since) {
                Live other = live.putIfAbsent(made.verifier.issuer(), made);
                kept = other == null ? made : other;
                superfluous = other == null ? evict(made) : superfluous;
            }
        }
        superfluous.forEach(JwtVerifier::close);
        if (kept == null) {
            throw new Unresolved("an issuer was withdrawn while this one was resolved, or the verifier is closed");
        }
        return kept;
    }

    private List<JwtVerifier> evict(Live newest) {
        if (live.size() <= maximumIssuers) {
            return List.of();
        }
        return live.values().stream()
                .filter(candidate -> candidate != newest)
                .min(Comparator.comparing(Live::lastValid))
                .map(victim -> {
                    live.remove(victim.verifier.issuer());
                    return List.of(victim.verifier);
                })
                .orElse(List.of());
    }

    @Override
    public Collection<JwtVerifier> inUse() {
        return live.values().stream().map(Live::verifier).toList();
    }

    @Override
    public void withdraw(String issuer) {
        Live gone;
        synchronized (lock) {
            withdrawals++;
            gone = live.remove(issuer);
        }
        if (gone != null) {
            gone.verifier.forgetAll();
            gone.verifier.close();
        }
    }

    @Override
    public int maximumLength() {
        return maximumLength;
    }

    @Override
    public void close() {
        Map<String, Live> all;
        synchronized (lock) {
            closed = true;
            all = new LinkedHashMap<>(live);
            live.clear();
        }
        all.values().forEach(each -> each.verifier.close());
    }
}
