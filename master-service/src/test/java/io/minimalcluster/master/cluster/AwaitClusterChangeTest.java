package io.minimalcluster.master.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.cluster.AwaitClusterChange.Figures;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.TestLongRunningRequests;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.job.TaskCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class AwaitClusterChangeTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final JobSubscriptions subscriptions = new JobSubscriptions();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    private AwaitClusterChange changes(Supplier<ClusterView> reader, LongSupplier nanoTime) {
        return new AwaitClusterChange(
                reader, subscriptions, TestLongRunningRequests.open(), new JsonMapper(), nanoTime);
    }

    private static ClusterView view(int workers) {
        return new ClusterView(
                "1", 1, workers, 0, 0, new ClusterView.Jobs(0, 0, 0, 0, 0, 0), new TaskCounts(0, 0, 0, 0, 0, 0), 0, 0);
    }

    /** Figures of one worker for two reads, and then of two workers. */
    private ClusterView changing() {
        return view(reads.incrementAndGet() <= 2 ? 1 : 2);
    }

    /** A clock that goes forward by two seconds at each look, so that no wait blocks. */
    private long stepping() {
        return nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"a\", %s, \"b\"", "\"a\",W/%s"})
    void callWaitsWhileItHasTheFiguresUnderAnyOfItsTags(String tags) {
        AwaitClusterChange changes = changes(this::changing, this::stepping);
        String known = tags.formatted(changes.now().etag());

        Figures other = changes.await(known, LONG);

        assertThat(other.view().workers()).isEqualTo(2);
        assertThat(reads).hasValue(3);
    }

    @Test
    void callThatKnowsAnyFiguresWaitsToTheEnd() {
        AwaitClusterChange changes = changes(this::changing, this::stepping);

        changes.await("*", LONG);

        assertThat(nanos.get()).isGreaterThan(LONG.toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"", "\"other\"", "W/\"other\""})
    void callWithoutTheFiguresDoesNotWait(String tags) {
        AwaitClusterChange changes = changes(this::changing, this::stepping);

        assertThat(changes.await(tags, LONG).view().workers()).isEqualTo(1);
    }

    @Test
    void slowReadDoesNotReplaceLaterFigures() {
        List<AwaitClusterChange> changes = new ArrayList<>();
        changes.add(changes(
                () -> {
                    int read = reads.incrementAndGet();
                    if (read == 1) {
                        changes.getFirst().now(); // begins later and ends before
                    }
                    return view(read);
                },
                nanos::incrementAndGet));

        assertThat(changes.getFirst().now().view().workers()).isEqualTo(2);
        assertThat(changes.getFirst().await("\"other\"", LONG).view().workers()).isEqualTo(2);
    }

    @Test
    void waitingCallsReadAtMostOnceASecond() {
        AwaitClusterChange changes = changes(() -> view(reads.incrementAndGet()), nanos::get);
        assertThat(changes.await("\"other\"", LONG).view().workers()).isEqualTo(1);

        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(changes.await("\"other\"", LONG).view().workers()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(changes.await("\"other\"", LONG).view().workers()).isEqualTo(2);
    }

    @Test
    void shutdownEndsTheWait() {
        AwaitClusterChange changes = changes(() -> view(1), nanos::get);
        String known = changes.now().etag();
        subscriptions.close();

        assertThat(changes.await(known, LONG).etag()).isEqualTo(known);
    }
}
