package io.apiguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.audit.AuditDrops.Cause;
import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AsyncAuditSinkTest {

    private final List<GuardEvent> reports = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Instant> now = new AtomicReference<>(AuditEvents.NOW);
    private final InstantSource clock = now::get;

    /** Keeps what it is given; can be held up and made to fail. */
    private static final class TestWriter implements AuditWriter {
        final List<String> written = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        boolean held;
        volatile boolean failing;
        volatile boolean closed;

        @Override
        public void write(AuditEvent event) throws IOException {
            entered.countDown();
            if (held) {
                await(released);
            }
            if (failing) {
                throw new IOException("disk full");
            }
            written.add(event.exchangeId());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public int buffered() {
            return 0;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private AsyncAuditSink sink(AuditWriter writer, int queueSize) {
        return AsyncAuditSink.start(writer, queueSize, reports::add, clock);
    }

    @Test
    void close_eventsWaiting_writesThemAllInOrder() {
        TestWriter writer = new TestWriter();
        AsyncAuditSink sink = sink(writer, 1000);
        for (int i = 0; i < 500; i++) {
            sink.accept(AuditEvents.event("e" + i));
        }
        sink.close();
        assertThat(writer.written).hasSize(500).startsWith("e0", "e1").endsWith("e499");
        assertThat(writer.closed).isTrue();
        assertThat(sink.dropped()).isZero();
        assertThat(reports).isEmpty();
    }

    @Test
    void accept_manyThreads_losesNothingAndCountsEveryDrop() throws Exception {
        TestWriter writer = new TestWriter();
        AsyncAuditSink sink = sink(writer, 64);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5000; i++) {
                    sink.accept(AuditEvents.event("e"));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sink.close();
        assertThat(writer.written.size() + sink.dropped()).isEqualTo(20_000);
        assertThat(sink.waiting()).isZero();
    }

    @Test
    void accept_queueFull_dropsAndReportsOnceInTenSeconds() {
        TestWriter writer = new TestWriter();
        writer.held = true;
        AsyncAuditSink sink = sink(writer, 4);
        sink.accept(AuditEvents.event("first"));
        await(writer.entered);
        for (int i = 0; i < 7; i++) {
            sink.accept(AuditEvents.event("e" + i));
        }
        assertThat(sink.dropped(Cause.QUEUE_FULL)).isEqualTo(3);
        assertThat(reports).extracting(GuardEvent::name).containsExactly("audit.dropped");
        assertThat(reports.get(0).attributes()).containsEntry("dropped", "1");
        now.set(AuditEvents.NOW.plusMillis(9_999));
        sink.accept(AuditEvents.event("x"));
        assertThat(reports).hasSize(1);
        now.set(AuditEvents.NOW.plusSeconds(10));
        sink.accept(AuditEvents.event("y"));
        assertThat(reports.get(1).attributes()).containsEntry("dropped", "4").containsEntry("total.queue_full", "5");
        writer.released.countDown();
        sink.close();
        assertThat(writer.written).containsExactly("first", "e0", "e1", "e2", "e3");
    }

    @Test
    void accept_writerFails_countsAndGoesOn() {
        TestWriter writer = new TestWriter();
        writer.failing = true;
        writer.held = true;
        AsyncAuditSink sink = sink(writer, 16);
        sink.accept(AuditEvents.event("lost"));
        await(writer.entered);
        writer.released.countDown();
        while (sink.dropped(Cause.WRITE_FAILED) == 0) {
            Thread.onSpinWait();
        }
        writer.failing = false;
        sink.accept(AuditEvents.event("kept"));
        sink.close();
        assertThat(writer.written).containsExactly("kept");
        assertThat(reports.get(0).severity()).isEqualTo(GuardEvent.Severity.ERROR);
        assertThat(reports.get(0).toString()).doesNotContain("disk full");
    }

    @Test
    void close_writerHangs_returnsInTimeAndReportsWhatIsLeft() {
        TestWriter writer = new TestWriter();
        writer.held = true;
        AsyncAuditSink sink = sink(writer, 16);
        sink.accept(AuditEvents.event("a"));
        await(writer.entered);
        sink.accept(AuditEvents.event("b"));
        sink.accept(AuditEvents.event("c"));
        sink.close(Duration.ofMillis(1));
        assertThat(sink.dropped(Cause.CLOSED)).isEqualTo(2);
        assertThat(reports.get(reports.size() - 1).attributes()).containsEntry("total.closed", "2");
        writer.released.countDown();
    }

    @Test
    void accept_afterClose_isCounted() {
        AsyncAuditSink sink = sink(new TestWriter(), 16);
        sink.close();
        sink.close();
        sink.accept(AuditEvents.event("late"));
        assertThat(sink.dropped(Cause.CLOSED)).isEqualTo(1);
        assertThat(reports).hasSize(1);
    }

    @Test
    void start_queueSizeOutOfBounds_isRefused() {
        assertThatThrownBy(() -> sink(new TestWriter(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sink(new TestWriter(), (1 << 20) + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toFile_idleSink_flushesByItself(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("audit.log");
        AsyncAuditSink sink = AsyncAuditSink.start(AuditWriter.toFile(file), 16, GuardListener.none(), clock);
        sink.accept(AuditEvents.event("one"));
        while (Files.size(file) == 0) {
            Thread.onSpinWait();
        }
        sink.accept(AuditEvents.event("two"));
        sink.close();
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void toFile_halfALineLeftByACrash_startsANewOne(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("audit.log"), "{\"time\":\"20");
        AuditWriter writer = AuditWriter.toFile(file);
        writer.write(AuditEvents.event("one"));
        writer.close();
        assertThat(Files.readAllLines(file)).hasSize(2).element(1).asString().startsWith("{\"time\":\"2030");
        AuditWriter again = AuditWriter.toFile(file);
        again.write(AuditEvents.event("two"));
        again.close();
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void toFile_thatCannotBeOpened_isAnError(@TempDir Path dir) {
        assertThatThrownBy(() -> AuditWriter.toFile(dir.resolve("none/audit.log")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void toStream_hostileText_isUtf8Lines() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditWriter writer = AuditWriter.toStream(out);
        for (int i = 0; i < 200; i++) {
            writer.write(AuditEvents.filledWith("é\r\n\ud800" + i));
        }
        assertThat(out.size()).as("still in the buffer").isZero();
        assertThat(writer.buffered()).isEqualTo(200);
        for (int i = 0; i < 2000; i++) {
            writer.write(AuditEvents.filledWith("é" + i));
        }
        assertThat(out.size()).as("a full buffer is handed on").isPositive();
        writer.close();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2200).allMatch(line -> line.endsWith("}"));
        assertThat(writer.buffered()).isZero();
    }

    @Test
    void onlyRefusals_permitted_isNotRecorded() {
        RecordingAuditSink recording = RecordingAuditSink.ofLatest(2);
        AuditSink sink = recording.onlyRefusals();
        for (AuditEvent.Outcome outcome : AuditEvent.Outcome.values()) {
            sink.accept(AuditEvents.event(outcome.name(), outcome));
        }
        assertThat(recording.events()).extracting(AuditEvent::exchangeId).containsExactly("REPORTED", "ERROR");
    }
}
