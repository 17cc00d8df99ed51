package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.chaos.job.TaskBehaviour;
import io.minimalcluster.chaos.load.CallRecorder;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** Jobs with tasks that run long enough to observe their worker. They are part of the history. */
public final class SlowJobs {
    private static final int TASKS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final CallRecorder recorder;
    private final RecoveryMeasurement recovery;
    private int count;

    public SlowJobs(CallRecorder recorder, RecoveryMeasurement recovery) {
        this.recorder = recorder;
        this.recovery = recovery;
    }

    /**
     * Kills a worker while it runs a task of such a job, and measures the recovery.
     *
     * @param name the name of the worker
     */
    public void killWhileRunning(String name, Runnable kill) {
        count++;
        ClusterObserver observer = recovery.observer();
        Optional<String> worker = ClusterObserver.await(TIMEOUT, () -> observer.idOf(name));
        JobRequest order =
                new JobRequest("moved-" + count, TaskBehaviour.SLEEPS, JobRequest.Form.RANGE, 0, 1, TASKS, false);
        Optional<String> job =
                recorder.post(order).json().map(posted -> posted.path("id").asString());
        Optional<String> task = worker.isEmpty() || job.isEmpty()
                ? Optional.empty()
                : ClusterObserver.await(TIMEOUT, () -> runningOn(job.get(), worker.get()));
        task.ifPresentOrElse(path -> recovery.measureWorker(worker.orElseThrow(), path, kill), kill);
    }

    private Optional<String> runningOn(String job, String worker) {
        return IntStream.range(0, TASKS)
                .mapToObj(index -> "/jobs/" + job + "/tasks/" + index)
                .filter(path -> recovery.observer()
                        .runnerOf(path)
                        .filter(worker::equals)
                        .isPresent())
                .findFirst();
    }
}
