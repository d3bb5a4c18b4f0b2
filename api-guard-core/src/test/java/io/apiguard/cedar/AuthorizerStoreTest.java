package io.apiguard.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.entity.EntityStore;
import io.apiguard.cedar.entity.OverlayStore;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a decision asks of a store, and what becomes of a store that fails. */
class AuthorizerStoreTest {

    private static final EntityUid ALICE = EntityUid.of("User", "alice");
    private static final EntityUid VIEW = EntityUid.of("Action", "view");
    private static final EntityUid DOC = EntityUid.of("Doc", "1");
    private static final EntityUid DEVICE = EntityUid.of("Device", "7");
    private static final EntityUid PLACE = EntityUid.of("Place", "here");

    private final Set<EntityUid> prepared = new LinkedHashSet<>();

    @Test
    void decide_anyStore_tellsItFirstWhatTheRequestNames() {
        RecordValue context = RecordValue.of(
                Map.of("device", DEVICE, "more", RecordValue.of(Map.of("places", SetValue.of(PLACE, ALICE)))));

        authorizer("permit (principal, action, resource);").decide(request(context), recording(Entities.NONE));

        assertThat(prepared).containsExactlyInAnyOrder(ALICE, VIEW, DOC, DEVICE, PLACE);
    }

    @Test
    void decide_overlay_tellsTheBaseWhatItDoesNotKnowItself() {
        EntityStore store = OverlayStore.of(recording(Entities.NONE), List.of(Entity.of(DOC)));

        authorizer("permit (principal, action, resource);").decide(request(RecordValue.EMPTY), store);

        assertThat(prepared).containsExactlyInAnyOrder(ALICE, VIEW);
    }

    @Test
    void decide_storeFails_endsWithItsExceptionAndNoAnswer() {
        EntityStore failing = uid -> {
            throw new UncheckedIOException(new IOException("database down"));
        };
        Authorizer authorizer = authorizer(
                "permit (principal, action, resource); forbid (principal, action, resource) when { resource.secret };");

        assertThatThrownBy(() -> authorizer.decide(request(RecordValue.EMPTY), failing))
                .isInstanceOf(UncheckedIOException.class);
    }

    private EntityStore recording(EntityStore store) {
        return new EntityStore() {
            @Override
            public @Nullable StoredEntity find(EntityUid uid) {
                return store.find(uid);
            }

            @Override
            public void prepare(Collection<EntityUid> uids) {
                prepared.addAll(uids);
            }
        };
    }

    private static Authorizer authorizer(String policies) {
        return Authorizer.of(PolicySet.parse(policies));
    }

    private static CedarRequest request(RecordValue context) {
        return new CedarRequest(ALICE, VIEW, DOC, context);
    }
}
