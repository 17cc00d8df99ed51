package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.model.support.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A client that makes random calls until it is stopped. */
public final class ChaosClient implements Runnable {
    private static final int MAX_OPEN_JOBS = 8;
    private static final int NOT_FOUND = 404;
    private static final Duration FOLLOW_TIME = Duration.ofSeconds(3);

    private final CallRecorder recorder;
    private final KnownJobs jobs;
    private final RandomGenerator random;
    private final RandomJobs orders;
    private final Map<String, Long> read = new HashMap<>();
    private volatile boolean stopped;

    public ChaosClient(CallRecorder recorder, KnownJobs jobs, RandomGenerator random) {
        this.recorder = recorder;
        this.jobs = jobs;
        this.random = random;
        this.orders = new RandomJobs(recorder.client(), random);
    }

    /** Stops after the current call. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            step(random.nextInt(100));
            LockSupport.parkNanos(random.nextLong(5_000_000, 150_000_000));
            if (recorder.isMasterUnavailable()) {
                awaitMaster();
            }
        }
    }

    /** Waits until the master is available, with exponential backoff and jitter. */
    private void awaitMaster() {
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1)); // independent of the seed
        while (!stopped && !recorder.calls().isMasterAvailable()) {
            LockSupport.parkNanos(backoff.next().toNanos());
        }
    }

    private void step(int die) {
        if (die < 30) {
            post();
        } else if (die < 50) {
            any(this::readJob);
        } else if (die < 60) {
            any(this::readLog);
        } else if (die < 70) {
            any(this::follow);
        } else if (die < 76) {
            jobs.anyEnded(random).ifPresent(id -> removeIfNotFound(recorder.values(id), id));
        } else if (die < 80) {
            jobs.anyKeyed(random).ifPresent(this::postAgain);
        } else if (die < 83) {
            recorder.abortUpload(orders.lines());
        } else if (die < 90) {
            recorder.probe("/jobs", random.nextBoolean() ? "" : "not-the-key");
        } else {
            change(die);
        }
    }

    private void change(int die) {
        switch (die) {
            case 90, 91 -> any(id -> afterRead(recorder.change(Operation.CANCEL, id, "cancel"), id));
            case 92, 93 -> any(id -> afterRead(recorder.change(Operation.PAUSE, id, "pause"), id));
            case 94, 95 -> any(id -> afterRead(recorder.change(Operation.RESUME, id, "resume"), id));
            case 96, 97 -> jobs.anyEnded(random).ifPresent(this::retry);
            default -> jobs.anyEnded(random).ifPresent(this::delete);
        }
    }

    /** Deletes a job, reads it once more and then removes it from the known jobs of all clients. */
    private void delete(String id) {
        if (recorder.delete(id).isOk()) {
            jobs.remove(id);
            recorder.job(id, Duration.ZERO);
        }
    }

    private void any(Consumer<String> call) {
        jobs.any(random).ifPresent(call);
    }

    private void post() {
        if (jobs.open() >= MAX_OPEN_JOBS) {
            any(this::readJob);
            return;
        }
        JobRequest order = orders.next();
        if (order.keyed()) {
            jobs.addKeyed(order);
        }
        accepted(recorder.post(order));
    }

    private void postAgain(JobRequest order) {
        accepted(recorder.post(order));
    }

    private void accepted(CallResponse response) {
        if (response.isOk()) {
            response.json().ifPresent(job -> jobs.accepted(job.path("id").asString()));
        }
    }

    private void readJob(String id) {
        afterRead(recorder.job(id, random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1)), id);
    }

    private void afterRead(CallResponse response, String id) {
        if (response.isOk() && response.json().filter(FinalReader::isEnd).isPresent()) {
            jobs.ended(id);
        }
        removeIfNotFound(response, id);
    }

    /** Removes a job that a deletion with an unknown outcome has deleted. */
    private void removeIfNotFound(CallResponse response, String id) {
        if (response.status() == NOT_FOUND) {
            jobs.remove(id);
        }
    }

    private void readLog(String id) {
        advance(id, recorder.log(id, read.getOrDefault(id, 0L)));
    }

    private void follow(String id) {
        advance(id, recorder.follow(id, read.getOrDefault(id, 0L), FOLLOW_TIME));
    }

    /** Advances the read position by the complete lines, so that the next read resumes there. */
    private void advance(String id, CallResponse response) {
        removeIfNotFound(response, id);
        if (response.status() == 200) {
            read.merge(id, (long) CallRecorder.logLines(response).size(), Long::sum);
        }
    }

    private void retry(String id) {
        CallResponse response = recorder.change(Operation.RETRY, id, "retry");
        removeIfNotFound(response, id);
        if (response.status() < 300) {
            jobs.reopened(id);
        }
    }
}
