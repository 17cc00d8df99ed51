package io.minimalcluster.master.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MaintenanceSchedulerTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(MaintenanceScheduler.class);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private MaintenanceScheduler scheduler = new MaintenanceScheduler(List.of());

    private void start(MaintenanceTask... tasks) {
        scheduler = new MaintenanceScheduler(List.of(tasks));
        scheduler.start();
    }

    @BeforeEach
    void recordLog() {
        logged.start();
        LOGGER.addAppender(logged);
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(logged);
        released.countDown();
        scheduler.stop();
    }

    @Test
    void intervalSeparatesTheEndOfATickFromTheNextTick() throws InterruptedException {
        List<Long> ends = new CopyOnWriteArrayList<>();
        List<Long> pauses = new CopyOnWriteArrayList<>();
        CountDownLatch ticks = new CountDownLatch(3);
        ends.add(System.nanoTime());
        start(new TestTask(INTERVAL, () -> {
            pauses.add(System.nanoTime() - ends.getLast());
            ticks.countDown();
            ends.add(System.nanoTime());
        }));
        ticks.await();
        assertThat(pauses).allMatch(pause -> pause >= INTERVAL.toNanos());
    }

    @Test
    void failuresStopNeitherTheirTaskNorOthers() throws InterruptedException {
        CountDownLatch broken = new CountDownLatch(3);
        CountDownLatch postponed = new CountDownLatch(3);
        CountDownLatch healthy = new CountDownLatch(3);
        start(
                new TestTask(Duration.ZERO, () -> {
                    broken.countDown();
                    throw new AssertionError("broken");
                }),
                new TestTask(Duration.ZERO, () -> {
                    postponed.countDown();
                    throw new Unavailable("outage", Duration.ZERO);
                }),
                new TestTask(Duration.ZERO, healthy::countDown));
        broken.await();
        postponed.await();
        healthy.await();
        scheduler.stop();
        assertThat(logged.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)))
                .isNotEmpty()
                .allMatch(event -> event.getFormattedMessage().equals("event=maintenance.failed task=TestTask")
                        && event.getThrowableProxy().getMessage().equals("broken"));
    }

    @Test
    void blockedTickDoesNotDelayOtherTasks() throws InterruptedException {
        CountDownLatch ticks = new CountDownLatch(3);
        TestTask blocked = new TestTask(Duration.ZERO, this::awaitReleased);
        start(blocked, blocked, new TestTask(Duration.ZERO, ticks::countDown));
        ticks.await();
    }

    @Test
    void stopInterruptsARunningTickAndWaitsForItsEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        start(new TestTask(Duration.ZERO, () -> {
            begun.countDown();
            awaitReleased();
            ended.set(true);
        }));
        begun.await();
        scheduler.stop();
        assertThat(ended).isTrue();
        assertThat(scheduler.isRunning()).isFalse();
    }

    @Test
    void stopReturnsAlthoughATickIgnoresTheInterrupt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        start(new TestTask(Duration.ZERO, () -> {
            begun.countDown();
            while (released.getCount() > 0) {
                awaitReleased();
            }
            ended.set(true);
        }));
        begun.await();
        scheduler.stop();
        assertThat(ended).isFalse();
    }

    private void awaitReleased() {
        try {
            released.await();
        } catch (InterruptedException _) {
            // the tick ends
        }
    }

    private record TestTask(Duration initialDelay, Runnable work) implements MaintenanceTask {
        @Override
        public Duration interval() {
            return INTERVAL;
        }

        @Override
        public void tick() {
            work.run();
        }
    }
}
