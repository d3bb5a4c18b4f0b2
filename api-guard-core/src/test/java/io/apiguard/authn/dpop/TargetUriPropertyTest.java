package io.apiguard.authn.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class TargetUriPropertyTest {

    /** What is normal stays as it is. */
    @Property(tries = 500)
    void parse_normalForm_staysTheSame(
            @ForAll
                    @Chars({'/', '.', '%', '2', 'e', 'F', '6', '?', '#', ':', '@', 'a', 'Z', '\u00e9'})
                    @StringLength(max = 20)
                    String rest) {
        TargetUri uri = TargetUri.parse("https://api.example.com" + rest);
        if (uri != null && !uri.text().contains("%")) {
            assertThat(TargetUri.parse(uri.text())).isEqualTo(uri);
        }
    }

    @Property(tries = 500)
    void parse_anyText_isReadOrRefused(@ForAll String text) {
        TargetUri uri = TargetUri.parse(text);
        assertThat(uri == null || uri.text().startsWith("http")).isTrue();
    }
}
