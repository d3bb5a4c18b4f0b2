package io.apiguard.cedar.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.LongValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlayStoreTest {

    private static final EntityUid USER = EntityUid.of("User", "u");
    private static final EntityUid TEAM = EntityUid.of("Team", "t");
    private static final EntityUid ORG = EntityUid.of("Org", "o");
    private static final Entities BASE = Entities.of(Entity.of(TEAM).withParents(ORG), Entity.of(ORG), Entity.of(USER));

    @Test
    void find_entityOfTheRequest_hasTheAncestorsOfTheBaseToo() {
        OverlayStore store = OverlayStore.of(BASE, List.of(Entity.of(USER).withParents(TEAM)));

        assertThat(Objects.requireNonNull(store.find(USER)).ancestors()).containsExactlyInAnyOrder(TEAM, ORG);
        assertThat(store.isIn(USER, ORG)).isTrue();
        assertThat(store.isIn(USER, USER)).isTrue();
        assertThat(BASE.isIn(USER, ORG)).isFalse();
    }

    @Test
    void find_sameNameInBoth_isThatOfTheRequest() {
        OverlayStore store =
                OverlayStore.of(BASE, List.of(Entity.of(TEAM).withAttributes(Map.of("n", new LongValue(1)))));

        assertThat(Objects.requireNonNull(store.find(TEAM))
                        .entity()
                        .attributes()
                        .get("n"))
                .isEqualTo(new LongValue(1));
        assertThat(store.isIn(TEAM, ORG)).isFalse();
    }

    @Test
    void find_notOfTheRequest_isThatOfTheBase() {
        OverlayStore store = OverlayStore.of(BASE, List.of());

        assertThat(store.find(TEAM)).isEqualTo(BASE.find(TEAM));
        assertThat(store.isIn(TEAM, ORG)).isTrue();
        assertThat(store.find(EntityUid.of("User", "nobody"))).isNull();
    }

    @Test
    void of_nameTwice_isRefused() {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> OverlayStore.of(BASE, List.of(Entity.of(USER), Entity.of(USER))))
                .withMessageContaining("User::\"u\"");
    }

    @Test
    void of_cycle_isRefusedWithinTheRequestAndThroughTheBase() {
        EntityUid other = EntityUid.of("User", "v");

        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> OverlayStore.of(
                        BASE,
                        List.of(
                                Entity.of(USER).withParents(other),
                                Entity.of(other).withParents(USER))));
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> OverlayStore.of(BASE, List.of(Entity.of(ORG).withParents(TEAM))))
                .withMessageContaining("through the base");
    }

    @Test
    void prepare_someOfTheRequest_asksTheBaseForTheOthersOnly() {
        List<EntityUid> asked = new ArrayList<>();
        EntityStore base = new EntityStore() {
            @Override
            public @Nullable StoredEntity find(EntityUid uid) {
                return null;
            }

            @Override
            public void prepare(Collection<EntityUid> uids) {
                asked.addAll(uids);
            }
        };
        OverlayStore store = OverlayStore.of(base, List.of(Entity.of(USER)));

        store.prepare(List.of(USER, TEAM));
        store.prepare(List.of(USER));

        assertThat(asked).containsExactly(TEAM);
    }
}
