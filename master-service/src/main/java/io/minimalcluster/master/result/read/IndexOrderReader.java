package io.minimalcluster.master.result.read;

import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.TaskState;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reads the latest outcomes of a job in the order of indexes. When it follows the job, it waits at the first gap. */
final class IndexOrderReader implements ResultOrderReader {
    private final Store store;
    private final long job;
    private final ResultQuery query;
    private final LatestResults outcomes;
    private long next;
    private long visited;

    IndexOrderReader(Store store, JsonMapper json, long job, ResultQuery query) {
        this.store = store;
        this.job = job;
        this.query = query;
        this.outcomes = new LatestResults(job, json);
        this.next = query.after() == Long.MAX_VALUE ? query.after() : query.after() + 1;
    }

    @Override
    public Step step(ResultVisitor visitor) throws IOException {
        if (visited >= query.limit()) {
            return Step.END;
        }
        Found found = store.read(sql -> {
            JobSnapshot snapshot = JobSnapshot.of(sql, job);
            skipValues(sql, snapshot);
            return new Found(snapshot, outcomes.from(sql, snapshot, next));
        });
        JobSnapshot snapshot = found.snapshot();
        long recordedFrom = found.piece().map(LatestResults.Piece::first).orElse(snapshot.total());
        if (next < recordedFrom) {
            return passGap(snapshot, recordedFrom, visitor);
        }
        return found.piece().isEmpty()
                ? Step.END
                : visit(snapshot, found.piece().get(), visitor);
    }

    /** Skips blocks without errors if only failures are wanted. The errors of earlier rounds are not valid any more. */
    private void skipValues(JdbcClient sql, JobSnapshot snapshot) {
        if (query.filter() == ResultFilter.FAILED && !query.follow()) {
            long failing =
                    ResultSegments.failing(sql, job, snapshot.round(), next).orElse(snapshot.total());
            next = Math.max(next, failing);
        }
    }

    private Step passGap(JobSnapshot snapshot, long end, ResultVisitor visitor) throws IOException {
        if (waits(snapshot)) {
            return Step.WAIT;
        }
        if (snapshot.isOver() && query.filter().accepts(TaskState.CANCELLED)) {
            while (next < end && visited < query.limit() && !ResponseBuffer.isFull()) {
                visitCancelled(snapshot, visitor);
            }
        } else {
            next = end;
        }
        return Step.MORE;
    }

    private Step visit(JobSnapshot snapshot, LatestResults.Piece piece, ResultVisitor visitor) throws IOException {
        RecordedBlock block = piece.cursor().block();
        while (next < piece.last() && visited < query.limit() && !ResponseBuffer.isFull()) {
            @Nullable IndexedError error = block.error(next);
            if (error != null && !snapshot.isCurrent(block)) {
                if (waits(snapshot)) {
                    return Step.WAIT;
                }
                skipOrVisitCancelled(snapshot, visitor);
            } else {
                visitIfRequested(piece.cursor(), error, visitor);
            }
        }
        return Step.MORE;
    }

    private boolean waits(JobSnapshot snapshot) {
        return query.follow() && !snapshot.isOver();
    }

    private void skipOrVisitCancelled(JobSnapshot snapshot, ResultVisitor visitor) throws IOException {
        if (snapshot.isOver() && query.filter().accepts(TaskState.CANCELLED)) {
            visitCancelled(snapshot, visitor);
        } else {
            next++;
        }
    }

    private void visitCancelled(JobSnapshot snapshot, ResultVisitor visitor) throws IOException {
        visitor.cancelled(snapshot, next++);
        visited++;
    }

    private void visitIfRequested(BlockCursor cursor, @Nullable IndexedError error, ResultVisitor visitor)
            throws IOException {
        if (query.filter().accepts(error)) {
            cursor.goTo(next);
            visitor.recorded(cursor.block(), next, cursor.start(), cursor.end());
            visited++;
        }
        next++;
    }

    @Override
    public long visited() {
        return visited;
    }

    @Override
    public long after() {
        return next - 1;
    }

    private record Found(JobSnapshot snapshot, Optional<LatestResults.Piece> piece) {}
}
