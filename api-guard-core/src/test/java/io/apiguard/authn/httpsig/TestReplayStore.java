package io.apiguard.authn.httpsig;

import io.apiguard.store.ReplayStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Remembers everything, until when, and says what a test tells it to say of what is new. */
final class TestReplayStore implements ReplayStore {

    final Map<String, Instant> used = new HashMap<>();
    Outcome answer = Outcome.FIRST;
    boolean broken;

    @Override
    public Outcome use(String owner, String value, Instant until) {
        if (broken) {
            throw new IllegalStateException("down");
        }
        if (answer != Outcome.FIRST) {
            return answer;
        }
        return used.putIfAbsent(owner + "|" + value, until) == null ? Outcome.FIRST : Outcome.REPLAYED;
    }
}
