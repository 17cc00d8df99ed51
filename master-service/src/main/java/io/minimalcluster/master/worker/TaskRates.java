package io.minimalcluster.master.worker;

import io.minimalcluster.model.WorkerId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Recent task throughput, per worker and in total. It is kept in memory only. */
@Component
public class TaskRates {
    private static final int WORKERS = 10_000;

    private final LongSupplier nanoTime;
    // Both guarded by this.
    private final Recent all = new Recent();
    private final Map<WorkerId, Recent> byWorker = new HashMap<>();

    @Autowired
    TaskRates() {
        this(System::nanoTime);
    }

    TaskRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records tasks that a worker has just finished. */
    public synchronized void done(WorkerId worker, long tasks) {
        long second = second();
        all.add(second, tasks);
        if (byWorker.size() >= WORKERS) {
            byWorker.values().removeIf(recent -> recent.isExpired(second));
        }
        byWorker.computeIfAbsent(worker, _ -> new Recent()).add(second, tasks);
    }

    /** Throughput of all workers. */
    public synchronized double ofAll() {
        return all.perSecond(second());
    }

    synchronized double of(WorkerId worker) {
        Recent recent = byWorker.get(worker);
        return recent == null ? 0 : recent.perSecond(second());
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }

    /** Task counts of the last seconds. */
    private static final class Recent {
        private static final int SECONDS = 10;

        private final long[] tasks = new long[SECONDS];
        private long last = Long.MIN_VALUE;

        void add(long second, long more) {
            advanceTo(second);
            tasks[Math.floorMod(second, SECONDS)] += more;
        }

        private void advanceTo(long second) {
            if (isExpired(second)) {
                Arrays.fill(tasks, 0);
            } else {
                for (long passed = last + 1; passed <= second; passed++) {
                    tasks[Math.floorMod(passed, SECONDS)] = 0;
                }
            }
            last = Math.max(last, second);
        }

        boolean isExpired(long second) {
            return last == Long.MIN_VALUE || second - last >= SECONDS;
        }

        double perSecond(long second) {
            advanceTo(second);
            return Arrays.stream(tasks).sum() / (double) SECONDS;
        }
    }
}
