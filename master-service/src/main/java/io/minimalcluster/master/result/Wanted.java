package io.minimalcluster.master.result;

import io.minimalcluster.master.problem.MasterException.Malformed;
import io.minimalcluster.model.job.TaskState;
import org.jspecify.annotations.Nullable;

/** Which outcomes are asked for, by their state. */
enum Wanted {
    /** All that were recorded. */
    ALL,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    static Wanted of(@Nullable String state) {
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

    boolean takes(@Nullable PostedError error) {
        return takes(error == null ? TaskState.SUCCEEDED : TaskState.FAILED);
    }
}
