package io.apiguard;

import io.apiguard.Authentications.Given;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.authn.revocation.RevocationListBuilder;
import io.apiguard.event.GuardListener;
import io.apiguard.store.RevocationStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the guard follow the store of revocations that the application gave, if it gave no list of its own. */
final class Revocations {

    private final RevocationSettings settings;
    private final Given given;
    private final InstantSource clock;
    private final GuardListener listener;
    private final Opened opened;

    Revocations(RevocationSettings settings, Given given, InstantSource clock, GuardListener listener, Opened opened) {
        this.settings = settings;
        this.given = given;
        this.clock = clock;
        this.listener = listener;
        this.opened = opened;
    }

    /** Returns what is asked on every request, or {@code null} if nothing is ever revoked. */
    @Nullable RevocationList list() {
        RevocationStore store = given.revocationStore();
        if (store == null) {
            return given.revocations();
        }
        if (given.revocations() != null) {
            throw new GuardConfigurationException(List.of(
                    "both revocations(...) and revocationStore(...) of the builder are given. Leave out the store,"
                            + " which the list follows already"));
        }
        return following(store);
    }

    private RevocationList following(RevocationStore store) {
        RevocationListBuilder builder = RevocationList.following(store)
                .scheduler(opened.scheduler("api-guard-revocations"))
                .pollEvery(settings.pollInterval())
                .maxStale(settings.maxStale())
                .capacity(settings.capacity())
                .clock(clock)
                .listener(listener);
        if (settings.permitWhenStale()) {
            builder.permitWhenStale();
        }
        RevocationList list = builder.build();
        opened.add(list::close);
        warmUp(list);
        return list;
    }

    private void warmUp(RevocationList list) {
        try {
            list.warmUp();
        } catch (IllegalStateException e) {
            if (!settings.permitWhenStale()) {
                throw new GuardConfigurationException(
                        "revocation: " + e.getMessage()
                                + " (revocation.permit-when-stale: true starts while it cannot be reached, and lets in what was"
                                + " revoked)",
                        e);
            }
        }
    }
}
