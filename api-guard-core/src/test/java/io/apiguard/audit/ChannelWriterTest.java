package io.apiguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChannelWriterTest {

    /** Takes a few bytes at a time, and fails when told to. */
    private static final class Reluctant implements WritableByteChannel {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int room = Integer.MAX_VALUE;
        boolean open = true;

        @Override
        public int write(ByteBuffer source) throws IOException {
            int taken = Math.min(Math.min(7, room), source.remaining());
            if (taken == 0) {
                throw new IOException("full");
            }
            for (int i = 0; i < taken; i++) {
                out.write(source.get());
            }
            room -= taken;
            return taken;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    @Test
    void flush_channelFailsHalfway_goesOnWhereItStopped() throws IOException {
        Reluctant channel = new Reluctant();
        ChannelWriter writer = new ChannelWriter(channel, true);
        writer.write(AuditEvents.event("a"));
        writer.write(AuditEvents.event("b"));
        channel.room = AuditLine.of(AuditEvents.event("a")).length() + 10;
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
        assertThat(writer.buffered()).isEqualTo(1);
        channel.room = Integer.MAX_VALUE;
        writer.close();
        assertThat(channel.out.toString(StandardCharsets.UTF_8))
                .isEqualTo(AuditLine.of(AuditEvents.event("a")) + "\n" + AuditLine.of(AuditEvents.event("b")) + "\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void write_bufferFullAndChannelDown_losesTheNewEventOnly() throws IOException {
        Reluctant channel = new Reluctant();
        channel.room = 0;
        ChannelWriter writer = new ChannelWriter(channel, true);
        int written = 0;
        try {
            for (; ; written++) {
                writer.write(AuditEvents.filledWith("x".repeat(1000)));
            }
        } catch (IOException e) {
            assertThat(writer.buffered()).isEqualTo(written);
        }
        channel.room = Integer.MAX_VALUE;
        writer.flush();
        assertThat(channel.out.toString(StandardCharsets.UTF_8).lines()).hasSize(written);
    }
}
