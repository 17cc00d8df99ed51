package io.minimalcluster.master.reduce;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.reduce.fold.BuiltInReduction;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.JobState;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Advances reductions step by step, after an event or after a periodic scan. The scan finds reductions after a restart
 * or after a failure of the store. Steps are short, so that a long reduction does not block others.
 */
@Component
public class Reductions implements MaintenanceTask {
    private static final Logger log = LoggerFactory.getLogger(Reductions.class);
    private static final int THREADS = 2;
    private static final String LEFT_OVER = """
            select seq from job
             where parent_seq is not null and state not in ('RECEIVING', 'DELETED')
               and seq not in (select child_seq from reduction where child_seq is not null)
            """;

    private long lastScanned; // job at which the last scan ended; accessed by tick only
    private final Store store;
    private final FoldByMaster byMaster;
    private final FoldByMethod byMethod;
    private final ReductionEnd reductionEnd;
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
    // Both guarded by this.
    private final Set<Long> busy = new HashSet<>();
    private final Set<Long> runAgain = new HashSet<>();
    private final ExecutorService threads;

    @Autowired
    Reductions(Store store, FoldByMaster byMaster, FoldByMethod byMethod, ReductionEnd reductionEnd) {
        this(
                store,
                byMaster,
                byMethod,
                reductionEnd,
                Executors.newFixedThreadPool(
                        THREADS, Thread.ofPlatform().name("reduce-", 0).daemon().factory()));
    }

    Reductions(
            Store store,
            FoldByMaster byMaster,
            FoldByMethod byMethod,
            ReductionEnd reductionEnd,
            ExecutorService threads) {
        this.store = store;
        this.byMaster = byMaster;
        this.byMethod = byMethod;
        this.reductionEnd = reductionEnd;
        this.threads = threads;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        threads.execute(this::dropLeftOver);
    }

    /** Removes internal jobs of deleted jobs and of finished rounds. */
    void dropLeftOver() {
        store.read(sql -> sql.sql(LEFT_OVER).query(Long.class).list()).forEach(reductionEnd::removeJob);
    }

    /** Scans the store for reductions to advance. */
    @Override
    public void tick() {
        long after = lastScanned;
        List<Long> jobs = store.read(sql -> Reduction.jobs(sql, after));
        // scans in pages, because many reductions may have nothing to do
        lastScanned = jobs.size() < Reduction.PAGE_SIZE ? 0 : jobs.getLast();
        jobs.forEach(this::wake);
    }

    /** Schedules a step of a job's reduction. */
    public void wake(long job) {
        if (waiting.add(job)) {
            try {
                threads.execute(() -> run(job));
            } catch (RejectedExecutionException e) {
                waiting.remove(job); // the master shuts down; the next one continues
            }
        }
    }

    private void run(long job) {
        waiting.remove(job);
        if (!claim(job)) {
            return;
        }
        boolean more = false;
        try {
            more = step(job);
        } catch (Unavailable e) {
            log.debug("event=reduction.postponed job={}", job, e);
        } catch (RuntimeException | Error e) { // the next scan tries again
            log.warn("event=reduction.failed job={}", job, e);
        } finally {
            more |= unclaim(job);
        }
        if (more) {
            wake(job);
        }
    }

    /** Claims the reduction. If another thread runs a step, that thread is told to run another one. */
    private synchronized boolean claim(long job) {
        if (busy.add(job)) {
            return true;
        }
        runAgain.add(job);
        return false;
    }

    private synchronized boolean unclaim(long job) {
        busy.remove(job);
        return runAgain.remove(job);
    }

    /** Runs one step. Returns true if another step can follow at once. */
    boolean step(long seq) {
        Optional<Reduction> reduction = store.read(sql -> Reduction.find(sql, seq));
        if (reduction.isEmpty()) {
            return false;
        }
        Optional<JobRow> job = store.read(sql -> Jobs.bySeq(sql, seq));
        JobState state = job.map(JobRow::state).orElse(JobState.CANCELLED);
        if (state.isTerminal()) {
            reductionEnd.abandon(reduction.get());
        } else if (state == JobState.RUNNING) {
            return step(job.orElseThrow(), reduction.get());
        }
        return false;
    }

    private boolean step(JobRow job, Reduction reduction) {
        String by = Objects.requireNonNull(job.reduction().by());
        Optional<BuiltInReduction> builtIn = BuiltInReduction.of(by);
        if (builtIn.isPresent()) {
            return byMaster.step(job, reduction, builtIn.get());
        }
        byMethod.step(job, reduction, by);
        return false;
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        threads.shutdown();
    }
}
