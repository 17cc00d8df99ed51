package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.SpeculativeCopies;
import io.minimalcluster.model.WorkerId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives work of late jobs to a worker with free slots when no task is pending. It first reclaims tasks from long
 * batches (work stealing), then starts speculative copies of slow tasks.
 */
@Component
public class StragglerMitigation {
    private static final String FREE = """
            select slots - (select count(*) from lease where worker_id = :worker and state in ('OPEN', 'LAPSED')
                               and state = 'OPEN')
              from worker where id = :worker and state = 'ACTIVE'
            """;
    private static final String LEASE = "select " + Lease.COLUMNS
            + " from lease where seq = :lease and job_seq in (select seq from job where seq = :job and state = 'RUNNING')";

    private final InstantSource clock;
    private final BatchAllocator batchAllocator;
    private final StragglerDetector detector;
    private final IdGenerator idGenerator;

    /** The actions of the last detection. */
    private volatile List<StragglerAction> found = List.of();

    /** Those of them that are executed. */
    private final Set<StragglerAction> done = ConcurrentHashMap.newKeySet();

    public StragglerMitigation(
            InstantSource clock, BatchAllocator batchAllocator, StragglerDetector detector, IdGenerator idGenerator) {
        this.clock = clock;
        this.batchAllocator = batchAllocator;
        this.detector = detector;
        this.idGenerator = idGenerator;
    }

    /** Detects stragglers, in a read transaction. Returns whether there are actions. */
    public boolean detect(JdbcClient sql) {
        replace(detector.find(sql));
        return !found.isEmpty();
    }

    /** Drops all actions, because no worker could execute them. */
    public void clear() {
        replace(List.of());
    }

    private void replace(List<StragglerAction> actions) {
        found = actions;
        done.clear();
    }

    /**
     * Executes actions for the free slots of a worker, for at most {@code batches} batches, in the transaction of the
     * caller.
     */
    public MitigationResult mitigate(JdbcClient sql, WorkerId worker, String requestId, int batches) {
        MitigationResult mitigated = new MitigationResult();
        List<StragglerAction> actions = found;
        if (batches == 0 || actions.isEmpty()) {
            return mitigated;
        }
        int capacity = Math.min(batches, free(sql, worker));
        for (StragglerAction action : actions) {
            if (!done.contains(action)
                    && mitigated.leases().size() < capacity
                    && JobRequirements.of(action.requirements()).areMetBy(batchAllocator.capabilitiesOf(sql, worker))) {
                mitigate(
                        sql,
                        action,
                        new SpeculativeCopies.Recipient(worker, requestId, clock.millis()),
                        capacity,
                        mitigated);
            }
        }
        return mitigated;
    }

    private static int free(JdbcClient sql, WorkerId worker) {
        return sql.sql(FREE)
                .param("worker", worker.value())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private void mitigate(
            JdbcClient sql,
            StragglerAction action,
            SpeculativeCopies.Recipient recipient,
            int capacity,
            MitigationResult mitigated) {
        Optional<Lease> now = sql.sql(LEASE)
                .param("lease", action.lease().seq())
                .param("job", action.lease().jobSeq())
                .query(Lease::of)
                .optional()
                .filter(lease -> lease.last() == action.lease().last());
        if (now.isEmpty()) {
            done.add(action);
            return;
        }
        int losses = now.get().attempts().losses();
        if (losses > 0 && losses >= Leases.limitFor(sql, recipient.worker())) {
            return; // left for other workers
        }
        switch (action) {
            case StragglerAction.Rest rest -> {
                done.add(action);
                long tasks = TaskReclaim.cut(sql, now.get(), rest.end());
                if (tasks > 0) {
                    mitigated.tookBack(now.get().worker(), tasks);
                    batchAllocator
                            .allocate(
                                    sql,
                                    recipient.worker(),
                                    recipient.requestId(),
                                    capacity - mitigated.leases().size())
                            .forEach(mitigated::add);
                }
            }
            case StragglerAction.Copy _ ->
                SpeculativeCopies.start(sql, now.get(), idGenerator.lease(), recipient)
                        .ifPresent(copy -> {
                            done.add(action);
                            mitigated.copied(copy);
                        });
        }
    }

    /** Result of the executed actions. */
    public static final class MitigationResult {
        private final List<Lease> leases = new ArrayList<>();
        private final List<WorkerId> owners = new ArrayList<>();
        private long tasks;
        private int copies;

        private MitigationResult() {}

        /** Nothing was done. */
        public static MitigationResult none() {
            return new MitigationResult();
        }

        private void add(Lease lease) {
            leases.add(lease);
        }

        private void tookBack(WorkerId owner, long count) {
            owners.add(owner);
            tasks += count;
        }

        private void copied(Lease copy) {
            leases.add(copy);
            copies++;
        }

        /** The new leases of the worker. */
        public List<Lease> leases() {
            return List.copyOf(leases);
        }

        /** The workers whose leases were cut and that need an order. */
        public List<WorkerId> owners() {
            return List.copyOf(owners);
        }

        /** Number of reclaimed tasks. */
        public long tasks() {
            return tasks;
        }

        /** Number of started copies. */
        public int copies() {
            return copies;
        }
    }
}
