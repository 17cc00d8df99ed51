package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.client.local.KnownProcess;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs of a cluster that was started here.
 *
 * @param url where the master answers; null where it does not
 * @param slots of the workers together
 * @param jobs how many have not ended; a thousand stands for more
 */
record ClusterReport(
        @Nullable URI url, String data, List<ProcessReport> processes, int workers, int slots, int busy, Jobs jobs) {
    private static final int MANY = 1000;

    /** One that was started and not stopped; it may have ended since. */
    record ProcessReport(String name, long pid, String since, boolean running) {
        static ProcessReport of(KnownProcess process) {
            return new ProcessReport(
                    process.name(), process.pid(), process.since().toString(), process.isRunning());
        }
    }

    record Jobs(int running, int queued, int paused) {}

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
        List<WorkerView> active = client.workers(Listing.first(MANY)).items().stream()
                .filter(worker -> worker.state() == WorkerState.ACTIVE)
                .toList();
        return new ClusterReport(
                address,
                folder.path().toString(),
                processes,
                active.size(),
                active.stream().mapToInt(WorkerView::slots).sum(),
                active.stream().mapToInt(WorkerView::busy).sum(),
                new Jobs(
                        count(client, JobState.RUNNING),
                        count(client, JobState.QUEUED),
                        count(client, JobState.PAUSED)));
    }

    private static int count(Client client, JobState state) {
        return client.jobs(new Listing(MANY, null, Map.of("state", state.name())))
                .items()
                .size();
    }
}
