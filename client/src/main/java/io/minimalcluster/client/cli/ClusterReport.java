package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.client.local.KnownProcess;
import io.minimalcluster.model.cluster.ClusterView;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs of a cluster that was started here.
 *
 * @param url where the master answers; null where it does not
 * @param slots of the workers together
 * @param jobs how many have not ended
 */
record ClusterReport(
        @Nullable URI url, String data, List<ProcessReport> processes, int workers, int slots, int busy, Jobs jobs) {
    /** One that was started and not stopped; it may have ended since. */
    record ProcessReport(String name, long pid, String since, boolean running) {
        static ProcessReport of(KnownProcess process) {
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
                return answered(address, folder, processes, client);
            } catch (UnreachableException | ProblemException _) {
                // said by there being no address
            }
        }
        return new ClusterReport(null, folder.path().toString(), processes, 0, 0, 0, new Jobs(0, 0, 0));
    }

    private static ClusterReport answered(
            URI address, ClusterFolder folder, List<ProcessReport> processes, Client client) {
        ClusterView cluster = client.cluster();
        return new ClusterReport(
                address,
                folder.path().toString(),
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
