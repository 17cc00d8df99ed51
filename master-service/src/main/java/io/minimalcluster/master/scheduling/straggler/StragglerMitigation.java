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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets a worker that has free slots, and for which nothing waits, help jobs to their end: with tasks taken back from
 * long batches, then with second copies of tasks that take long.
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
    private final StragglerActions actions;
    private final IdGenerator idGenerator;

    public StragglerMitigation(
            InstantSource clock,
            BatchAllocator batchAllocator,
            StragglerDetector detector,
            StragglerActions actions,
            IdGenerator idGenerator) {
        this.clock = clock;
        this.batchAllocator = batchAllocator;
        this.detector = detector;
        this.actions = actions;
        this.idGenerator = idGenerator;
    }

    /** Looks for what there is to be done, in a transaction that reads; whether there is anything. */
    public boolean look(JdbcClient sql) {
        actions.replace(detector.find(sql));
        return !actions.left().isEmpty();
    }

    /** Nobody could do anything now. */
    void forget() {
        actions.replace(List.of());
    }

    /** Takes batches for as many slots of the worker as are free, so many at most, in its caller's transaction. */
    public Relieved take(JdbcClient sql, WorkerId worker, String requestId, int batches) {
        Relieved relieved = new Relieved();
        List<StragglerAction> left = batches == 0 ? List.of() : actions.left();
        if (left.isEmpty()) {
            return relieved;
        }
        int room = Math.min(batches, free(sql, worker));
        for (StragglerAction action : left) {
            if (relieved.leases().size() < room
                    && JobRequirements.of(action.needs()).areMetBy(batchAllocator.capabilitiesOf(sql, worker))) {
                take(sql, action, new SpeculativeCopies.Taker(worker, requestId, clock.millis()), room, relieved);
            }
        }
        return relieved;
    }

    private static int free(JdbcClient sql, WorkerId worker) {
        return sql.sql(FREE)
                .param("worker", worker.value())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private void take(
            JdbcClient sql, StragglerAction action, SpeculativeCopies.Taker taker, int room, Relieved relieved) {
        Optional<Lease> now = sql.sql(LEASE)
                .param("lease", action.lease().seq())
                .param("job", action.lease().jobSeq())
                .query(Lease::of)
                .optional()
                .filter(lease -> lease.last() == action.lease().last());
        if (now.isEmpty()) {
            actions.done(action);
            return;
        }
        int losses = now.get().attempts().losses();
        if (losses > 0 && losses >= Leases.limitFor(sql, taker.worker())) {
            return; // for others
        }
        switch (action) {
            case StragglerAction.Rest rest -> {
                actions.done(action);
                long tasks = TaskReclaim.cut(sql, now.get(), rest.end());
                if (tasks > 0) {
                    relieved.tookBack(now.get().worker(), tasks);
                    batchAllocator
                            .take(
                                    sql,
                                    taker.worker(),
                                    taker.requestId(),
                                    room - relieved.leases().size())
                            .forEach(relieved::add);
                }
            }
            case StragglerAction.Copy _ ->
                SpeculativeCopies.start(sql, now.get(), idGenerator.lease(), taker)
                        .ifPresent(copy -> {
                            actions.done(action);
                            relieved.copied(copy);
                        });
        }
    }

    /** What came of it. */
    public static final class Relieved {
        private final List<Lease> leases = new ArrayList<>();
        private final List<WorkerId> owners = new ArrayList<>();
        private long tasks;
        private int copies;

        private Relieved() {}

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

        /** What the worker has of it. */
        public List<Lease> leases() {
            return List.copyOf(leases);
        }

        /** Those whose leases were cut: there is an order for them. */
        public List<WorkerId> owners() {
            return List.copyOf(owners);
        }

        /** How many tasks were taken back. */
        public long tasks() {
            return tasks;
        }

        /** How many second copies there are now. */
        public int copies() {
            return copies;
        }
    }
}
