package io.minimalcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.NewEnvironment;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.job.Cause;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.MaxFailures;
import io.minimalcluster.model.job.TaskState;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientTest {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final FakeMaster master = new FakeMaster();
    private final Client client = new Client(master.url(), FakeMaster.KEY);

    @AfterEach
    void stop() {
        client.close();
        master.close();
    }

    @Test
    void registeredFunctionIsMappedOverAList() throws IOException {
        var code = client.load("Main.java", SQUARE);
        var function = client.register(new NewFunction(code.id(), "square", "quadrat"));

        Job posted = client.submit(NewJob.of(function.name(), Arguments.of(List.of(1, 2, 3))));
        Job ended = client.await(posted.id());

        assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
        try (Stream<@Nullable Long> values = client.values(posted.id(), Long.class)) {
            assertThat(values).containsExactly(1L, 4L, 9L);
        }
    }

    @Test
    void longsOfARangeAreStreamed() throws IOException {
        Job ended = ended("square", Arguments.range(0, 1000));

        try (LongStream values = client.longs(ended.id())) {
            assertThat(values.sum()).isEqualTo(332_833_500L);
        }
    }

    @Test
    void argumentsAreStreamedFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("args.json"), "[5,\n 6]");

        Job ended = ended("square", new Arguments.JsonFile(file));

        try (LongStream values = client.longs(ended.id())) {
            assertThat(values).containsExactly(25L, 36L);
        }
    }

    @Test
    void jsonLinesOfAFileAreStreamedWithOptions(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("args.ndjson"), "5\n6\n");
        var code = client.load("Main.java", SQUARE);
        JobOptions options = JobOptions.builder()
                .priority(7)
                .labels(Map.of("team", "a b"))
                .retryOn(List.of("a.B", "c.D"))
                .maxFailures(MaxFailures.of("10%"))
                .build();

        Job posted = client.submit(
                NewJob.of(code.id(), "square", new Arguments.JsonLines(file)).with(options));
        client.await(posted.id());

        try (LongStream values = client.longs(posted.id())) {
            assertThat(values).containsExactly(25L, 36L);
        }
        assertThat(master.lastPosted().path("priority").asString()).isEqualTo("7");
        assertThat(master.lastPosted().path("labels.team").asString()).isEqualTo("a b");
        assertThat(master.lastPosted().path("retryOn").asString()).isEqualTo("a.B,c.D");
        assertThat(master.lastPosted().path("maxFailures").asString()).isEqualTo("10%");
    }

    static Stream<Function<Path, Arguments>> argumentsOfAFile() {
        return Stream.of(Arguments.JsonLines::new, Arguments.JsonFile::new);
    }

    @ParameterizedTest
    @MethodSource("argumentsOfAFile")
    void interruptEndsTheSubmissionOfAPipeWithoutAWriter(Function<Path, Arguments> kind, @TempDir Path folder)
            throws Exception {
        Path pipe = pipe(folder);
        NewJob job = NewJob.of("square", kind.apply(pipe));
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform().daemon().start(() -> failure.complete(catchThrowable(() -> client.submit(job))));

        while (caller.getState() != Thread.State.WAITING) { // for the thread that opens the pipe
            assertThat(failure).isNotDone();
            Thread.onSpinWait();
        }
        caller.interrupt();

        assertThat(failure.orTimeout(1, TimeUnit.MINUTES).join())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("interrupted");
        new RandomAccessFile(pipe.toFile(), "rw").close(); // ends the open call of the client
    }

    private static Path pipe(Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @ParameterizedTest
    @MethodSource("argumentsOfAFile")
    void fileThatCanNotBeOpenedIsNamed(Function<Path, Arguments> kind, @TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            for (Path file : List.of(missing, socket)) {
                assertThatExceptionOfType(FileNotFoundException.class)
                        .isThrownBy(() -> client.submit(NewJob.of("square", kind.apply(file))))
                        .withMessageContaining(file.toString());
            }
        }
        assertThat(client.jobs(Listing.first(1)).items()).isEmpty();
    }

    @Test
    void jsonLinesOfAnInputStreamAreStreamed() throws IOException {
        var lines = new ByteArrayInputStream("7\n".getBytes(StandardCharsets.UTF_8));

        Job ended = ended("square", new Arguments.JsonLinesFrom(lines));

        try (LongStream values = client.longs(ended.id())) {
            assertThat(values).containsExactly(49L);
        }
    }

    @Test
    void retriesReuseTheIdempotencyKey() throws IOException {
        var code = client.load("Main.java", SQUARE);
        master.dropResponses(2);

        Job posted = client.submit(NewJob.of(code.id(), "square", Arguments.range(0, 3)));

        assertThat(posted.id()).isEqualTo(new JobId("job-1"));
        assertThat(client.jobs(Listing.first(10)).items()).hasSize(1);
        List<String> keys = master.idempotencyKeys();
        assertThat(keys).hasSize(4);
        assertThat(keys.subList(1, 4)).containsOnly(keys.get(1)).doesNotContain(keys.getFirst());
    }

    @Test
    void runReturnsValuesOrTheQueuedJob() throws IOException {
        NewRun run = new NewRun(new NewEnvironment(null, Map.of("Main.java", SQUARE)), "square", Arguments.range(0, 4));

        try (RunResult<Long> result = client.run(run, Duration.ofSeconds(10), Long.class)) {
            assertThat(result.job().state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(result.values().orElseThrow()).containsExactly(0L, 1L, 4L, 9L);
        }
        try (RunResult<Long> result = client.run(run, Duration.ZERO, Long.class)) {
            assertThat(result.job().state()).isEqualTo(JobState.QUEUED);
            assertThat(result.values()).isEmpty();
        }
    }

    @Test
    void reducedRunHasNoValues() throws IOException {
        JobOptions summed = JobOptions.builder().reduce("sum").build();
        NewRun run = new NewRun(
                new NewEnvironment(null, Map.of("Main.java", SQUARE)), "square", Arguments.range(0, 4), summed);

        try (RunResult<Long> result = client.run(run, Duration.ofSeconds(10), Long.class)) {
            assertThat(result.job().reduced()).hasToString("14");
            assertThat(result.values()).isEmpty();
        }
    }

    @Test
    void resultsDistinguishValuesAndErrors() throws IOException {
        Job ended = ended("half", Arguments.range(0, 2));

        try (Stream<TaskResult> results = client.results(ended.id())) {
            assertThat(results)
                    .satisfiesExactly(first -> assertThat(first.value()).hasToString("0"), second -> {
                        assertThat(second.value()).isNull();
                        assertThat(second.error()).isNotNull();
                    });
        }
        try (Stream<@Nullable Long> values = client.values(ended.id(), Long.class)) {
            assertThat(values).containsExactly(0L, null);
        }
    }

    @Test
    void missingValueEndsALongStreamWithAnException() throws IOException {
        Job ended = ended("half", Arguments.range(0, 2));

        try (LongStream values = client.longs(ended.id())) {
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(values::sum);
        }
    }

    @Test
    void awaitReportsEachStateToTheWatcher() throws IOException {
        Job posted = posted("square", Arguments.range(0, 4));
        List<JobState> seen = new ArrayList<>();

        client.await(posted.id(), Duration.ofMillis(1), job -> seen.add(job.state()));

        assertThat(seen).containsExactly(JobState.RUNNING, JobState.SUCCEEDED);
    }

    /** A master that shuts down answers a long poll at once. */
    @Test
    void awaitPausesBetweenAnswers() throws IOException {
        Job posted = posted("square", Arguments.range(0, 4));
        client.pause(posted.id());
        AtomicInteger answers = new AtomicInteger();
        long began = System.nanoTime();

        client.await(posted.id(), Duration.ofMillis(100), job -> {
            if (answers.incrementAndGet() == 5) {
                client.cancel(job.id());
            }
        });

        assertThat(answers).hasValue(6);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void awaitResumesAfterALostConnection() throws IOException {
        Job posted = posted("square", Arguments.range(0, 4));
        List<JobState> seen = new ArrayList<>();

        client.await(posted.id(), Duration.ofMillis(1), job -> {
            seen.add(job.state());
            master.fail("GET /jobs/job-1", 3);
        });

        assertThat(seen).containsExactly(JobState.RUNNING, JobState.SUCCEEDED);
    }

    @Test
    void awaitWithoutAFirstAnswerFailsAtOnce() throws IOException {
        Job posted = posted("square", Arguments.range(0, 4));
        master.fail("GET /jobs/job-1", 3);

        assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> client.await(posted.id()));
    }

    @Test
    void followPassesEachOutcomeOnce() throws IOException {
        Job posted = posted("half", Arguments.range(0, 5));
        List<Long> seen = new ArrayList<>();

        Job ended = client.follow(posted.id(), result -> seen.add(result.index()));

        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        try (Stream<TaskResult> failures = client.failures(posted.id())) {
            assertThat(failures.map(TaskResult::index)).containsExactly(1L, 3L);
        }
    }

    @Test
    void followResumesAfterTheLinesRead() throws IOException {
        Job posted = posted("square", Arguments.range(0, 6));
        List<Long> seen = new ArrayList<>();

        client.follow(posted.id(), 4, result -> seen.add(result.index()));

        assertThat(seen).containsExactly(4L, 5L);
        assertThat(master.calls()).filteredOn(call -> call.endsWith("/results")).hasSizeGreaterThan(1);
    }

    @Test
    void valuesAreReadAsMapAndResultsAsCsv() throws IOException {
        Job ended = ended("half", Arguments.range(0, 3));

        try (InputStream map = client.valueMap(ended.id(), Duration.ZERO)) {
            assertThat(map).hasContent("{\"0\":0,\"1\":null,\"2\":1}");
        }
        try (InputStream csv = client.csv(ended.id(), ResultOptions.ALL)) {
            assertThat(csv).asString(StandardCharsets.UTF_8).startsWith("index,state,value\r\n");
        }
        var options = new ResultOptions(ResultOptions.Order.COMPLETION, TaskState.FAILED, null, 5L, true);
        try (Stream<TaskResult> results = client.results(ended.id(), options)) {
            assertThat(results.map(TaskResult::index)).containsExactly(1L);
        }
    }

    @Test
    void eventsAreReadToTheEndOfTheStream() throws IOException {
        Job ended = ended("square", Arguments.range(0, 2));
        List<String> events = new ArrayList<>();

        client.events(ended.id(), event -> events.add(event.id() + " " + event.name() + " " + event.data()));

        assertThat(events).containsExactly("1 progress {\"tasks\":{\"total\":2}}", "2 state {\"state\":\"SUCCEEDED\"}");
    }

    @Test
    void jobIsPausedResumedCancelledAndRetried() throws IOException {
        Job posted = posted("square", Arguments.range(0, 4));

        assertThat(client.pause(posted.id()).state()).isEqualTo(JobState.PAUSED);
        assertThat(client.explain(posted.id()).cause()).isEqualTo(Cause.BEHIND_OTHERS);
        assertThat(client.resume(posted.id()).state()).isEqualTo(JobState.RUNNING);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.retry(posted.id()))
                .satisfies(e -> assertThat(e.problem().slug()).isEqualTo("conflict"));
        client.cancel(posted.id());
        assertThat(client.retry(posted.id()).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void problemExceptionCarriesDiagnostics() {
        var code = new NewEnvironment("broken", Map.of("Main.java", "long f(long x) { return squre(x); }"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.load(code))
                .withMessageContaining("Main.java:1: cannot find symbol")
                .satisfies(e -> assertThat(e.problem().diagnostics())
                        .singleElement()
                        .extracting(Diagnostic::column)
                        .isEqualTo(25));
        assertThat(client.check(code).diagnostics()).hasSize(1);
    }

    @Test
    void problemExceptionCarriesExtensionMembers() throws IOException {
        Job posted = posted("square", Arguments.range(0, 4));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.values(posted.id(), Duration.ZERO))
                .satisfies(e -> {
                    assertThat(e.problem().slug()).isEqualTo("conflict");
                    assertThat(e.problem().status()).isEqualTo(409);
                    assertThat(e.problem().more())
                            .hasEntrySatisfying(
                                    "state", s -> assertThat(s.asString()).isEqualTo("QUEUED"));
                });
    }

    @Test
    void rejectedKeyDiffersFromMissingJob() {
        try (Client stranger = new Client(master.url(), new Authkey("wrong"))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> stranger.job(new JobId("job-1")))
                    .satisfies(e -> assertThat(e.problem().status()).isEqualTo(401));
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.job(new JobId("job-1")))
                .satisfies(e -> assertThat(e.problem().slug()).isEqualTo("not-found"));
    }

    @Test
    void idsArePercentEncodedInPaths() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.environment(new EnvironmentId("../jobs?x=1#")));

        assertThat(master.calls()).containsExactly("GET /environments/..%2Fjobs%3Fx%3D1%23");
    }

    @Test
    void unreachableMasterIsReported() {
        master.close();

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> client.workers(Listing.first(1)))
                .withMessageContaining(master.url().toString())
                .withMessageContaining("nothing listens there");
    }

    @Test
    void addressMayEndWithASlash() {
        try (Client same = new Client(URI.create(master.url() + "/"), FakeMaster.KEY)) {
            assertThat(same.workers(Listing.first(1)).items()).hasSize(1);
        }
    }

    @Test
    void toStringOmitsTheKey() {
        assertThat(new Authkey("s3cret").toString()).doesNotContain("s3cret");
    }

    private Job posted(String method, Arguments arguments) throws IOException {
        return client.submit(NewJob.of(client.load("Main.java", SQUARE).id(), method, arguments));
    }

    private Job ended(String method, Arguments arguments) throws IOException {
        return client.await(posted(method, arguments).id());
    }
}
