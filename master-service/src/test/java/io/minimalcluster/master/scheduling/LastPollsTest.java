package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastPollsTest {
    private static final WorkerId WORKER = new WorkerId("worker-1");
    private static final LeaseId LEASE = new LeaseId("lease-1");
    private static final long NOTIFICATIONS = 7;
    private static final long TIME = 1_000_000;

    private final AtomicLong now = new AtomicLong(TIME);
    private final LastPolls lastPolls = new LastPolls(() -> Instant.ofEpochMilli(now.get()));

    @BeforeEach
    void search() {
        search(true);
    }

    private void search(boolean isExhaustive) {
        lastPolls.arrived(WORKER, "first");
        lastPolls.searched(
                WORKER,
                new LastPolls.Search(
                        Set.of(LEASE),
                        isExhaustive,
                        new WorkerCapabilities(Map.of(), false, 0),
                        20,
                        NOTIFICATIONS,
                        TIME));
    }

    private boolean isAnswered(PollRequest request) {
        return lastPolls.stillValid(WORKER, request, NOTIFICATIONS).isPresent();
    }

    private static PollRequest poll(String id, int slots, LeaseId... held) {
        return new PollRequest(id, slots, List.of(held));
    }

    @Test
    void nextPollWithTheSameLeasesIsAnswered() {
        assertThat(isAnswered(poll("next", 1, LEASE))).isTrue();
        assertThat(isAnswered(poll("next", 0, LEASE))).isTrue();
    }

    @Test
    void repeatedPollIsNot() {
        assertThat(isAnswered(poll("first", 1, LEASE))).isFalse();
    }

    @Test
    void pollWithOtherLeasesIsNot() {
        assertThat(isAnswered(poll("next", 1))).isFalse();
        assertThat(isAnswered(poll("next", 1, new LeaseId("lease-2")))).isFalse();
        assertThat(isAnswered(poll("next", 1, LEASE, new LeaseId("lease-2")))).isFalse();
    }

    @Test
    void pollOfAnotherWorkerIsNot() {
        assertThat(lastPolls.stillValid(new WorkerId("worker-2"), poll("next", 1, LEASE), NOTIFICATIONS))
                .isEmpty();
    }

    @Test
    void pollAfterANotificationIsNot() {
        assertThat(lastPolls.stillValid(WORKER, poll("next", 1, LEASE), NOTIFICATIONS + 1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 200, 3_600_000})
    void pollLaterOrAfterAClockJumpIsNot(long millis) {
        now.addAndGet(millis);

        assertThat(isAnswered(poll("next", 1, LEASE))).isFalse();
    }

    @Test
    void afterASearchThatLeftWorkOnlyAPollWithoutSlotsIs() {
        search(false);

        assertThat(isAnswered(poll("next", 1, LEASE))).isFalse();
        assertThat(isAnswered(poll("next", 0, LEASE))).isTrue();
    }

    /** A hostile worker can take many leases, under many registrations. */
    @Test
    void searchWithManyLeasesIsNotKept() {
        List<LeaseId> held =
                IntStream.range(0, 65).mapToObj(i -> new LeaseId("lease-" + i)).toList();
        lastPolls.leasesChanged(WORKER);
        lastPolls.searched(
                WORKER,
                new LastPolls.Search(
                        Set.copyOf(held), true, new WorkerCapabilities(Map.of(), false, 0), 20, NOTIFICATIONS, TIME));

        assertThat(isAnswered(new PollRequest("next", 1, held))).isFalse();
    }

    @Test
    void changedLeasesAndForgettingEndTheValidity() {
        lastPolls.leasesChanged(WORKER);
        assertThat(isAnswered(poll("next", 1, LEASE))).isFalse();
        assertThat(lastPolls.requestOf(WORKER)).isEqualTo("first");

        search();
        lastPolls.forget(WORKER);
        assertThat(isAnswered(poll("next", 1, LEASE))).isFalse();
        assertThat(lastPolls.requestOf(WORKER)).isNull();
    }
}
