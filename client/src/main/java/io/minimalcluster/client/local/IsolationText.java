package io.minimalcluster.client.local;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.WorkerView;
import java.util.Comparator;
import java.util.List;

/** Describes the isolation level of tasks for a user. */
public final class IsolationText {
    private IsolationText() {}

    public static String describe(List<WorkerView> workers) {
        return switch (weakest(workers)) {
            case BUBBLEWRAP -> "Tasks run in a sandbox: no network, no files but their own.";
            case UID -> "Tasks run under a user id of their own: they can't read your files or the cluster's key.";
            case PROCESS ->
                "No sandbox works here: tasks are plain processes of your user, with its rights to files and network.";
        };
    }

    private static Isolation weakest(List<WorkerView> workers) {
        return workers.stream()
                .map(WorkerView::isolation)
                .min(Comparator.naturalOrder())
                .orElse(Isolation.PROCESS);
    }
}
