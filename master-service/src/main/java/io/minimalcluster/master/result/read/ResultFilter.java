package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.result.record.IndexedError;
import io.minimalcluster.model.job.TaskState;
import org.jspecify.annotations.Nullable;

/** Which outcomes are asked for, by their state. */
enum ResultFilter {
    /** All that were recorded. */
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

    boolean takes(TaskState state) {
        return switch (this) {
            case ALL -> state == TaskState.SUCCEEDED || state == TaskState.FAILED;
            case SUCCEEDED -> state == TaskState.SUCCEEDED;
            case FAILED -> state == TaskState.FAILED;
            case CANCELLED -> state == TaskState.CANCELLED;
        };
    }

    boolean takes(@Nullable IndexedError error) {
        return takes(error == null ? TaskState.SUCCEEDED : TaskState.FAILED);
    }
}
