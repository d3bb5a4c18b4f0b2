package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7515 section 2, RFC 4648 sections 3.5 and 5. */
class Base64UrlTest {

    @Property
    void decode_whatWasEncoded_isTheSame(@ForAll byte[] bytes) {
        assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
    }

    @Property
    void decode_anyText_isRefusedOrCanonical(@ForAll @CharRange(from = '+', to = 'z') String text) {
        try {
            byte[] bytes = Base64Url.decode(text);
            assertThat(Base64Url.encode(bytes)).isEqualTo(text);
            assertThat(Base64.getUrlDecoder().decode(text)).isEqualTo(bytes);
        } catch (Malformed e) {
            assertThat(e.getStackTrace()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "AA=",
                "AA==",
                "AA ",
                " AA",
                "A\nA",
                "A+",
                "A/",
                "AB",
                "AAB",
                "A.",
                "\u0391A",
                "A\u00ff",
                "=",
                "\ud83d\ude00"
            })
    void decode_notCanonical_isRefused(String text) {
        assertThatThrownBy(() -> Base64Url.decode(text)).isInstanceOf(Malformed.class);
    }

    /** Long enough for what decodes many characters at once. */
    @Test
    void decode_oneForeignCharacterInALongText_isRefusedWhateverAndWhereverItIs() {
        String good = "Az09-_".repeat(40);
        for (int character = 0; character < 0x300; character++) {
            if ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(character) >= 0) {
                continue;
            }
            for (int at = 0; at < good.length(); at += 7) {
                String bad = good.substring(0, at) + (char) character + good.substring(at + 1);
                assertThatThrownBy(() -> Base64Url.decode(bad)).isInstanceOf(Malformed.class);
            }
        }
    }

    @Test
    void decode_partOfAText_looksAtThatPartAlone() {
        assertThat(Base64Url.decode("=.QUI.=", 2, 5)).isEqualTo(new byte[] {'A', 'B'});
        assertThat(Base64Url.decode("=.QUI.=", 2, 2)).isEmpty();
        assertThatThrownBy(() -> Base64Url.decode("=.QUI.=", 2, 6)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "AAA", "AAAA", "_-8", "__8"})
    void decode_canonical_isRead(String text) {
        assertThat(Base64Url.encode(Base64Url.decode(text))).isEqualTo(text);
    }
}
