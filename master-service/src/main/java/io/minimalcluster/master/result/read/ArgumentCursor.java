package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.segment.ArgumentSegments;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.TaskRange;
import java.lang.ref.WeakReference;
import java.util.Objects;

/**
 * Cursor over the arguments of a job for one reader, optimized for ascending indexes. Retains no segment: a reader may
 * wait for its client between two arguments.
 */
final class ArgumentCursor {
    private final Store store;
    private final JobRow job;
    private WeakReference<Position> last = new WeakReference<>(null);

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
        Position position = position(index);
        Segment found = position.segment;
        Segment.Values values = position.values;
        while (values.visited() <= index - found.first()) {
            values.next();
        }
        return new Segment.Slice(found.data(), values.start(), values.end() - values.start());
    }

    private Position position(long index) {
        Position known = last.get();
        if (known != null && known.isBefore(index)) {
            return known;
        }
        Segment found = known != null && known.contains(index) ? known.segment : segmentWith(index);
        Position position = new Position(found, found.values());
        last = new WeakReference<>(position);
        return position;
    }

    private record Position(Segment segment, Segment.Values values) {
        boolean contains(long index) {
            return segment.first() <= index && index < segment.end();
        }

        boolean isBefore(long index) {
            return contains(index) && values.visited() <= index - segment.first() + 1;
        }
    }

    private Segment segmentWith(long index) {
        return store.read(sql -> ArgumentSegments.with(sql, job.seq(), index));
    }
}
