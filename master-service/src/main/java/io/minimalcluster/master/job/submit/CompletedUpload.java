package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.DeleteJob;
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
 * The arguments of a job while they come. A few segments wait in memory for the one commit of a small job; from then on
 * each is committed as it comes, under a job that nobody sees.
 */
public final class CompletedUpload implements AutoCloseable {
    /** Four usual segments; a long argument is one of its own. */
    private static final int IN_MEMORY = 4 * SegmentBuilder.FULL_BYTES + SegmentBuilder.FULL_BYTES / 2;

    private static final String ADD_SEGMENT = """
            insert into argument_segment (job_seq, first, count, data, lengths)
            values (:job, :first, :count, :data, :lengths)
            """;
    private static final String FORGET = "update job set state = 'DELETED' where seq = :job and state = 'RECEIVING'";
    private static final String SEGMENTS = """
            select first, count, data, lengths from argument_segment where job_seq = :job and first >= :first
             order by first limit 1
            """;

    private final Store store;
    private final String owner;
    private final JobId id;
    private final Consumer<JdbcClient> gate;
    private final List<Segment> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable Long seq;
    private CompletableFuture<?> lastWrite = CompletableFuture.completedFuture(null);
    private boolean kept;

    /**
     * One that the master makes for itself.
     *
     * @param id that it will have, and has already while it comes
     */
    public CompletedUpload(Store store, String owner, JobId id) {
        this(store, owner, id, _ -> {});
    }

    /** @param gate refuses to let more of it in; asked before each piece that is kept before the end */
    CompletedUpload(Store store, String owner, JobId id, Consumer<JdbcClient> gate) {
        this.store = store;
        this.owner = owner;
        this.id = id;
        this.gate = gate;
    }

    /** Takes a segment; waits until the one before it is on disk. */
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
                gate.accept(sql);
                return JobInsert.receiving(sql, owner, id);
            });
        }
        long job = seq;
        List<Segment> segments = List.copyOf(waiting);
        waiting.clear();
        waitingBytes = 0;
        Store.await(lastWrite);
        lastWrite = store.write(sql -> {
            gate.accept(sql);
            return insert(sql, job, segments);
        });
    }

    /** Looks at each segment once more, from the first. */
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
        return store.read(sql -> sql.sql(SEGMENTS)
                .param("job", job)
                .param("first", first)
                .query((row, number) -> new Segment(
                        row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths")))
                .optional());
    }

    /**
     * Makes it a job, with all that waits, in one transaction.
     *
     * @param before what is kept first in it
     */
    public void keep(JobInsert job, UnitOfWork<?> before) {
        keep(job, before, (_, _) -> {});
    }

    /** The same with something more in the transaction, when the job has a number; that number. */
    long keep(JobInsert job, UnitOfWork<?> before, ReductionJob.AfterStart more) {
        Store.await(lastWrite);
        Long receiving = seq;
        long number = store.writeAndWait(sql -> {
            before.run(sql);
            long target = receiving == null ? job.insert(sql) : job.complete(sql, receiving);
            insert(sql, target, waiting);
            more.started(sql, target);
            return target;
        });
        kept = true;
        return number;
    }

    private static int insert(JdbcClient sql, long job, List<Segment> segments) {
        for (Segment segment : segments) {
            sql.sql(ADD_SEGMENT)
                    .param("job", job)
                    .param("first", segment.first())
                    .param("count", segment.count())
                    .param("data", segment.data())
                    .param("lengths", segment.lengths())
                    .update();
        }
        return segments.size();
    }

    /** Leaves nothing behind if it was not kept. */
    @Override
    public void close() {
        Long receiving = seq;
        if (!kept && receiving != null && forget(receiving)) {
            DeleteJob.tryRemoveRows(store, List.of(receiving));
        }
    }

    /** False if it is a job after all: a write that was given up may yet have come to its end. */
    private boolean forget(long receiving) {
        try {
            return store.writeAndWait(
                            sql -> sql.sql(FORGET).param("job", receiving).update())
                    == 1;
        } catch (MasterException e) {
            return false; // what is left is taken away after the next start
        }
    }
}
