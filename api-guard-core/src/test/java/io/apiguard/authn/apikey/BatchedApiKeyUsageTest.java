package io.apiguard.authn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

class BatchedApiKeyUsageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ApiKeyRepository repository = mock(ApiKeyRepository.class);
    private final ScheduledExecutorService scheduler = mock(ScheduledExecutorService.class);
    private final BatchedApiKeyUsage usage = BatchedApiKeyUsage.start(repository, scheduler, Duration.ofSeconds(30), 2);

    private void due() {
        ArgumentCaptor<Runnable> task = ArgumentCaptor.forClass(Runnable.class);
        verify(scheduler, org.mockito.Mockito.atLeastOnce()).schedule(task.capture(), anyLong(), any());
        task.getValue().run();
    }

    @Test
    void used_manyTimes_isWrittenOnceByTheScheduler() {
        usage.used("a", NOW);
        usage.used("a", NOW.plusMillis(999));
        usage.used("a", NOW.plusSeconds(5));
        usage.used("b", NOW);
        verify(repository, never()).touch(any());
        due();
        verify(repository).touch(Map.of("a", NOW.plusSeconds(5), "b", NOW));
        verify(scheduler, times(2))
                .schedule(
                        any(Runnable.class),
                        org.mockito.Mockito.eq(30_000L),
                        org.mockito.Mockito.eq(TimeUnit.MILLISECONDS));
        assertThat(usage.waiting()).isZero();
    }

    @Test
    void used_outOfOrder_keepsTheLater() {
        usage.used("a", NOW.plusSeconds(5));
        usage.used("a", NOW);
        usage.flush();
        verify(repository).touch(Map.of("a", NOW.plusSeconds(5)));
    }

    @Test
    void used_noRoom_isLostAndCounted() {
        usage.used("a", NOW);
        usage.used("b", NOW);
        usage.used("c", NOW);
        usage.used("a", NOW.plusSeconds(1));
        assertThat(usage.lost()).isEqualTo(1);
        assertThat(usage.waiting()).isEqualTo(2);
    }

    @Test
    void flush_nothingUsed_writesNothing() {
        assertThat(usage.flush()).isTrue();
        verify(repository, never()).touch(any());
    }

    @Test
    void flush_repositoryFails_triesAgainWithTheNext() {
        doThrow(new IllegalStateException("down")).doNothing().when(repository).touch(any());
        usage.used("a", NOW);
        due();
        assertThat(usage.waiting()).isEqualTo(1);
        usage.used("a", NOW.plusSeconds(9));
        due();
        verify(repository).touch(Map.of("a", NOW.plusSeconds(9)));
        assertThat(usage.lost()).isZero();
    }

    @Test
    void close_writesWhatIsLeftAndEnds() {
        usage.used("a", NOW);
        usage.close();
        verify(repository).touch(Map.of("a", NOW));
        usage.used("b", NOW);
        due();
        verify(repository, times(1)).touch(any());
        verify(scheduler, times(1)).schedule(any(Runnable.class), anyLong(), any());
        assertThat(usage.lost()).isEqualTo(1);
    }

    @Test
    void close_repositoryFails_countsWhatIsLost() {
        doThrow(new IllegalStateException("down")).when(repository).touch(any());
        usage.used("a", NOW);
        usage.used("b", NOW);
        usage.close();
        assertThat(usage.lost()).isEqualTo(2);
        assertThat(usage.waiting()).isZero();
    }

    @Test
    void start_schedulerShutDown_stillWritesOnClose() {
        when(scheduler.schedule(any(Runnable.class), anyLong(), any())).thenThrow(new RejectedExecutionException());
        BatchedApiKeyUsage late = BatchedApiKeyUsage.start(repository, scheduler, Duration.ofSeconds(1), 1);
        late.used("a", NOW);
        late.close();
        verify(repository).touch(Map.of("a", NOW));
    }

    @ParameterizedTest
    @CsvSource({"PT0.999S,1", "PT1H0.001S,1", "PT1S,0", "PT1S,1000001"})
    void start_outOfBounds_isRefused(Duration every, int maximum) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchedApiKeyUsage.start(repository, scheduler, every, maximum));
    }
}
