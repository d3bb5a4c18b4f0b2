package io.apiguard.authn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ApiKeyFormatTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 69;

    private final ApiKeyFormat format = new ApiKeyFormat("ag");

    @Property(tries = 300)
    void make_anyPrefix_readsBack(
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 2, max = 16) String prefix) {
        ApiKeyFormat any = new ApiKeyFormat(prefix);
        String key = any.make(RANDOM);
        assertThat(key).matches(prefix + "_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}");
        assertThat(any.id(key)).isEqualTo(key.substring(prefix.length() + 1, prefix.length() + 17));
    }

    @Property(tries = 500)
    void id_oneCharacterReplacedByAnyOther_isNone(@ForAll @IntRange(max = LENGTH - 1) int at, @ForAll char other) {
        String key = format.make(RANDOM);
        Assume.that(key.charAt(at) != other);
        assertThat(format.id(key.substring(0, at) + other + key.substring(at + 1)))
                .isNull();
    }

    @Property(tries = 300)
    void id_oneCharacterTooMany_isNone(@ForAll @IntRange(max = LENGTH) int at, @ForAll char more) {
        String key = format.make(RANDOM);
        assertThat(format.id(key.substring(0, at) + more + key.substring(at))).isNull();
    }

    @Property(tries = 300)
    void id_twoNeighboursSwapped_isNone(@ForAll @IntRange(max = LENGTH - 2) int at) {
        String key = format.make(RANDOM);
        Assume.that(key.charAt(at) != key.charAt(at + 1));
        String swapped = key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
        assertThat(format.id(swapped)).isNull();
    }

    @Property(tries = 500)
    void id_anyText_isNone(@ForAll String text) {
        assertThat(format.id(text)).isNull();
        assertThat(format.id("ag_" + text)).isNull();
    }

    @Test
    void id_cutAnywhere_isNone() {
        String key = format.make(RANDOM);
        for (int i = 0; i < key.length(); i++) {
            assertThat(format.id(key.substring(0, i))).isNull();
            assertThat(format.id(key.substring(i + 1))).isNull();
        }
    }

    @Test
    void make_manyKeys_areAllDifferent() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(format.id(format.make(RANDOM)));
        }
        assertThat(ids).hasSize(1000).doesNotContainNull();
    }
}
