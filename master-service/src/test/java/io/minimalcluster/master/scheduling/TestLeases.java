package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.scheduling.straggler.StragglerDetector;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.scheduling.straggler.TaskReclaim;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Factories and operations on leases for tests without a running master. */
public final class TestLeases {
    private TestLeases() {}

    /** A clock that moves on by a minute with each reading, so that no task has to wait for its next attempt. */
    public static InstantSource fastClock() {
        AtomicLong millis = new AtomicLong(System.currentTimeMillis());
        return () -> Instant.ofEpochMilli(millis.addAndGet(60_000));
    }

    public static BatchAllocator allocator(InstantSource clock) {
        return new BatchAllocator(clock, new TaskSpeedCache(), new CapabilityCache(), TestIds.random());
    }

    public static BatchAllocator allocator(InstantSource clock, TaskSpeedCache speedCache, IdGenerator idGenerator) {
        return new BatchAllocator(clock, speedCache, new CapabilityCache(), idGenerator);
    }

    /** Straggler mitigation over the given lease progress, without measured speeds. */
    public static StragglerMitigation mitigation(InstantSource clock, LeaseProgressCache progressCache) {
        return mitigation(clock, progressCache, new TaskSpeedCache());
    }

    /** Straggler mitigation over the given lease progress and task speeds. */
    public static StragglerMitigation mitigation(
            InstantSource clock, LeaseProgressCache progressCache, TaskSpeedCache speedCache) {
        return new StragglerMitigation(
                clock, allocator(clock), new StragglerDetector(progressCache, speedCache), TestIds.random());
    }

    /** Straggler mitigation that uses the given allocator. */
    public static StragglerMitigation mitigation(
            InstantSource clock,
            LeaseProgressCache progressCache,
            TaskSpeedCache speedCache,
            BatchAllocator batchAllocator,
            IdGenerator idGenerator) {
        return new StragglerMitigation(
                clock, batchAllocator, new StragglerDetector(progressCache, speedCache), idGenerator);
    }

    /** Recorder of task speeds and lease progress. */
    public static BatchPace pace(TaskSpeedCache speedCache, LeaseProgressCache progressCache) {
        return new BatchPace(speedCache, progressCache);
    }

    /** Progress cache with a clock of the test. */
    public static LeaseProgressCache progressCache(LongSupplier nanoTime) {
        return new LeaseProgressCache(nanoTime);
    }

    /** Reclaims the tasks of a lease from index {@code end} and returns their number. */
    public static long reclaim(JdbcClient sql, WorkerId worker, LeaseId lease, long end) {
        return Leases.find(sql, worker, lease)
                .map(now -> TaskReclaim.cut(sql, now, end))
                .orElse(0L);
    }

    /** Starts a speculative copy of the last task of a lease on another worker, if a copy is allowed. */
    static Optional<Lease> copy(JdbcClient sql, Lease lease, WorkerId worker) {
        return Leases.find(sql, lease.worker(), lease.id())
                .flatMap(now -> SpeculativeCopies.start(
                        sql, now, TestIds.random().lease(), new SpeculativeCopies.Recipient(worker, "request", 0)));
    }
}
