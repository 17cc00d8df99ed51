package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.chaos.job.TaskBehaviour;
import java.util.random.RandomGenerator;

/** Random job requests of a client. */
final class RandomJobs {
    private static final int[] SIZES = {0, 1, 7, 40, 150, 400};

    private final String client;
    private final RandomGenerator random;
    private int count;

    RandomJobs(String client, RandomGenerator random) {
        this.client = client;
        this.random = random;
    }

    JobRequest next() {
        int die = random.nextInt(20);
        if (die == 0) {
            return order(TaskBehaviour.SLEEPS, 4);
        }
        if (die == 1 || die == 2) {
            return order(TaskBehaviour.CRASHES, 50); // one of them is a poison task
        }
        return order(die < 6 ? TaskBehaviour.FAILS : TaskBehaviour.CALM, SIZES[random.nextInt(SIZES.length)]);
    }

    /** A request for an aborted upload. */
    JobRequest lines() {
        count++;
        return new JobRequest(
                client + "-vanished-" + count, TaskBehaviour.CALM, JobRequest.Form.LINES, 0, 1, 200, false);
    }

    private JobRequest order(TaskBehaviour behaviour, int total) {
        count++;
        JobRequest.Form[] forms = JobRequest.Form.values();
        return new JobRequest(
                client + "-" + count,
                behaviour,
                forms[random.nextInt(forms.length)],
                random.nextInt(1_000_000),
                1 + random.nextInt(3),
                total,
                random.nextInt(10) < 6);
    }
}
