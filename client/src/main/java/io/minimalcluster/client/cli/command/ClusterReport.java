package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.client.local.RecordedProcess;
import io.minimalcluster.model.cluster.ClusterView;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a cluster: its address, processes, workers and jobs.
 *
 * @param url address of the master; null if it does not answer
 * @param data folder of a cluster started by {@code up}; null for another master
 * @param processes recorded processes of a cluster started by {@code up}
 * @param slots total number of slots of the workers
 * @param jobs number of jobs that have not ended, by state
 */
record ClusterReport(
        @Nullable URI url,
        @Nullable String data,
        List<ProcessReport> processes,
        int workers,
        int slots,
        int busy,
        Jobs jobs) {
    /** A process that was started and not stopped. It may have ended since. */
    record ProcessReport(String name, long pid, String since, boolean running) {
        static ProcessReport of(RecordedProcess process) {
            return new ProcessReport(
                    process.name(), process.pid(), process.since().toString(), process.isRunning());
        }
    }

    record Jobs(long running, long queued, long paused) {}

    static ClusterReport of(ClusterFolder folder) throws IOException {
        List<ProcessReport> processes =
                folder.processes().stream().map(ProcessReport::of).toList();
        URI address = folder.address().orElse(null);
        if (address != null && !processes.isEmpty() && processes.getFirst().running()) {
            try (Client client = folder.client(address)) {
                return of(address, folder.path().toString(), processes, client.cluster());
            } catch (UnreachableException | ProblemException _) {
                // reported as a missing address
            }
        }
        return new ClusterReport(null, folder.path().toString(), processes, 0, 0, 0, new Jobs(0, 0, 0));
    }

    /** Reports a master that was not started by {@code up}. */
    static ClusterReport of(MasterOptions.Endpoint master) {
        try (Client client = master.client()) {
            return of(master.address(), null, List.of(), client.cluster());
        }
    }

    private static ClusterReport of(
            URI address, @Nullable String data, List<ProcessReport> processes, ClusterView cluster) {
        return new ClusterReport(
                address,
                data,
                processes,
                cluster.workers(),
                cluster.slots(),
                cluster.busySlots(),
                new Jobs(
                        cluster.jobs().running(),
                        cluster.jobs().queued(),
                        cluster.jobs().paused()));
    }
}
