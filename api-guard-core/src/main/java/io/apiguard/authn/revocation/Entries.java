package io.apiguard.authn.revocation;

import io.apiguard.identity.Identity;
import io.apiguard.store.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Revocations in memory, bounded, found by what an identity says of itself. Thread-safe. */
final class Entries {

    private final int capacity;
    private final InstantSource clock;
    private final ConcurrentMap<Key, Revocation> entries = new ConcurrentHashMap<>();

    Entries(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    private enum Kind {
        TOKEN,
        SESSION,
        SUBJECT,
        ISSUER,
        API_KEY
    }

    private record Key(Kind kind, String issuer, String name) {

        static Key of(Revocation revocation) {
            if (revocation instanceof Revocation.Token token) {
                return new Key(Kind.TOKEN, token.issuer(), token.tokenId());
            }
            if (revocation instanceof Revocation.Session session) {
                return new Key(Kind.SESSION, session.issuer(), session.sessionId());
            }
            if (revocation instanceof Revocation.SubjectBefore subject) {
                return new Key(Kind.SUBJECT, subject.issuer(), subject.subject());
            }
            if (revocation instanceof Revocation.IssuerBefore issuer) {
                return new Key(Kind.ISSUER, issuer.issuer(), "");
            }
            return new Key(Kind.API_KEY, "", ((Revocation.ApiKey) revocation).keyId());
        }
    }

    /**
     * Adds an entry; one that is over already is passed over.
     *
     * @return whether there was room
     */
    synchronized boolean add(Revocation revocation) {
        if (!clock.instant().isBefore(revocation.until())) {
            return true;
        }
        if (!hasRoomFor(revocation)) {
            return false;
        }
        entries.merge(Key.of(revocation), revocation, Entries::both);
        return true;
    }

    synchronized boolean hasRoomFor(Revocation revocation) {
        if (entries.size() >= capacity && !entries.containsKey(Key.of(revocation))) {
            reclaim();
            return entries.size() < capacity;
        }
        return true;
    }

    void reclaim() {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> !now.isBefore(entry.until()));
    }

    /** One entry that revokes at least what either does, for at least as long. */
    private static Revocation both(Revocation one, Revocation other) {
        Instant until = later(one.until(), other.until());
        if (one instanceof Revocation.SubjectBefore a && other instanceof Revocation.SubjectBefore b) {
            return new Revocation.SubjectBefore(a.issuer(), a.subject(), later(a.before(), b.before()), until);
        }
        if (one instanceof Revocation.IssuerBefore a && other instanceof Revocation.IssuerBefore b) {
            return new Revocation.IssuerBefore(a.issuer(), later(a.before(), b.before()), until);
        }
        return one.until().isBefore(until) ? other : one;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    @Nullable
    Revocation find(Identity identity) {
        if (entries.isEmpty()) {
            return null;
        }
        Revocation found = named(Kind.API_KEY, "", identity.keyId().orElse(null));
        String issuer = identity.issuer().orElse(null);
        return found != null || issuer == null ? found : ofIssuer(identity, issuer);
    }

    private @Nullable Revocation ofIssuer(Identity identity, String issuer) {
        Revocation found = named(Kind.TOKEN, issuer, identity.tokenId().orElse(null));
        if (found == null) {
            found = named(Kind.SESSION, issuer, identity.sessionId().orElse(null));
        }
        if (found == null) {
            found = issuedBefore(live(Kind.SUBJECT, issuer, identity.subject()), identity);
        }
        return found == null ? issuedBefore(live(Kind.ISSUER, issuer, ""), identity) : found;
    }

    private @Nullable Revocation named(Kind kind, String issuer, @Nullable String name) {
        return name == null ? null : live(kind, issuer, name);
    }

    private @Nullable Revocation live(Kind kind, String issuer, String name) {
        Revocation entry = entries.get(new Key(kind, issuer, name));
        return entry != null && clock.instant().isBefore(entry.until()) ? entry : null;
    }

    /** What does not say when it was issued may have been issued before. */
    private static @Nullable Revocation issuedBefore(@Nullable Revocation entry, Identity identity) {
        if (entry == null) {
            return null;
        }
        Instant before = entry instanceof Revocation.SubjectBefore subject
                ? subject.before()
                : ((Revocation.IssuerBefore) entry).before();
        boolean after = identity.issuedAt().filter(at -> !at.isBefore(before)).isPresent();
        return after ? null : entry;
    }
}
