package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.model.job.TaskState;
import org.jspecify.annotations.Nullable;

/** Filter of outcomes by state. */
enum ResultFilter {
    /** All recorded outcomes. */
    ALL,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    static ResultFilter of(@Nullable String state) {
        return switch (state) {
            case null -> ALL;
            case "succeeded" -> SUCCEEDED;
            case "failed" -> FAILED;
            case "cancelled" -> CANCELLED;
            default -> throw Malformed.field("state", "state is succeeded, failed or cancelled.");
        };
    }

    boolean accepts(TaskState state) {
        return switch (this) {
            case ALL -> state == TaskState.SUCCEEDED || state == TaskState.FAILED;
            case SUCCEEDED -> state == TaskState.SUCCEEDED;
            case FAILED -> state == TaskState.FAILED;
            case CANCELLED -> state == TaskState.CANCELLED;
        };
    }

    boolean accepts(@Nullable IndexedError error) {
        return accepts(error == null ? TaskState.SUCCEEDED : TaskState.FAILED);
    }
}
