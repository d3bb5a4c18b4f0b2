package io.apiguard.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes lines through a buffer. A line that was taken stays in the buffer until the channel has taken all of it. */
final class ChannelWriter implements AuditWriter {

    /** More than the longest line: 32 texts of 1,024 characters, each of at most six bytes. */
    private static final int CAPACITY = 256 * 1024;

    private final WritableByteChannel channel;
    private final boolean closes;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
    private final LineEncoder line = new LineEncoder();
    private int lines;

    ChannelWriter(WritableByteChannel channel, boolean closes) {
        this.channel = channel;
        this.closes = closes;
    }

    static ChannelWriter appendingTo(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        ChannelWriter writer = new ChannelWriter(channel, true);
        if (!endsInLineBreak(file)) {
            writer.buffer.put((byte) '\n');
        }
        return writer;
    }

    /** A process that died while it wrote may have left half a line, which must not swallow the next. */
    private static boolean endsInLineBreak(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() == 0 || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
        }
    }

    @Override
    public void write(AuditEvent event) throws IOException {
        line.encode(event);
        if (line.length() >= buffer.remaining()) {
            flush();
        }
        buffer.put(line.bytes(), 0, line.length()).put((byte) '\n');
        lines++;
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            buffer.compact();
            lines = countLines();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            if (closes) {
                channel.close();
            }
        }
    }

    @Override
    public int buffered() {
        return lines;
    }

    private int countLines() {
        int count = 0;
        for (int i = 0; i < buffer.position(); i++) {
            count += buffer.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }
}
