package io.apiguard.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;

/**
 * What an {@link AsyncAuditSink} writes to; it is called by one thread at a time and may block.
 *
 * <p>A writer that throws has lost the event it was given, and nothing else.
 */
public interface AuditWriter {

    /**
     * Writes an event, or keeps it in a buffer.
     *
     * @param event the event
     * @throws IOException if it cannot be written
     */
    void write(AuditEvent event) throws IOException;

    /**
     * Hands on what is in the buffer; what cannot be handed on stays there.
     *
     * @throws IOException if not all can be handed on
     */
    void flush() throws IOException;

    /**
     * Flushes and lets go of what the writer holds.
     *
     * @throws IOException if not all was written; the rest is lost
     */
    void close() throws IOException;

    /**
     * Tells how many events are in the buffer.
     *
     * @return the number of events that {@link #write} took and that are not handed on yet
     */
    int buffered();

    /**
     * Writes one line of JSON per event to the logger {@code io.apiguard.audit} at INFO.
     *
     * @return the writer
     */
    static AuditWriter toLogger() {
        return new LoggerWriter();
    }

    /**
     * Appends one line of JSON per event, in UTF-8, to a file, which is made if it is not there.
     *
     * @param file the file
     * @return the writer
     * @throws IOException if the file cannot be opened
     */
    static AuditWriter toFile(Path file) throws IOException {
        return ChannelWriter.appendingTo(file);
    }

    /**
     * Writes one line of JSON per event, in UTF-8, to a stream, which is closed with the writer unless it is a standard one.
     *
     * @param stream the stream
     * @return the writer
     */
    static AuditWriter toStream(OutputStream stream) {
        boolean standard = stream == System.out || stream == System.err;
        return new ChannelWriter(Channels.newChannel(stream), !standard);
    }
}
