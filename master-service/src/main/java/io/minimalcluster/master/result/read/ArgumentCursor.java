package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.segment.ArgumentSegments;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.TaskRange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cursor over the arguments of a job for one reader, optimized for ascending indexes. */
final class ArgumentCursor {
    private final Store store;
    private final JobRow job;
    private @Nullable Segment segment;
    private Segment.@Nullable Values at;

    ArgumentCursor(Store store, JobRow job) {
        this.store = store;
        this.job = job;
    }

    /** The argument of an index as JSON. */
    Segment.Slice of(long index) {
        TaskRange range = job.range();
        if (range != null) {
            byte[] number = Long.toString(range.from() + index * Objects.requireNonNull(range.step()))
                    .getBytes(US_ASCII);
            return new Segment.Slice(number, 0, number.length);
        }
        Segment found = segmentWith(index);
        Segment.Values values = at;
        if (values == null || values.visited() > index - found.first() + 1) {
            values = found.values();
            at = values;
        }
        while (values.visited() <= index - found.first()) {
            values.next();
        }
        return new Segment.Slice(found.data(), values.start(), values.end() - values.start());
    }

    private Segment segmentWith(long index) {
        Segment known = segment;
        if (known != null && known.first() <= index && index < known.end()) {
            return known;
        }
        Segment found = store.read(sql -> ArgumentSegments.with(sql, job.seq(), index));
        segment = found;
        at = null;
        return found;
    }
}
