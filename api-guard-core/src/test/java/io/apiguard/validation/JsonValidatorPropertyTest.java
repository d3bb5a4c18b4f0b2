package io.apiguard.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Properties of {@link JsonValidator}, in a class of their own because another engine runs them. */
class JsonValidatorPropertyTest {
    private static final JsonLimits WIDE = new JsonLimits(1_000, 1 << 20, 100, 1 << 20, 1 << 20, 1 << 20, 1 << 20);

    @Property(tries = 300)
    void validate_names_refusedExactlyIfTwoAreEqual(
            @ForAll @Size(max = 40) List<@AlphaChars @StringLength(max = 2) String> names) {
        String body =
                names.stream().map(name -> "\"" + name + "\":{\"a\":0}").collect(Collectors.joining(",", "{", "}"));
        Set<String> distinct = new HashSet<>(names);
        assertThat(JsonValidator.of(WIDE).validate(body.getBytes(UTF_8)).isPresent())
                .isEqualTo(distinct.size() < names.size());
    }
}
