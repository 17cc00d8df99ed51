package io.minimalcluster.worker.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.worker.executor.ExecutedPart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class OutboxTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Unposted unposted = new Unposted(4 << 20);

    @Test
    void lastPostTakesAllThatFollowsEachOther() throws Exception {
        Outbox outbox = new Outbox(unposted, LONG);
        outbox.add(part(0, 2));
        outbox.add(part(2, 1));
        outbox.finish();
        Post post = outbox.take().orElseThrow();
        assertThat(post.parts()).hasSize(2);
        assertThat(post.end()).isEqualTo(3);
        assertThat(post.last()).isTrue();
    }

    @Test
    void splitsWhereTasksDoNotFollowEachOther() throws Exception {
        Outbox outbox = new Outbox(unposted, LONG);
        outbox.add(part(0, 2));
        outbox.add(part(5, 1));
        outbox.finish();
        assertThat(outbox.take().orElseThrow().last()).isFalse();
        Post second = outbox.take().orElseThrow();
        assertThat(second.parts().getFirst().first()).isEqualTo(5);
        assertThat(second.last()).isTrue();
    }

    @Test
    void postsWhatIsLargeEnoughAtOnce() throws Exception {
        Outbox outbox = new Outbox(unposted, LONG);
        outbox.add(large(0));
        assertThat(outbox.take().orElseThrow().last()).isFalse();
    }

    @Test
    void postsWhatWaitedLongEnough() throws Exception {
        Outbox outbox = new Outbox(unposted, Duration.ofMillis(1));
        outbox.add(part(0, 1));
        assertThat(outbox.take().orElseThrow().last()).isFalse();
    }

    @Test
    void anEmptyLastPostEndsTheLease() throws Exception {
        Outbox outbox = new Outbox(unposted, LONG);
        outbox.finish();
        Post post = outbox.take().orElseThrow();
        assertThat(post.parts()).isEmpty();
        assertThat(post.last()).isTrue();
    }

    @Test
    void whoAddsWaitsForRoomUntilAPostIsThrough() throws Exception {
        Outbox outbox = new Outbox(unposted, LONG);
        for (int i = 0; i < 3; i++) {
            outbox.add(large(i));
        }
        CountDownLatch added = new CountDownLatch(1);
        Thread adding = Thread.ofPlatform().start(() -> {
            try {
                outbox.add(large(3));
                added.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (adding.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        outbox.settled(outbox.take().orElseThrow());
        added.await();
    }

    @Test
    void whoAddsWaitsNoLongerForWhatIsDropped() throws Exception {
        Outbox outbox = new Outbox(unposted, LONG);
        for (int i = 0; i < 3; i++) {
            outbox.add(large(i));
        }
        Thread adding = Thread.ofPlatform().start(() -> {
            try {
                outbox.add(large(3));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (adding.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        outbox.drop();
        adding.join();
        assertThat(outbox.take()).isEmpty();
        Outbox other = new Outbox(unposted, LONG);
        other.add(large(0));
        other.add(large(1));
        other.add(large(2));
    }

    @Test
    void aBlockWithTheWrongCountIsNotWellFormed() {
        assertThat(part(0, 2).isWellFormed()).isTrue();
        assertThat(block("[1]", 2).isWellFormed()).isFalse();
        assertThat(block("[1],[2]", 2).isWellFormed()).isFalse();
        assertThat(block("[1,2", 2).isWellFormed()).isTrue();
        assertThat(block("", 0).isWellFormed()).isTrue();
    }

    private static Outcomes part(int first, int count) {
        return of(first, count, "[" + "7,".repeat(count - 1) + "7]");
    }

    private static Outcomes block(String json, int count) {
        return of(0, count, json);
    }

    private static Outcomes large(int first) {
        return of(first, 1, "[\"" + "x".repeat(Math.toIntExact(Outbox.ENOUGH)) + "\"]");
    }

    private static Outcomes of(int first, int count, String json) {
        return Outcomes.of(new ExecutedPart(first, count, json.getBytes(UTF_8), List.of(), new long[0], List.of()));
    }
}
