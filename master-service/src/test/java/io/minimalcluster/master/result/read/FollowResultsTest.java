package io.minimalcluster.master.result.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.job.stream.OpenStreams;
import io.minimalcluster.master.job.stream.TestStreams;
import io.minimalcluster.master.result.record.RecordPart;
import io.minimalcluster.master.result.record.ResultPart;
import io.minimalcluster.master.result.record.TestParts;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.JobOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Streams of results that follow a job: order, resumption, keep-alive, limits and end. */
@Tag("store")
@Timeout(180)
class FollowResultsTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private final JobSubscriptions subscriptions = new JobSubscriptions();
    private Store store;
    private TestJobs jobs;
    private WorkerId worker;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        worker = new TestWorkers(store, CLOCK).register("w", 8);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Lease take() {
        return store.writeAndWait(sql -> batchAllocator.allocate(sql, worker, "request", 1))
                .getFirst();
    }

    private void post(Lease lease, long first, long last, Map<Long, ErrorKind> errors) {
        ResultPart part = TestParts.of(first, last, "1", errors, false);
        store.writeAndWait(sql -> new RecordPart(CLOCK, JSON).record(sql, worker, lease.id(), part));
        subscriptions.changed(lease.jobSeq());
    }

    private Reader follow(long job, OpenStreams streams, String... query) {
        Map<String, String> all = new HashMap<>(Map.of("follow", "true"));
        for (int i = 0; i < query.length; i += 2) {
            all.put(query[i], query[i + 1]);
        }
        Reader reader = new Reader();
        ResultStreamWriter results = new ResultStreamWriter(store, JSON, streams);
        reader.end = CompletableFuture.runAsync(() -> {
            try {
                results.write(
                        TestJobs.CALLER,
                        jobs.get(job),
                        ResultQuery.of(all, ResultFormat.LINES),
                        ResultFormat.LINES,
                        reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return reader;
    }

    private OpenStreams streams() {
        return TestStreams.of(subscriptions, 2, LONG);
    }

    @Test
    void resultsAreStreamedAsRecordedUntilTheJobEnds() throws Exception {
        long job = jobs.add(6, JobOptions.builder().batchSize(6).build());
        Lease lease = take();
        Reader reader = follow(job, streams());
        post(lease, 4, 6, Map.of());
        assertThat(reader.line()).isEqualTo("{\"index\":4,\"value\":1}");
        assertThat(reader.line()).isEqualTo("{\"index\":5,\"value\":1}");
        post(lease, 0, 1, Map.of());
        assertThat(reader.line()).isEqualTo("{\"index\":0,\"value\":1}");
        assertThat(reader.end).isNotDone();
        post(lease, 1, 4, Map.of());
        reader.end.join();
        assertThat(reader.lines).hasSize(3);
    }

    @Test
    void streamResumesAfterTheLinesAlreadyRead() throws Exception {
        long job = jobs.add(6, JobOptions.builder().batchSize(6).build());
        Lease lease = take();
        post(lease, 3, 6, Map.of(3L, ErrorKind.EXCEPTION, 5L, ErrorKind.EXCEPTION));
        Reader all = follow(job, streams(), "after", "2");
        Reader failed = follow(job, streams(), "after", "1", "state", "failed");
        assertThat(all.line()).startsWith("{\"index\":5");
        assertThat(failed.line()).startsWith("{\"index\":5");
        post(lease, 0, 3, Map.of(1L, ErrorKind.EXCEPTION));
        all.end.join();
        failed.end.join();
        assertThat(all.lines).hasSize(3);
        assertThat(failed.line()).startsWith("{\"index\":1");
        assertThat(failed.lines).isEmpty();
    }

    @Test
    void indexOrderWaitsAtTheFirstGap() throws Exception {
        long job = jobs.add(4, JobOptions.builder().batchSize(4).build());
        Lease lease = take();
        Reader reader = follow(job, streams(), "order", "index");
        post(lease, 2, 3, Map.of());
        post(lease, 0, 1, Map.of());
        assertThat(reader.line()).startsWith("{\"index\":0");
        post(lease, 1, 2, Map.of());
        assertThat(reader.line()).startsWith("{\"index\":1");
        assertThat(reader.line()).startsWith("{\"index\":2");
        jobs.cancel(job);
        subscriptions.changed(job);
        reader.end.join();
        assertThat(reader.lines).isEmpty();
    }

    @Test
    void emptyLinesKeepTheStreamAlive() throws Exception {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        Reader reader = follow(job, TestStreams.of(subscriptions, 1, Duration.ofMillis(100)));
        assertThat(reader.line()).isEmpty();
        assertThat(reader.line()).isEmpty();
        jobs.cancel(job);
        reader.end.join();
    }

    @Test
    void openStreamsAreBounded() {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        OpenStreams streams = TestStreams.of(subscriptions, 1, LONG);
        Reader first = follow(job, streams);
        first.awaitFlush();
        assertThatThrownBy(() -> streams.run(TestJobs.CALLER, job, (_, _) -> {}))
                .isInstanceOf(MasterException.TooManyRequests.class);
        jobs.cancel(job);
        subscriptions.changed(job);
        first.end.join();
        follow(job, streams).end.join();
    }

    @Test
    void shutdownEndsStreamsAndRejectsNewOnes() {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        Reader reader = follow(job, streams());
        reader.awaitFlush();
        subscriptions.close();
        reader.end.join();
        assertThatThrownBy(() -> streams().run(TestJobs.CALLER, job, (_, _) -> {}))
                .isInstanceOf(MasterException.Unavailable.class);
    }

    @Test
    void deletionOfTheJobBreaksTheStream() {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        Reader reader = follow(job, streams());
        reader.awaitFlush();
        store.writeAndWait(sql -> {
            JobProgress.delete(sql, job); // without a cancellation, whose end the reader might see first
            return job;
        });
        subscriptions.changed(job);
        assertThatThrownBy(reader.end::join).hasCauseInstanceOf(MasterException.NotFound.class);
    }

    /** Collects the lines of a response as they are written. */
    private static final class Reader extends OutputStream {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final CompletableFuture<Boolean> flushed = new CompletableFuture<>();
        private final StringBuilder line = new StringBuilder();
        private CompletableFuture<Void> end = new CompletableFuture<>();

        String line() throws InterruptedException {
            return lines.take();
        }

        void awaitFlush() {
            flushed.join();
        }

        @Override
        public void flush() {
            flushed.complete(true);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (char c : new String(bytes, offset, length, StandardCharsets.UTF_8).toCharArray()) {
                if (c == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append(c);
                }
            }
        }
    }
}
