package io.minimalcluster.worker.report.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ResultBufferTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final UnpostedBytes unpostedBytes = new UnpostedBytes(4 << 20);

    @Test
    void lastPostHasAllConsecutiveTasks() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONG);
        buffer.add(part(0, 2));
        buffer.add(part(2, 1));
        buffer.finish();
        ResultPost resultPost = buffer.take().orElseThrow();
        assertThat(resultPost.parts()).hasSize(2);
        assertThat(resultPost.end()).isEqualTo(3);
        assertThat(resultPost.last()).isTrue();
    }

    @Test
    void gapBetweenTasksSplitsThePost() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONG);
        buffer.add(part(0, 2));
        buffer.add(part(5, 1));
        buffer.finish();
        assertThat(buffer.take().orElseThrow().last()).isFalse();
        ResultPost second = buffer.take().orElseThrow();
        assertThat(second.parts().getFirst().first()).isEqualTo(5);
        assertThat(second.last()).isTrue();
    }

    @Test
    void largeResultsArePostedWithoutDelay() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONG);
        buffer.add(large(0));
        assertThat(buffer.take().orElseThrow().last()).isFalse();
    }

    @Test
    void delayedResultsArePosted() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, Duration.ofMillis(1));
        buffer.add(part(0, 1));
        assertThat(buffer.take().orElseThrow().last()).isFalse();
    }

    @Test
    void emptyLastPostIsCreated() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONG);
        buffer.finish();
        ResultPost resultPost = buffer.take().orElseThrow();
        assertThat(resultPost.parts()).isEmpty();
        assertThat(resultPost.last()).isTrue();
    }

    @Test
    void addBlocksUntilBytesAreReleased() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONG);
        for (int i = 0; i < 3; i++) {
            buffer.add(large(i));
        }
        CountDownLatch added = new CountDownLatch(1);
        Thread adding = Thread.ofPlatform().start(() -> {
            try {
                buffer.add(large(3));
                added.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (adding.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        buffer.release(buffer.take().orElseThrow());
        added.await();
    }

    @Test
    void dropReleasesTheBytes() throws Exception {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONG);
        for (int i = 0; i < 3; i++) {
            buffer.add(large(i));
        }
        Thread adding = Thread.ofPlatform().start(() -> {
            try {
                buffer.add(large(3));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (adding.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        buffer.drop();
        adding.join();
        assertThat(buffer.take()).isEmpty();
        ResultBuffer other = new ResultBuffer(unpostedBytes, LONG);
        other.add(large(0));
        other.add(large(1));
        other.add(large(2));
    }

    @Test
    void blockWithTheWrongCountIsNotWellFormed() {
        assertThat(part(0, 2).isWellFormed()).isTrue();
        assertThat(block("[1]", 2).isWellFormed()).isFalse();
        assertThat(block("[1],[2]", 2).isWellFormed()).isFalse();
        assertThat(block("[1,2", 2).isWellFormed()).isTrue();
        assertThat(block("", 0).isWellFormed()).isTrue();
    }

    private static OutcomeRange part(int first, int count) {
        return of(first, count, "[" + "7,".repeat(count - 1) + "7]");
    }

    private static OutcomeRange block(String json, int count) {
        return of(0, count, json);
    }

    private static OutcomeRange large(int first) {
        return of(first, 1, "[\"" + "x".repeat(Math.toIntExact(ResultBuffer.POST_BYTES)) + "\"]");
    }

    private static OutcomeRange of(int first, int count, String json) {
        return OutcomeRange.of(new ExecutedPart(first, count, json.getBytes(UTF_8), List.of(), new long[0], List.of()));
    }
}
