package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeaderMemoryTest {

    private final HeaderMemory memory = new HeaderMemory();
    private final AtomicInteger reads = new AtomicInteger();

    private Map<String, Object> read(String text) {
        return memory.header(text, header -> {
            reads.incrementAndGet();
            return Map.of("text", header);
        });
    }

    @Test
    void header_sameTextAgain_isReadOnce() {
        assertThat(read("a")).isEqualTo(read(new String("a"))).containsEntry("text", "a");
        assertThat(reads).hasValue(1);
    }

    /** "Aa" and "BB" have one hash and so one place. */
    @Test
    void header_otherTextInTheSamePlace_isNeverTakenForIt() {
        for (int time = 0; time < 3; time++) {
            assertThat(read("Aa")).containsEntry("text", "Aa");
            assertThat(read("BB")).containsEntry("text", "BB");
        }
        assertThat(reads).hasValue(6);
    }

    @Test
    void header_moreTextsThanPlaces_areAllReadRight() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(read("header" + i)).containsEntry("text", "header" + i);
        }
    }

    @Test
    void header_longerThanIsRemembered_isReadEachTime() {
        read("a".repeat(1024));
        read("a".repeat(1024));
        assertThat(reads).hasValue(1);
        read("a".repeat(1025));
        read("a".repeat(1025));
        assertThat(reads).hasValue(3);
    }

    @Test
    void header_refusedOne_isRefusedAgain() {
        for (int time = 0; time < 2; time++) {
            for (String header : new String[] {"{\"alg\":\"RS256\",\"crit\":[]}", "{\"typ\":\"JWT\"}", "[]"}) {
                String token = Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + ".e30.AA";
                assertThatThrownBy(() -> CompactJws.parse(token)).isInstanceOf(Malformed.class);
            }
        }
    }
}
