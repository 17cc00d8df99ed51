package io.minimalcluster.master.result.read;

import java.io.IOException;

/** Receives outcomes one by one. */
interface ResultVisitor {
    /** Receives a recorded outcome. Its value, if any, is a part of the data of the block. */
    void recorded(RecordedBlock block, long index, int start, int end) throws IOException;

    /** Receives a task that was cancelled by the end of its job. */
    void cancelled(JobSnapshot job, long index) throws IOException;
}
