package io.minimalcluster.master.result.read;

import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Reads the log of a job, which has the outcomes in the order of their recording. */
final class CompletionOrderReader implements ResultOrderReader {
    private final Store store;
    private final JsonMapper json;
    private final long job;
    private final ResultQuery query;
    private long position;
    private long toSkip;
    private long visited;
    private WeakReference<Visit> last = new WeakReference<>(null); // a reader that waits for its client holds no block

    CompletionOrderReader(Store store, JsonMapper json, long job, ResultQuery query) {
        this.store = store;
        this.json = json;
        this.job = job;
        this.query = query;
        // With a filter the number of a line is not a position of the log.
        boolean linesArePositions = query.filter() == ResultFilter.ALL;
        this.position = linesArePositions ? query.after() : 0;
        this.toSkip = linesArePositions ? 0 : query.after();
    }

    @Override
    public Step step(ResultVisitor visitor) throws IOException {
        if (visited >= query.limit()) {
            return Step.END;
        }
        Visit open = last.get();
        if (open != null && open.isAt(position)) {
            visit(open, visitor);
            return Step.MORE;
        }
        Found found = store.read(
                sql -> new Found(JobSnapshot.of(sql, job), RecordedBlock.fromPosition(sql, json, job, position)));
        if (found.block().isEmpty()) {
            return found.snapshot().isOver() ? Step.END : Step.WAIT;
        }
        RecordedBlock block = found.block().get();
        Visit begun = new Visit(block, block.values().values());
        last = new WeakReference<>(begun);
        visit(begun, visitor);
        return Step.MORE;
    }

    private void visit(Visit visit, ResultVisitor visitor) throws IOException {
        RecordedBlock block = visit.block();
        Segment.Values at = visit.at();
        while (visited < query.limit() && !ResponseBuffer.isFull() && at.next()) {
            long current = block.position() + at.visited() - 1;
            if (current >= position) {
                position = current + 1;
                if (query.filter().accepts(block.error(at.index())) && toSkip-- <= 0) {
                    visitor.recorded(block, at.index(), at.start(), at.end());
                    visited++;
                }
            }
        }
    }

    @Override
    public long visited() {
        return visited;
    }

    @Override
    public long after() {
        return query.after() + visited;
    }

    /** A visited block, at its last visited value. */
    private record Visit(RecordedBlock block, Segment.Values at) {
        boolean isAt(long position) {
            return block.position() < position && position < block.endPosition();
        }
    }

    private record Found(JobSnapshot snapshot, Optional<RecordedBlock> block) {}
}
