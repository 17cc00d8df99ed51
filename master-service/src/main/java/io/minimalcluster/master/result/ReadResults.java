package io.minimalcluster.master.result;

import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Walks over the outcomes of a job, a block at a time; holds no transaction in between. */
@Component
class ReadResults {
    private final Store store;
    private final JsonMapper json;

    ReadResults(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** Shows each outcome that is asked for; where to go on after the last: an {@code after}. */
    long forEach(long job, ResultQuery query, Visitor visitor) throws IOException {
        long next = query.start();
        long left = query.limit();
        while (left > 0) {
            Optional<RecordedBlock> found = block(job, query, next);
            if (found.isEmpty()) {
                break;
            }
            BlockWalk walk = new BlockWalk(found.get(), query, next, left);
            walk.run(visitor);
            next = walk.next();
            left -= walk.shown();
        }
        return query.byCompletion() ? next : next - 1;
    }

    private Optional<RecordedBlock> block(long job, ResultQuery query, long from) {
        return store.read(sql -> query.byCompletion()
                ? RecordedBlock.fromPosition(sql, json, job, from)
                : RecordedBlock.fromIndex(sql, json, job, from));
    }

    /** Is shown one outcome; its value stands in the data of the block. */
    interface Visitor {
        void visit(RecordedBlock block, long index, int start, int end) throws IOException;
    }
}
