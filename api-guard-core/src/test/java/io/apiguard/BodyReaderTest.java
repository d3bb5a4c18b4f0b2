package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.BodyReader.Body;
import io.apiguard.BodyReader.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final BodyReader reader = new BodyReader((InstantSource) () -> now, Duration.ofSeconds(30), 100_000);

    @Test
    void read_exactlyTheBound_isComplete() {
        Body body = reader.read(new ByteArrayInputStream(new byte[20_000]), 20_000);

        assertThat(body.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(body.bytes()).hasSize(20_000);
        assertThat(reader.inUse()).isEqualTo(20_000);
    }

    @Test
    void read_oneByteMore_isTooLargeAndReadNoFurther() {
        ByteArrayInputStream endless = new ByteArrayInputStream(new byte[90_000]);

        Body body = reader.read(endless, 20_000);

        assertThat(body.outcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(endless.available()).isEqualTo(90_000 - 20_001);
    }

    @Test
    void read_budgetSpentByOthers_hasNoRoomUntilTheyFree() {
        Body first = reader.read(new ByteArrayInputStream(new byte[90_000]), 100_000);
        Body second = reader.read(new ByteArrayInputStream(new byte[20_000]), 100_000);

        assertThat(second.outcome()).isEqualTo(Outcome.NO_ROOM);
        reader.free(second.reserved());
        reader.free(first.reserved());
        assertThat(reader.inUse()).isZero();
        assertThat(reader.read(new ByteArrayInputStream(new byte[20_000]), 100_000)
                        .outcome())
                .isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void read_tricklingBody_isTooSlowAfterTheDeadline() {
        InputStream trickle = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("reads in blocks");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                now = now.plusSeconds(10);
                target[offset] = '1';
                return 1;
            }
        };

        Body body = reader.read(trickle, 1000);

        assertThat(body.outcome()).isEqualTo(Outcome.TOO_SLOW);
        assertThat(body.bytes()).hasSize(4);
    }

    @Test
    void read_connectionBreaks_isBrokenWithWhatWasRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };

        assertThat(reader.read(broken, 1000).outcome()).isEqualTo(Outcome.BROKEN);
    }
}
