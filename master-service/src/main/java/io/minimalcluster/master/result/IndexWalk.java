package io.minimalcluster.master.result;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.TaskState;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Goes through the newest outcomes of a job in the order of indexes; where it follows, it waits at the first gap. */
final class IndexWalk implements ResultWalk {
    private final Store store;
    private final long job;
    private final ResultQuery query;
    private final NewestOutcomes outcomes;
    private long next;
    private long shown;

    IndexWalk(Store store, JsonMapper json, long job, ResultQuery query) {
        this.store = store;
        this.job = job;
        this.query = query;
        this.outcomes = new NewestOutcomes(job, json);
        this.next = query.after() == Long.MAX_VALUE ? query.after() : query.after() + 1;
    }

    @Override
    public Step step(Visitor visitor) throws IOException {
        if (shown >= query.limit()) {
            return Step.END;
        }
        Found found = store.read(sql -> {
            JobNow now = JobNow.of(sql, job);
            return new Found(now, outcomes.from(sql, now, next));
        });
        JobNow now = found.now();
        long begins = found.piece().map(NewestOutcomes.Piece::first).orElse(now.total());
        if (next < begins) {
            return passGap(now, begins, visitor);
        }
        return found.piece().isEmpty() ? Step.END : show(now, found.piece().get(), visitor);
    }

    private Step passGap(JobNow now, long end, Visitor visitor) throws IOException {
        if (waits(now)) {
            return Step.WAIT;
        }
        if (now.isOver() && query.wanted().takes(TaskState.CANCELLED)) {
            while (next < end && shown < query.limit()) {
                showCancelled(now, visitor);
            }
        } else {
            next = end;
        }
        return Step.MORE;
    }

    private Step show(JobNow now, NewestOutcomes.Piece piece, Visitor visitor) throws IOException {
        RecordedBlock block = piece.open().block();
        while (next < piece.last() && shown < query.limit()) {
            @Nullable PostedError error = block.error(next);
            if (error != null && !now.stands(block)) {
                if (waits(now)) {
                    return Step.WAIT;
                }
                skipOrShowCancelled(now, visitor);
            } else {
                showIfWanted(piece.open(), error, visitor);
            }
        }
        return Step.MORE;
    }

    private boolean waits(JobNow now) {
        return query.follow() && !now.isOver();
    }

    private void skipOrShowCancelled(JobNow now, Visitor visitor) throws IOException {
        if (now.isOver() && query.wanted().takes(TaskState.CANCELLED)) {
            showCancelled(now, visitor);
        } else {
            next++;
        }
    }

    private void showCancelled(JobNow now, Visitor visitor) throws IOException {
        visitor.cancelled(now, next++);
        shown++;
    }

    private void showIfWanted(OpenBlock open, @Nullable PostedError error, Visitor visitor) throws IOException {
        if (query.wanted().takes(error)) {
            open.goTo(next);
            visitor.recorded(open.block(), next, open.start(), open.end());
            shown++;
        }
        next++;
    }

    @Override
    public long after() {
        return next - 1;
    }

    private record Found(JobNow now, Optional<NewestOutcomes.Piece> piece) {}
}
