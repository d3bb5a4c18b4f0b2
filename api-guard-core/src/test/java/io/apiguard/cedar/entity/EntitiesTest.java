package io.apiguard.cedar.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.LongValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntitiesTest {

    private static final EntityUid A = EntityUid.of("G", "a");
    private static final EntityUid B = EntityUid.of("G", "b");
    private static final EntityUid C = EntityUid.of("G", "c");
    private static final EntityUid D = EntityUid.of("G", "d");

    private static Entity entity(EntityUid uid, EntityUid... parents) {
        return Entity.of(uid).withParents(parents);
    }

    private static Set<EntityUid> ancestors(EntityStore store, EntityUid uid) {
        return Objects.requireNonNull(store.find(uid)).ancestors();
    }

    @Test
    void of_chainAndDiamond_knowsAllAncestors() {
        Entities entities = Entities.of(entity(A, B, C), entity(B, D), entity(C, D), entity(D));

        assertThat(ancestors(entities, A)).containsExactlyInAnyOrder(B, C, D);
        assertThat(ancestors(entities, D)).isEmpty();
        assertThat(entities.isIn(A, D)).isTrue();
        assertThat(entities.isIn(D, A)).isFalse();
        assertThat(entities.size()).isEqualTo(4);
    }

    @Test
    void of_parentsThatAreNotKnown_areAncestorsAllTheSame() {
        assertThat(ancestors(Entities.of(entity(A, B)), A)).containsExactly(B);
    }

    @Test
    void isIn_unknownEntity_isInItselfOnly() {
        assertThat(Entities.NONE.isIn(A, A)).isTrue();
        assertThat(Entities.NONE.isIn(A, B)).isFalse();
        assertThat(Entities.NONE.find(A)).isNull();
    }

    @Test
    void of_cycle_isRefusedAndNamed() {
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> Entities.of(entity(A, B), entity(B, C), entity(C, B)))
                .withMessageMatching("entities are in each other: G::\"(b|c)\" in G::\"(b|c)\" in G::\"(b|c)\"");
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> Entities.of(entity(A, A)))
                .withMessageContaining("G::\"a\" in G::\"a\"");
    }

    @Test
    void of_sameEntityTwice_isTakenIfBothSayTheSame() {
        assertThat(Entities.of(entity(A, B), entity(A, B)).size()).isEqualTo(1);
        assertThatExceptionOfType(CedarException.class)
                .isThrownBy(() -> Entities.of(entity(A, B), entity(A)))
                .withMessageContaining("G::\"a\"");
    }

    @Test
    void with_others_replacesAndWorksOutAncestorsAnew() {
        Entities entities = Entities.of(entity(A, B), entity(B, C));
        Entities other = entities.with(List.of(entity(B, D).withAttributes(Map.of("n", new LongValue(1)))));

        assertThat(ancestors(other, A)).containsExactlyInAnyOrder(B, D);
        assertThat(ancestors(entities, A)).containsExactlyInAnyOrder(B, C);
        assertThatExceptionOfType(CedarException.class).isThrownBy(() -> entities.with(List.of(entity(C, A))));
    }

    @Test
    void of_deepChain_needsNoStack() {
        List<Entity> chain = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            chain.add(entity(EntityUid.of("G", "" + i), EntityUid.of("G", "" + (i + 1))));
        }

        assertThat(Entities.of(chain).isIn(EntityUid.of("G", "0"), EntityUid.of("G", "5000")))
                .isTrue();
    }
}
