package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.scheduling.straggler.StragglerActions;
import io.minimalcluster.master.scheduling.straggler.StragglerDetector;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.scheduling.straggler.TaskReclaim;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes leases without a master around. */
public final class TestLeases {
    private TestLeases() {}

    public static BatchAllocator taker(InstantSource clock) {
        return new BatchAllocator(clock, new TaskSpeedCache(), new CapabilityCache(), TestIds.random());
    }

    public static BatchAllocator taker(InstantSource clock, TaskSpeedCache speedCache, IdGenerator idGenerator) {
        return new BatchAllocator(clock, speedCache, new CapabilityCache(), idGenerator);
    }

    /** What helps with stragglers, of which it knows what it is told of here. */
    public static StragglerMitigation reliever(InstantSource clock, LeaseProgressCache progressCache) {
        return reliever(clock, progressCache, new TaskSpeedCache());
    }

    /** The same, with how long tasks take. */
    public static StragglerMitigation reliever(
            InstantSource clock, LeaseProgressCache progressCache, TaskSpeedCache speedCache) {
        return new StragglerMitigation(
                clock,
                taker(clock),
                new StragglerDetector(progressCache, speedCache),
                new StragglerActions(),
                TestIds.random());
    }

    /** The same, with what takes leases for it. */
    public static StragglerMitigation reliever(
            InstantSource clock,
            LeaseProgressCache progressCache,
            TaskSpeedCache speedCache,
            BatchAllocator taker,
            IdGenerator idGenerator) {
        return new StragglerMitigation(
                clock, taker, new StragglerDetector(progressCache, speedCache), new StragglerActions(), idGenerator);
    }

    /** Takes the speed of functions, and how far batches got. */
    public static BatchPace pace(TaskSpeedCache speedCache, LeaseProgressCache progressCache) {
        return new BatchPace(speedCache, progressCache);
    }

    /** Takes the speed of functions, for those that are told of it here. */
    public static BatchPace pace(TaskSpeedCache speedCache) {
        return new BatchPace(speedCache, headways(System::nanoTime));
    }

    /** How far workers got, at a time that the test sets. */
    public static LeaseProgressCache headways(LongSupplier nanoTime) {
        return new LeaseProgressCache(nanoTime);
    }

    /** Takes back what there is of a lease from an index on; how many tasks. */
    public static long takeBack(JdbcClient sql, WorkerId worker, LeaseId lease, long end) {
        return Leases.find(sql, worker, lease)
                .map(now -> TaskReclaim.cut(sql, now, end))
                .orElse(0L);
    }

    /** Gives the last task of a lease to a second worker, if that makes sense. */
    static Optional<Lease> copy(JdbcClient sql, Lease lease, WorkerId taker) {
        return Leases.find(sql, lease.worker(), lease.id())
                .flatMap(now -> SpeculativeCopies.start(
                        sql, now, TestIds.random().lease(), new SpeculativeCopies.Taker(taker, "request", 0)));
    }
}
