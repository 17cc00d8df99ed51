package io.minimalcluster.master.lease;

import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.match.Offers;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes leases without a master around. */
public final class TestLeases {
    private TestLeases() {}

    public static TakeLeases taker(InstantSource clock) {
        return new TakeLeases(clock, new TaskSpeeds(), new Offers(), TestIds.random());
    }

    public static TakeLeases taker(InstantSource clock, TaskSpeeds speeds, NewIds ids) {
        return new TakeLeases(clock, speeds, new Offers(), ids);
    }

    /** What helps with stragglers, of which it knows what it is told of here. */
    public static RelieveStragglers reliever(InstantSource clock, Headways headways) {
        return reliever(clock, headways, new TaskSpeeds());
    }

    /** The same, with how long tasks take. */
    public static RelieveStragglers reliever(InstantSource clock, Headways headways, TaskSpeeds speeds) {
        return new RelieveStragglers(
                clock, taker(clock), new FindReliefs(headways, speeds), new Reliefs(), TestIds.random());
    }

    /** The same, with what takes leases for it. */
    public static RelieveStragglers reliever(
            InstantSource clock, Headways headways, TaskSpeeds speeds, TakeLeases taker, NewIds ids) {
        return new RelieveStragglers(clock, taker, new FindReliefs(headways, speeds), new Reliefs(), ids);
    }

    /** Takes the speed of functions, and how far batches got. */
    public static Pace pace(TaskSpeeds speeds, Headways headways) {
        return new Pace(speeds, headways);
    }

    /** Takes the speed of functions, for those that are told of it here. */
    public static Pace pace(TaskSpeeds speeds) {
        return new Pace(speeds, headways(System::nanoTime));
    }

    /** How far workers got, at a time that the test sets. */
    public static Headways headways(LongSupplier nanoTime) {
        return new Headways(nanoTime);
    }

    /** Takes back what there is of a lease from an index on; how many tasks. */
    public static long takeBack(JdbcClient sql, WorkerId worker, LeaseId lease, long end) {
        return Leases.find(sql, worker, lease)
                .map(now -> TakeBack.cut(sql, now, end))
                .orElse(0L);
    }

    /** Gives the last task of a lease to a second worker, if that makes sense. */
    public static Optional<Lease> copy(JdbcClient sql, Lease lease, WorkerId taker) {
        return Leases.find(sql, lease.worker(), lease.id())
                .flatMap(now -> SecondCopies.start(
                        sql, now, TestIds.random().lease(), new SecondCopies.Taker(taker, "request", 0)));
    }
}
