package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.job.JobRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The jobs that are known to the clients of a run. Thread-safe. */
public final class KnownJobs {
    /** The number of recent jobs that clients read and change. Older jobs are only read at the end. */
    private static final int RECENT = 24;

    private final List<String> ids = new ArrayList<>(); // guarded by this, like all fields
    private final Set<String> ended = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final List<JobRequest> keyed = new ArrayList<>();

    synchronized void accepted(String id) {
        if (seen.add(id)) {
            ids.add(id);
        }
    }

    synchronized void addKeyed(JobRequest order) {
        keyed.add(order);
    }

    /** Removes a deleted job. */
    synchronized void remove(String id) {
        ids.remove(id);
        ended.remove(id);
    }

    synchronized void ended(String id) {
        ended.add(id);
    }

    synchronized void reopened(String id) {
        ended.remove(id);
    }

    synchronized long open() {
        return ids.stream().filter(id -> !ended.contains(id)).count();
    }

    synchronized Optional<String> any(RandomGenerator random) {
        return pick(ids, random);
    }

    synchronized Optional<String> anyEnded(RandomGenerator random) {
        return pick(ids.stream().filter(ended::contains).toList(), random);
    }

    synchronized Optional<JobRequest> anyKeyed(RandomGenerator random) {
        return pick(keyed, random);
    }

    private static <T> Optional<T> pick(List<T> from, RandomGenerator random) {
        int size = from.size();
        return size == 0 ? Optional.empty() : Optional.of(from.get(size - 1 - random.nextInt(Math.min(size, RECENT))));
    }
}
