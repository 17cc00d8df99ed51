package io.minimalcluster.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final FatalErrors handler = new FatalErrors(ends::incrementAndGet);

    private int endsAfter(String thread, Throwable error) {
        ends.set(0);
        handler.uncaughtException(Thread.ofPlatform().name(thread).unstarted(() -> {}), error);
        return ends.get();
    }

    @Test
    void failedAcceptorOrPollerEndsTheProcess() {
        assertThat(endsAfter("http-nio-127.0.0.1-8080-Poller", new IllegalStateException()))
                .isOne();
        assertThat(endsAfter("http-nio-127.0.0.1-8080-Acceptor", new IllegalStateException()))
                .isOne();
        assertThat(endsAfter("HTTP-Dispatcher", new LinkageError())).isOne();
    }

    @Test
    void failureOfTheJvmInAnyThreadEndsTheProcess() {
        assertThat(endsAfter("any", new OutOfMemoryError())).isOne();
    }

    @Test
    void otherFailureDoesNotEndTheProcess() {
        assertThat(endsAfter("any", new IllegalStateException())).isZero();
        assertThat(endsAfter("any", new StackOverflowError())).isZero();
    }
}
