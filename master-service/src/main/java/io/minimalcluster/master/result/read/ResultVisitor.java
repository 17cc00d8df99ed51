package io.minimalcluster.master.result.read;

import java.io.IOException;

/** Is shown outcomes one by one. */
interface ResultVisitor {
    /** An outcome that was recorded; its value, if it has one, stands in the data of the block. */
    void recorded(RecordedBlock block, long index, int start, int end) throws IOException;

    /** A task that its job ended without. */
    void cancelled(JobSnapshot job, long index) throws IOException;
}
