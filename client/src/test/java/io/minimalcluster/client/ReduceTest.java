package io.minimalcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.minimalcluster.client.reduce.Reduction;
import io.minimalcluster.client.reduce.ReductionFailedException;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.MaxFailures;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReduceTest extends ClusterFixture {
    private void awaitCall(String call) {
        while (!master.calls().contains(call)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void reducedValueHasItsType() {
        List<Long> list = List.of(3L, 1L, 2L);

        long sum = function("square").reduce(Reduction.sum(), list);
        int narrow = function("square").reduce(Reduction.sum(Integer.class), list);
        long count = function("square").reduce(Reduction.count(), list);
        OptionalDouble mean = function("square").reduce(Reduction.mean(), list);

        assertThat(sum).isEqualTo(14);
        assertThat(narrow).isEqualTo(14);
        assertThat(count).isEqualTo(3);
        assertThat(mean).hasValue(14 / 3.0);
        assertThat(function("square").reduce(Reduction.min(), list)).contains(1L);
        assertThat(function("square").reduce(Reduction.max(), list)).contains(9L);
        assertThat(function("square").reduce(Reduction.method("add"), list)).contains(14L);
    }

    @Test
    void argumentsMayBeAStream() {
        assertThat(function("square").reduce(Reduction.sum(), Stream.of(3L, 4L)))
                .isEqualTo(25);
    }

    @Test
    void withoutArgumentsSumAndCountAreZeroAndOthersEmpty() {
        assertThat(function("square").reduce(Reduction.sum(), List.of())).isZero();
        assertThat(function("square").reduce(Reduction.count(), List.of())).isZero();
        assertThat(function("square").reduce(Reduction.max(), List.of())).isEmpty();
        assertThat(function("square").reduce(Reduction.mean(), List.of())).isEmpty();
        assertThat(function("square").reduce(Reduction.method("add"), List.of()))
                .isEmpty();
    }

    @Test
    void noValuesAreReadAndNothingIsCancelled() {
        assertThat(function("square").reduce(Reduction.sum(), List.of(2L))).isEqualTo(4);

        assertThat(calls("/results") + calls("/values")).isZero();
        assertThat(calls("/cancel")).isZero();
    }

    @Test
    void jobIsOneWithoutFailures() {
        function("square").named("sum of squares").reduce(Reduction.sum(), List.of(2L));
        assertThat(master.lastPosted().path("name").asString()).isEqualTo("sum of squares");
        assertThat(master.lastPosted().path("maxFailures").asString()).isEqualTo("0");

        function("square")
                .options(all -> all.maxFailures(new MaxFailures(10, true)))
                .reduce(Reduction.sum(), List.of(2L));
        assertThat(master.lastPosted().path("maxFailures").asString()).isEqualTo("10%");
    }

    @Test
    void failedTaskIsRaised() {
        assertThatThrownBy(() -> function("half").reduce(Reduction.sum(), List.of(2L, 3L, 5L)))
                .asInstanceOf(throwable(TaskFailedException.class))
                .satisfies(failed -> {
                    assertThat(failed.job()).isEqualTo(new JobId("job-1"));
                    assertThat(failed.index()).isEqualTo(1);
                    assertThat(failed.argument()).isEqualTo(3L);
                    assertThat(failed.kind()).isEqualTo(ErrorKind.EXCEPTION);
                });
    }

    @Test
    void failedReductionIsRaised() {
        assertThatThrownBy(() -> function("square").reduce(Reduction.method("overflow"), List.of(2L)))
                .asInstanceOf(throwable(ReductionFailedException.class))
                .satisfies(failed -> assertThat(failed.job()).isEqualTo(new JobId("job-1")))
                .hasMessage("the values of job-1 were not reduced: reduce overflow(long,long) failed:"
                        + " java.lang.ArithmeticException: long overflow");
    }

    @Test
    void operatorOfThisProgramDoesNotReduceLoadedCode() {
        assertThatThrownBy(() -> function("square").reduce(Long::sum, List.of(1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Reduction.method(name)");
        assertThat(master.calls()).doesNotContain("POST /jobs");
    }

    @Test
    void lostConnectionIsResumed() {
        RemoteFunction<Long, Long> square = function("square");
        master.fail("GET /jobs/job-1", 3);

        assertThat(square.reduce(Reduction.sum(), List.of(2L))).isEqualTo(4);
    }

    @Test
    void progressEndsWithTheReducedJob() {
        List<Job> seen = new CopyOnWriteArrayList<>();

        function("square").onProgress(seen::add).reduce(Reduction.sum(), List.of(1L, 2L));

        assertThat(seen.getLast().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void cancelledJobIsACancellation() {
        RemoteFunction<Long, Long> square = function("square");
        master.holdJobs();
        CompletableFuture<Long> future = square.reduceAsync(Reduction.sum(), List.of(1L));
        awaitCall("GET /jobs/job-1");
        master.cancelAll();

        assertThat(future.handle((_, failure) -> failure).join())
                .isInstanceOf(CancellationException.class)
                .hasMessage("the job was cancelled");
    }

    @Test
    void cancelledFutureAndClosedClusterCancelTheirJobs() {
        RemoteFunction<Long, Long> square = function("square");
        master.holdJobs();
        CompletableFuture<Long> future = square.reduceAsync(Reduction.sum(), List.of(1L));
        awaitCall("GET /jobs/job-1");
        future.cancel(true);
        awaitCall("POST /jobs/job-1/cancel");

        CompletableFuture<Long> open = square.reduceAsync(Reduction.sum(), List.of(1L));
        awaitCall("GET /jobs/job-2");
        cluster.close();

        assertThat(master.calls()).contains("POST /jobs/job-2/cancel");
        assertThat(open.handle((_, failure) -> failure).join()).isInstanceOf(CancellationException.class);
    }
}
