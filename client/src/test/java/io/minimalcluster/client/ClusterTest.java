package io.minimalcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.minimalcluster.client.code.FunctionRefusedException;
import io.minimalcluster.client.function.TypeRef;
import io.minimalcluster.client.json.ArgumentException;
import io.minimalcluster.client.reduce.Reduction;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClusterTest extends ClusterFixture {
    @Test
    void valuesAreInTheOrderOfTheArguments() {
        assertThat(function("square").map(List.of(3L, 1L, 2L))).containsExactly(9L, 1L, 4L);
        assertThat(function("square").call(7L)).isEqualTo(49);
        assertThat(function("square").map(List.of())).isEmpty();
        assertThat(calls("/cancel")).isZero();
    }

    @Test
    void genericTypesAreRead() {
        RemoteFunction<Long, Optional<Long>> square =
                cluster.load("source").function("square", new TypeRef<Long>() {}, new TypeRef<Optional<Long>>() {});

        assertThat(square.map(List.of(3L))).containsExactly(Optional.of(9L));
    }

    @Test
    void failedTaskIsRaised() {
        assertThatThrownBy(() -> function("half").map(List.of(2L, 3L, 4L)))
                .asInstanceOf(throwable(TaskFailedException.class))
                .satisfies(failed -> {
                    assertThat(failed.job()).isEqualTo(new JobId("job-1"));
                    assertThat(failed.index()).isEqualTo(1);
                    assertThat(failed.argument()).isEqualTo(3L);
                    assertThat(failed.kind()).isEqualTo(ErrorKind.EXCEPTION);
                    assertThat(failed.type()).contains("java.lang.ArithmeticException");
                    assertThat(failed.remoteStackTrace()).containsExactly("Main.half(Main.java:3)");
                    assertThat(failed.attempts()).isEqualTo(1);
                })
                .hasMessage("task 1 of job-1 failed: java.lang.ArithmeticException: odd")
                .hasStackTraceContaining("Caused by: java.lang.ArithmeticException: odd\n\tat Main.half(Main.java:3)");
    }

    interface Shape {}

    record Circle(double r) implements Shape {}

    record Pair(String name, Circle x) {}

    @Test
    void valuesThatCannotBeReadAreRefusedBeforeTheirJob() {
        RemoteFunction<Long, Shape> function = cluster.load("source").function("pair", Long.class, Shape.class);

        assertThatThrownBy(() -> function.map(List.of(1L)))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessage("the values of pair can't be read: " + Shape.class.getName()
                        + ": it is abstract, take a record, an enum or a class");
        assertThatThrownBy(() -> function.reduce(Reduction.<Shape>method("larger"), List.of(1L)))
                .isInstanceOf(FunctionRefusedException.class);
        assertThat(master.calls()).doesNotContain("POST /jobs");
    }

    @Test
    void valueThatDoesNotFitIsNamed() {
        RemoteFunction<Long, Pair> function = cluster.load("source").function("pair", Long.class, Pair.class);

        assertThatThrownBy(() -> function.map(List.of(7L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the value of task 0 of job-1 can't be read: the value does not fit ")
                .hasMessageEndingWith(
                        ". The job is cancelled if it runs, and keeps its values: client().results(job) and `./minimalcluster values"
                                + " job-1` give them as JSON");
    }

    @Test
    void causesOfAFailureAreItsCauses() {
        TaskFailedException failed = new TaskFailedException(
                new JobId("job-1"),
                0,
                null,
                new TaskError(
                        ErrorKind.EXCEPTION,
                        "java.lang.IllegalStateException",
                        "bad\nvery\nCaused by: java.lang.ArithmeticException: / by zero",
                        List.of(
                                "Main.deep(Main.java:3)",
                                "Main.noLine(Main.java:99999999999)",
                                "Caused by: java.lang.ArithmeticException",
                                "Main.g(Main.java:1)"),
                        1));

        assertThat(failed).hasMessage("task 0 of job-1 failed: java.lang.IllegalStateException: bad\nvery");
        StringWriter printed = new StringWriter();
        Objects.requireNonNull(failed.getCause()).printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString().lines())
                .containsExactly(
                        "java.lang.IllegalStateException: bad",
                        "very",
                        "\tat Main.deep(Main.java:3)",
                        "Caused by: java.lang.ArithmeticException: / by zero",
                        "\tat Main.g(Main.java:1)");
    }

    @Test
    void argumentOfAFailedTaskIsReadWithItsType() {
        try (Stream<Long> values = function("half").stream(Stream.of(2L, 5L))) {
            assertThatThrownBy(values::toList)
                    .asInstanceOf(throwable(TaskFailedException.class))
                    .extracting(TaskFailedException::argument)
                    .isEqualTo(5L);
        }
    }

    @Test
    void argumentThatCannotBeReadBackIsJson() {
        RemoteFunction<Comparable<Long>, Long> half =
                cluster.load("source").function("half", new TypeRef<Comparable<Long>>() {}, new TypeRef<Long>() {});

        try (Stream<Long> values = half.stream(Stream.of(2L, 5L))) {
            assertThatThrownBy(values::toList)
                    .asInstanceOf(throwable(TaskFailedException.class))
                    .extracting(TaskFailedException::argument)
                    .hasToString("5");
        }
    }

    @Test
    void outcomesAreValues() {
        List<Outcome<Long>> outcomes = function("half").mapOutcomes(List.of(2L, 3L));

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Succeeded<>(0, 1L));
        assertThat(outcomes.getLast())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().index()).isEqualTo(1));
    }

    @Test
    void outcomesAreStreamedAsCompleted() {
        try (Stream<Outcome<Long>> completed = function("square").asCompleted(List.of(2L, 3L, 4L))) {
            assertThat(completed.map(Outcome::get)).containsExactly(4L, 9L, 16L);
        }
    }

    @Test
    void tasksOfACancelledJobAreCancelled() {
        try (Stream<Outcome<Long>> outcomes = function("square").outcomes(List.of(1L, 2L, 3L))) {
            Iterator<Outcome<Long>> each = outcomes.iterator();
            assertThat(each.next().get()).isEqualTo(1);
            cluster.client().cancel(new JobId("job-1"));

            assertThat(each.next()).isInstanceOf(Outcome.Cancelled.class);
            assertThatThrownBy(each.next()::get)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageStartingWith("task 2 was cancelled");
            assertThat(each.hasNext()).isFalse();
        }
    }

    @Test
    void lostConnectionIsResumed() {
        RemoteFunction<Long, Long> square = function("square");
        List<Long> arguments = LongStream.range(0, 20).boxed().toList();
        List<Long> squares = arguments.stream().map(x -> x * x).toList();

        master.breakResults();
        assertThat(square.map(arguments)).isEqualTo(squares);
        master.breakResults();
        try (Stream<Outcome<Long>> completed = square.asCompleted(arguments)) {
            assertThat(completed.map(Outcome::get)).containsExactlyElementsOf(squares);
        }
    }

    @Test
    void lostResponseToASubmissionLeadsToOneJob() {
        RemoteFunction<Long, Long> square = function("square");
        master.dropResponses(2);

        assertThat(square.map(List.of(2L))).containsExactly(4L);

        assertThat(cluster.client().jobs(Listing.first(10)).items()).hasSize(1);
    }

    @Test
    void timeoutsAndNameAreOptionsOfTheJob() {
        function("square")
                .named("squares")
                .taskTimeout(Duration.ofMillis(1500))
                .timeout(Duration.ofMinutes(2))
                .map(List.of(1L));

        assertThat(master.lastPosted().path("name").asString()).isEqualTo("squares");
        assertThat(master.lastPosted().path("taskTimeoutSeconds").asString()).isEqualTo("1.5");
        assertThat(master.lastPosted().path("deadlineSeconds").asString()).isEqualTo("120.0");
    }

    @Test
    void progressEndsWithTheEndedJob() {
        List<Job> seen = new CopyOnWriteArrayList<>();

        function("square").onProgress(seen::add).map(List.of(1L, 2L));

        assertThat(seen).isNotEmpty();
        assertThat(seen.getLast().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(seen.getLast().tasks().succeeded()).isEqualTo(2);
    }

    private static void failAtTwo(long x) {
        if (x == 2) {
            throw new IllegalStateException("no more");
        }
    }

    @Test
    void failureOfAnIteratorSubmitsNothing() {
        RemoteFunction<Long, Long> square = function("square");
        AtomicInteger iterators = new AtomicInteger();
        Iterable<Long> arguments = () -> {
            iterators.incrementAndGet();
            return Stream.of(1L, 2L).peek(ClusterTest::failAtTwo).iterator();
        };

        assertThatThrownBy(() -> square.stream(Stream.of(1L, 2L).peek(ClusterTest::failAtTwo)))
                .isInstanceOf(ArgumentException.class)
                .hasRootCauseMessage("no more");
        assertThatThrownBy(() -> square.stream(arguments))
                .isInstanceOf(ArgumentException.class)
                .hasRootCauseMessage("no more");

        assertThat(iterators).hasValue(1);
        assertThat(cluster.client().jobs(Listing.first(10)).items()).isEmpty();
    }

    @Test
    void interruptCancelsTheJob() throws InterruptedException {
        RemoteFunction<Long, Long> square = function("square");
        master.holdJobs();
        CompletableFuture<List<Long>> result = new CompletableFuture<>();
        CountDownLatch submitted = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            try (Stream<Long> values = square.stream(List.of(1L))) {
                submitted.countDown();
                result.complete(values.toList());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        submitted.await();

        caller.interrupt();

        assertThat(result.handle((_, failure) -> failure).join())
                .isInstanceOf(CancellationException.class)
                .hasMessage("the thread was interrupted");
        assertThat(calls("/cancel")).isEqualTo(1);
    }

    @Test
    void closedStreamAndClosedClusterCancelTheirJobs() {
        RemoteFunction<Long, Long> square = function("square");
        master.holdJobs();

        square.stream(List.of(1L)).close();
        assertThat(calls("/cancel")).isEqualTo(1);

        Stream<Long> open = square.stream(List.of(1L));
        cluster.close();
        assertThat(calls("/cancel")).isEqualTo(2);
        assertThatThrownBy(open::toList)
                .isInstanceOf(CancellationException.class)
                .hasMessage("the cluster was closed");
    }

    @Test
    void cancellationIsRetried() {
        RemoteFunction<Long, Long> square = function("square");
        master.holdJobs();
        Stream<Long> open = square.stream(List.of(1L));
        master.fail("POST /jobs/job-1/cancel", 2);

        open.close();

        assertThat(calls("/cancel")).isEqualTo(3);
        assertThat(cluster.client().jobs(Listing.first(10)).items())
                .extracting(Job::state)
                .containsExactly(JobState.CANCELLED);
    }

    @Test
    void closedClusterAndItsViewsSubmitNothing() {
        Cluster view = cluster.with();
        RemoteFunction<Long, Long> square = view.load("source").function("square", Long.class, Long.class);
        cluster.close();

        assertThatThrownBy(() -> square.map(List.of(1L)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the cluster is closed");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> cluster.map(Math::abs, List.of(1L)),
                () -> view.map(Math::abs, List.of(1L)),
                () -> cluster.load("source"),
                () -> square.reduce(Reduction.count(), List.of(1L)),
                view::executor)) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage("the cluster is closed");
        }
        assertThat(master.calls()).doesNotContain("POST /jobs");
    }

    @Test
    void futureHasTheValuesOrTheFailure() {
        assertThat(function("square").mapAsync(List.of(2L)).join()).containsExactly(4L);
        assertThat(function("square").callAsync(3L).join()).isEqualTo(9);
        assertThat(function("half")
                        .callAsync(3L)
                        .handle((_, failure) -> failure)
                        .join())
                .isInstanceOf(TaskFailedException.class);
    }

    @Test
    void cancelledFutureCancelsItsJob() {
        RemoteFunction<Long, Long> square = function("square");
        master.holdJobs();
        CompletableFuture<Long> future = square.callAsync(3L);
        while (master.calls().stream().noneMatch(call -> call.endsWith("/results"))) {
            Thread.onSpinWait();
        }

        future.cancel(true);

        while (calls("/cancel") == 0) {
            Thread.onSpinWait();
        }
        assertThat(future).isCancelled();
    }
}
