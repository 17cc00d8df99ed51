package io.minimalcluster.master.result.read;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Goes through the log of a job, in which outcomes stand as they were recorded. */
final class CompletionOrderReader implements ResultOrderReader {
    private final Store store;
    private final JsonMapper json;
    private final long job;
    private final ResultQuery query;
    private long position;
    private long toSkip;
    private long shown;

    CompletionOrderReader(Store store, JsonMapper json, long job, ResultQuery query) {
        this.store = store;
        this.json = json;
        this.job = job;
        this.query = query;
        // a line that is asked for is not always a position of the log
        boolean linesArePositions = query.filter() == ResultFilter.ALL;
        this.position = linesArePositions ? query.after() : 0;
        this.toSkip = linesArePositions ? 0 : query.after();
    }

    @Override
    public Step step(ResultVisitor visitor) throws IOException {
        if (shown >= query.limit()) {
            return Step.END;
        }
        Found found = store.read(
                sql -> new Found(JobSnapshot.of(sql, job), RecordedBlock.fromPosition(sql, json, job, position)));
        if (found.block().isEmpty()) {
            return found.snapshot().isOver() ? Step.END : Step.WAIT;
        }
        show(found.block().get(), visitor);
        return Step.MORE;
    }

    private void show(RecordedBlock block, ResultVisitor visitor) throws IOException {
        Segment.Values at = block.values().values();
        while (shown < query.limit() && at.next()) {
            long place = block.position() + at.passed() - 1;
            if (place >= position) {
                position = place + 1;
                if (query.filter().takes(block.error(at.index())) && toSkip-- <= 0) {
                    visitor.recorded(block, at.index(), at.start(), at.end());
                    shown++;
                }
            }
        }
    }

    @Override
    public long after() {
        return query.after() + shown;
    }

    private record Found(JobSnapshot snapshot, Optional<RecordedBlock> block) {}
}
