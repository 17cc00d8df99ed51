package io.minimalcluster.master.result.read;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Counts outcomes and writes delimiters between them. */
final class DelimitingVisitor implements ResultVisitor {
    private final @Nullable ResultVisitor visitor;
    private final Before before;
    private final After after;
    private long count;

    /** @param visitor null to count outcomes only */
    DelimitingVisitor(@Nullable ResultVisitor visitor, Before before, After after) {
        this.visitor = visitor;
        this.before = before;
        this.after = after;
    }

    @Override
    public void recorded(RecordedBlock block, long index, int start, int end) throws IOException {
        before.write(count++);
        if (visitor != null) {
            visitor.recorded(block, index, start, end);
        }
        after.write();
    }

    @Override
    public void cancelled(JobSnapshot job, long index) throws IOException {
        before.write(count++);
        if (visitor != null) {
            visitor.cancelled(job, index);
        }
        after.write();
    }

    long count() {
        return count;
    }

    /** Writes the delimiter before an outcome, given the number of earlier outcomes. */
    interface Before {
        void write(long previous) throws IOException;
    }

    /** Writes the delimiter after an outcome. */
    interface After {
        void write() throws IOException;
    }
}
