package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.job.JobRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A client that does one thing after another, as chance has it, until it is told to stop. */
public final class ChaosClient implements Runnable {
    private static final int OPEN_AT_MOST = 8;
    private static final long LONGEST_PAUSE = 1_000_000_000;
    private static final int GONE = 404;
    private static final Duration LISTENS = Duration.ofSeconds(3);

    private final CallRecorder recorder;
    private final KnownJobs jobs;
    private final RandomGenerator random;
    private final RandomJobs orders;
    private final RandomGenerator jitter = new SplittableRandom(); // what it draws is no part of what the seed decides
    private final Map<String, Long> read = new HashMap<>();
    private volatile boolean stopped;

    public ChaosClient(CallRecorder recorder, KnownJobs jobs, RandomGenerator random) {
        this.recorder = recorder;
        this.jobs = jobs;
        this.random = random;
        this.orders = new RandomJobs(recorder.client(), random);
    }

    /** Lets what it does now come to its end. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            step(random.nextInt(100));
            LockSupport.parkNanos(random.nextLong(5_000_000, 150_000_000));
            if (recorder.foundNobody()) {
                awaitMaster();
            }
        }
    }

    /**
     * As a good client does: it does not knock at a closed door without a pause, and not at the moment all others do.
     */
    private void awaitMaster() {
        long pause = 50_000_000;
        while (!stopped && !recorder.calls().areAnswered()) {
            LockSupport.parkNanos(jitter.nextLong(pause / 2, pause));
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }

    private void step(int die) {
        if (die < 30) {
            post();
        } else if (die < 50) {
            any(this::look);
        } else if (die < 60) {
            any(this::readOn);
        } else if (die < 70) {
            any(this::follow);
        } else if (die < 76) {
            jobs.anyEnded(random).ifPresent(id -> forgetIfGone(recorder.values(id), id));
        } else if (die < 80) {
            jobs.anyKeyed(random).ifPresent(this::postAgain);
        } else if (die < 83) {
            recorder.vanish(orders.lines());
        } else if (die < 90) {
            recorder.probe("/jobs", random.nextBoolean() ? "" : "not-the-key");
        } else {
            change(die);
        }
    }

    private void change(int die) {
        switch (die) {
            case 90, 91 -> any(id -> looked(recorder.change(Operation.CANCEL, id, "cancel"), id));
            case 92, 93 -> any(id -> looked(recorder.change(Operation.PAUSE, id, "pause"), id));
            case 94, 95 -> any(id -> looked(recorder.change(Operation.RESUME, id, "resume"), id));
            case 96, 97 -> jobs.anyEnded(random).ifPresent(this::retry);
            default -> jobs.anyEnded(random).ifPresent(this::delete);
        }
    }

    /** Looks once more whether it is gone, and then leaves it in peace; so do all others. */
    private void delete(String id) {
        if (recorder.delete(id).isOk()) {
            jobs.forget(id);
            recorder.job(id, Duration.ZERO);
        }
    }

    private void any(Consumer<String> deed) {
        jobs.any(random).ifPresent(deed);
    }

    private void post() {
        if (jobs.open() >= OPEN_AT_MOST) {
            any(this::look);
            return;
        }
        JobRequest order = orders.next();
        if (order.keyed()) {
            jobs.orderedWithKey(order);
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

    private void look(String id) {
        looked(recorder.job(id, random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1)), id);
    }

    private void looked(CallResponse response, String id) {
        if (response.isOk() && response.json().filter(FinalReader::isEnd).isPresent()) {
            jobs.ended(id);
        }
        forgetIfGone(response, id);
    }

    /** A call to delete it that got no answer may have done so. */
    private void forgetIfGone(CallResponse response, String id) {
        if (response.status() == GONE) {
            jobs.forget(id);
        }
    }

    private void readOn(String id) {
        onFrom(id, recorder.log(id, read.getOrDefault(id, 0L)));
    }

    private void follow(String id) {
        onFrom(id, recorder.follow(id, read.getOrDefault(id, 0L), LISTENS));
    }

    /** A stream that broke is gone on with after the lines that came. */
    private void onFrom(String id, CallResponse response) {
        forgetIfGone(response, id);
        if (response.status() == 200) {
            read.merge(id, (long) CallRecorder.logLines(response).size(), Long::sum);
        }
    }

    private void retry(String id) {
        CallResponse response = recorder.change(Operation.RETRY, id, "retry");
        forgetIfGone(response, id);
        if (response.status() < 300) {
            jobs.reopened(id);
        }
    }
}
