package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.DeleteJob;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.segment.ArgumentSegments;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the segments of a job during its upload. Small uploads stay in memory until the commit of the job. Larger ones
 * are spilled to the store under an invisible job.
 */
public final class SegmentSpool implements AutoCloseable {
    /** Four segments of the usual size. A long argument has a segment of its own. */
    private static final int IN_MEMORY = 4 * SegmentBuilder.FULL_BYTES + SegmentBuilder.FULL_BYTES / 2;

    private final Store store;
    private final String owner;
    private final JobId id;
    private final Consumer<JdbcClient> beforeFirstWrite;
    private final List<Segment> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable Long seq;
    private CompletableFuture<?> lastWrite = CompletableFuture.completedFuture(null);
    private boolean kept;

    /**
     * Creates an upload for an internal job.
     *
     * @param id the id of the invisible job and of the final job
     */
    public SegmentSpool(Store store, String owner, JobId id) {
        this(store, owner, id, _ -> {});
    }

    /** @param beforeFirstWrite checked before each spill; throws to reject the upload */
    SegmentSpool(Store store, String owner, JobId id, Consumer<JdbcClient> beforeFirstWrite) {
        this.store = store;
        this.owner = owner;
        this.id = id;
        this.beforeFirstWrite = beforeFirstWrite;
    }

    /** Adds a segment. Blocks until the previous spill is committed. */
    public void add(Segment segment) {
        waiting.add(segment);
        waitingBytes += segment.data().length;
        if (waitingBytes > IN_MEMORY) {
            spill();
        }
    }

    private void spill() {
        if (seq == null) {
            seq = store.writeAndWait(sql -> {
                beforeFirstWrite.accept(sql);
                return JobProgress.receive(sql, owner, id);
            });
        }
        long job = seq;
        List<Segment> segments = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        Store.await(lastWrite);
        lastWrite = store.write(sql -> {
            beforeFirstWrite.accept(sql);
            ArgumentSegments.add(sql, job, segments);
            return job;
        });
    }

    /** Passes all segments to a consumer, in order. */
    void forEach(Consumer<Segment> consumer) {
        Store.await(lastWrite);
        Optional<Segment> next = seq == null ? Optional.empty() : stored(seq, 0);
        while (next.isPresent() && seq != null) {
            consumer.accept(next.get());
            next = stored(seq, next.get().end());
        }
        waiting.forEach(consumer);
    }

    private Optional<Segment> stored(long job, long first) {
        return store.read(sql -> ArgumentSegments.from(sql, job, first));
    }

    /**
     * Inserts the job with its remaining segments in one transaction. Returns the result of {@code after}.
     *
     * @param before runs first in the transaction
     * @param after runs last in the transaction
     * @param accepted runs in the transaction when the job is accepted, before it is inserted
     * @param committed runs after the commit, on the thread of the writer
     */
    <T> T insert(JobInsert job, UnitOfWork<?> before, AfterInsert<T> after, Runnable accepted, Consumer<T> committed) {
        Store.await(lastWrite);
        Long receiving = seq;
        T result = store.writeAndWait(
                AuditedCall.with(id.value(), sql -> {
                    before.run(sql);
                    long number = job.insert(sql, receiving, accepted);
                    ArgumentSegments.add(sql, number, waiting);
                    return after.run(sql, number);
                }),
                committed);
        kept = true;
        return result;
    }

    /** Inserts the job with its remaining segments in one transaction. Returns the result of {@code after}. */
    public <T> T insert(JobInsert job, UnitOfWork<?> before, AfterInsert<T> after) {
        return insert(job, before, after, () -> {}, _ -> {});
    }

    /** Runs in the transaction that inserts a job, with the number of the job. */
    @FunctionalInterface
    public interface AfterInsert<T> {
        T run(JdbcClient sql, long seq);
    }

    /** All segments of a job whose segments were never spilled; empty for another one. */
    List<Segment> unspilled() {
        return seq == null ? List.copyOf(waiting) : List.of();
    }

    /** Removes the spilled segments if the job was not inserted. */
    @Override
    public void close() {
        Long receiving = seq;
        if (!kept && receiving != null && discard(receiving)) {
            DeleteJob.tryRemoveRows(store, List.of(receiving));
        }
    }

    /**
     * Marks the invisible job as deleted. Returns false if it became a job after all: a write that timed out may still
     * have been committed.
     */
    private boolean discard(long receiving) {
        try {
            return store.writeAndWait(sql -> JobProgress.discard(sql, receiving));
        } catch (MasterException e) {
            return false; // the rows are removed after the next start
        }
    }
}
