package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 71, 72, 73, 1000})
    void isFieldValue_visibleAsciiSpaceTab_isOne(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + i % ('~' - ' ' + 1)));
        }

        assertThat(Syntax.isFieldValue(text.toString())).isTrue();
        assertThat(Syntax.isFieldValue(text.append('\t').toString())).isTrue();
    }

    @Test
    void isFieldValue_anyOtherCharacterAnywhere_isNone() {
        for (int length : new int[] {1, 64, 65, 77, 80}) {
            for (char other = 0; other <= 0x120; other++) {
                if (other == '\t' || other >= ' ' && other <= '~') {
                    continue;
                }
                for (int at = 0; at < length; at++) {
                    String text = "~ ".repeat(length).substring(0, at)
                            + other
                            + " ~".repeat(length).substring(at + 1, length);
                    assertThat(Syntax.isFieldValue(text))
                            .as("%x at %d of %d", (int) other, at, length)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void isFieldValue_tabBesideAnotherControlCharacter_isNone() {
        assertThat(Syntax.isFieldValue("x".repeat(64) + "\t\n")).isFalse();
        assertThat(Syntax.isFieldValue("x".repeat(64) + "\ud83d\ude00")).isFalse();
    }
}
