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
 * What runs of a cluster.
 *
 * @param url where the master answers; null where it does not
 * @param data the folder of a cluster that was started here; null for another
 * @param processes of a cluster that was started here
 * @param slots of the workers together
 * @param jobs how many have not ended
 */
record ClusterReport(
        @Nullable URI url,
        @Nullable String data,
        List<ProcessReport> processes,
        int workers,
        int slots,
        int busy,
        Jobs jobs) {
    /** One that was started and not stopped; it may have ended since. */
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
                // said by there being no address
            }
        }
        return new ClusterReport(null, folder.path().toString(), processes, 0, 0, 0, new Jobs(0, 0, 0));
    }

    /** Of a master that was not started by {@code up}. */
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
