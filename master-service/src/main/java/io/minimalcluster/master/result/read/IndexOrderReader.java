package io.minimalcluster.master.result.read;

import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.TaskState;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Goes through the newest outcomes of a job in the order of indexes; where it follows, it waits at the first gap. */
final class IndexOrderReader implements ResultOrderReader {
    private final Store store;
    private final long job;
    private final ResultQuery query;
    private final LatestResults outcomes;
    private long next;
    private long shown;

    IndexOrderReader(Store store, JsonMapper json, long job, ResultQuery query) {
        this.store = store;
        this.job = job;
        this.query = query;
        this.outcomes = new LatestResults(job, json);
        this.next = query.after() == Long.MAX_VALUE ? query.after() : query.after() + 1;
    }

    @Override
    public Step step(ResultVisitor visitor) throws IOException {
        if (shown >= query.limit()) {
            return Step.END;
        }
        Found found = store.read(sql -> {
            JobSnapshot snapshot = JobSnapshot.of(sql, job);
            return new Found(snapshot, outcomes.from(sql, snapshot, next));
        });
        JobSnapshot snapshot = found.snapshot();
        long begins = found.piece().map(LatestResults.Piece::first).orElse(snapshot.total());
        if (next < begins) {
            return passGap(snapshot, begins, visitor);
        }
        return found.piece().isEmpty() ? Step.END : show(snapshot, found.piece().get(), visitor);
    }

    private Step passGap(JobSnapshot snapshot, long end, ResultVisitor visitor) throws IOException {
        if (waits(snapshot)) {
            return Step.WAIT;
        }
        if (snapshot.isOver() && query.filter().takes(TaskState.CANCELLED)) {
            while (next < end && shown < query.limit()) {
                showCancelled(snapshot, visitor);
            }
        } else {
            next = end;
        }
        return Step.MORE;
    }

    private Step show(JobSnapshot snapshot, LatestResults.Piece piece, ResultVisitor visitor) throws IOException {
        RecordedBlock block = piece.cursor().block();
        while (next < piece.last() && shown < query.limit()) {
            @Nullable IndexedError error = block.error(next);
            if (error != null && !snapshot.stands(block)) {
                if (waits(snapshot)) {
                    return Step.WAIT;
                }
                skipOrShowCancelled(snapshot, visitor);
            } else {
                showIfWanted(piece.cursor(), error, visitor);
            }
        }
        return Step.MORE;
    }

    private boolean waits(JobSnapshot snapshot) {
        return query.follow() && !snapshot.isOver();
    }

    private void skipOrShowCancelled(JobSnapshot snapshot, ResultVisitor visitor) throws IOException {
        if (snapshot.isOver() && query.filter().takes(TaskState.CANCELLED)) {
            showCancelled(snapshot, visitor);
        } else {
            next++;
        }
    }

    private void showCancelled(JobSnapshot snapshot, ResultVisitor visitor) throws IOException {
        visitor.cancelled(snapshot, next++);
        shown++;
    }

    private void showIfWanted(BlockCursor cursor, @Nullable IndexedError error, ResultVisitor visitor)
            throws IOException {
        if (query.filter().takes(error)) {
            cursor.goTo(next);
            visitor.recorded(cursor.block(), next, cursor.start(), cursor.end());
            shown++;
        }
        next++;
    }

    @Override
    public long after() {
        return next - 1;
    }

    private record Found(JobSnapshot snapshot, Optional<LatestResults.Piece> piece) {}
}
