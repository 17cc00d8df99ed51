package io.minimalcluster.client.cli.cluster;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cluster, its newest workers, and its jobs: running, queued and paused ones first, then the newest ended ones. Its
 * size does not depend on the size of the cluster.
 */
record ClusterSnapshot(ClusterView cluster, List<WorkerView> workers, List<Job> jobs) {
    private static final int WORKERS = 100;
    private static final int JOBS = 20;

    static ClusterSnapshot of(Client client) {
        List<WorkerView> workers = client.workers(Listing.first(WORKERS)).items().stream()
                .filter(worker -> worker.state() != WorkerState.GONE)
                .toList();
        Stream<Job> unfinished = Stream.of(JobState.RUNNING, JobState.QUEUED, JobState.PAUSED)
                .flatMap(state -> client.jobs(new Listing(JOBS, null, Map.of("state", state.name()))).items().stream());
        Stream<Job> ended = client.jobs(Listing.first(JOBS)).items().stream()
                .filter(job -> job.state().isTerminal());
        return new ClusterSnapshot(
                client.cluster(), workers, Stream.concat(unfinished, ended).toList());
    }
}
