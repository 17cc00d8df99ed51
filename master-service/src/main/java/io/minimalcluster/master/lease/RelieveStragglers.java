package io.minimalcluster.master.lease;

import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.match.Needs;
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
public class RelieveStragglers {
    private static final String FREE = """
            select slots - (select count(*) from lease where worker_id = :worker and state in ('OPEN', 'LAPSED')
                               and state = 'OPEN')
              from worker where id = :worker and state = 'ACTIVE'
            """;
    private static final String LEASE = "select " + Lease.COLUMNS
            + " from lease where seq = :lease and job_seq in (select seq from job where seq = :job and state = 'RUNNING')";

    private final InstantSource clock;
    private final TakeLeases takeLeases;
    private final FindReliefs findReliefs;
    private final Reliefs reliefs;
    private final NewIds ids;

    RelieveStragglers(
            InstantSource clock, TakeLeases takeLeases, FindReliefs findReliefs, Reliefs reliefs, NewIds ids) {
        this.clock = clock;
        this.takeLeases = takeLeases;
        this.findReliefs = findReliefs;
        this.reliefs = reliefs;
        this.ids = ids;
    }

    /** Looks for what there is to be done, in a transaction that reads; whether there is anything. */
    public boolean look(JdbcClient sql) {
        reliefs.replace(findReliefs.find(sql));
        return !reliefs.left().isEmpty();
    }

    /** Nobody could do anything now. */
    public void forget() {
        reliefs.replace(List.of());
    }

    /** Takes batches for as many slots of the worker as are free, so many at most, in its caller's transaction. */
    public Relieved take(JdbcClient sql, WorkerId worker, String requestId, int batches) {
        Relieved relieved = new Relieved();
        List<Relief> left = batches == 0 ? List.of() : reliefs.left();
        if (left.isEmpty()) {
            return relieved;
        }
        int room = Math.min(batches, free(sql, worker));
        for (Relief relief : left) {
            if (relieved.leases().size() < room
                    && Needs.of(relief.needs()).areMetBy(takeLeases.abilitiesOf(sql, worker))) {
                take(sql, relief, new SecondCopies.Taker(worker, requestId, clock.millis()), room, relieved);
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

    private void take(JdbcClient sql, Relief relief, SecondCopies.Taker taker, int room, Relieved relieved) {
        Optional<Lease> now = sql.sql(LEASE)
                .param("lease", relief.lease().seq())
                .param("job", relief.lease().jobSeq())
                .query(Lease::of)
                .optional()
                .filter(lease -> lease.last() == relief.lease().last());
        if (now.isEmpty()) {
            reliefs.done(relief);
            return;
        }
        int losses = now.get().tries().losses();
        if (losses > 0 && losses >= Leases.limitFor(sql, taker.worker())) {
            return; // for others
        }
        switch (relief) {
            case Relief.Rest rest -> {
                reliefs.done(relief);
                long tasks = TakeBack.cut(sql, now.get(), rest.end());
                if (tasks > 0) {
                    relieved.tookBack(now.get().worker(), tasks);
                    takeLeases
                            .take(
                                    sql,
                                    taker.worker(),
                                    taker.requestId(),
                                    room - relieved.leases().size())
                            .forEach(relieved::add);
                }
            }
            case Relief.Copy _ ->
                SecondCopies.start(sql, now.get(), ids.lease(), taker).ifPresent(copy -> {
                    reliefs.done(relief);
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
