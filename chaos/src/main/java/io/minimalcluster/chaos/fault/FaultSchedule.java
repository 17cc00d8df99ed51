package io.minimalcluster.chaos.fault;

import io.minimalcluster.chaos.proxy.Direction;
import io.minimalcluster.chaos.proxy.NetworkFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A seeded sequence of faults. Each round contains every kind once, in random order. */
public final class FaultSchedule {
    private static final int WORKERS = 2;
    private static final List<Function<FaultSchedule, Fault>> KINDS = List.of(
            _ -> new Fault.KillMaster(),
            it -> new Fault.KillWorker(it.worker()),
            it -> new Fault.KillExecutor(it.worker(), it.random.nextInt(4)),
            _ -> new Fault.KillEverything(),
            it -> new Fault.StopMaster(it.upToLease(2)),
            it -> new Fault.StopWorker(it.worker(), it.upToLease(1)),
            it -> new Fault.StopWorker(it.worker(), it.beyondLease()),
            it -> new Fault.StopExecutor(it.worker(), it.random.nextInt(4), it.upToLease(1)),
            it -> it.network(new NetworkFault.Latency(Duration.ofMillis(300), Duration.ofMillis(300)), it.upToLease(2)),
            it -> it.network(new NetworkFault.BlackHole(), it.beyondLease()),
            it -> it.network(new NetworkFault.Partition(it.direction()), it.upToLease(2)),
            it -> it.network(new NetworkFault.Reset(it.direction(), it.random.nextInt(2_000)), it.upToLease(1)),
            it -> it.network(new NetworkFault.Slicer(1, Duration.ofNanos(100_000)), it.upToLease(1)),
            it -> it.network(new NetworkFault.Bandwidth(20_000), it.upToLease(1)),
            _ -> new Fault.LostAnswer(NetworkSegment.WORKERS, "/poll"),
            _ -> new Fault.LostAnswer(NetworkSegment.WORKERS, "/results"),
            _ -> new Fault.LostAnswer(NetworkSegment.CLIENTS, "POST /api/v1/jobs"),
            it -> new Fault.ResetAll(it.place()),
            it -> new Fault.JoinAndLeave(it.beyondLease()),
            it -> new Fault.HostileClients(it.upToLease(2)));

    private static final List<Function<FaultSchedule, Fault>> KINDS_OF_STORE =
            List.of(_ -> new Fault.KillStore(), it -> new Fault.StoreOutage(it.upToLease(2)));

    private final Random random;
    private final Duration lease;
    private final List<Function<FaultSchedule, Fault>> kinds;
    private final List<Function<FaultSchedule, Fault>> remaining = new ArrayList<>();

    /** A schedule; equal seeds give equal faults. */
    public FaultSchedule(long seed, Duration lease, boolean killsStore) {
        this.random = new Random(seed);
        this.lease = lease;
        this.kinds = new ArrayList<>(KINDS);
        if (killsStore) {
            kinds.addAll(KINDS_OF_STORE);
        }
    }

    /** The kinds of faults in each round, by {@link Fault#kind()}. */
    public List<String> kinds() {
        FaultSchedule any = new FaultSchedule(0, Duration.ofSeconds(1), false);
        return kinds.stream()
                .map(kind -> kind.apply(any).kind())
                .distinct()
                .sorted()
                .toList();
    }

    /** The number of faults in a round. */
    public int round() {
        return kinds.size();
    }

    public Fault next() {
        if (remaining.isEmpty()) {
            remaining.addAll(kinds);
            Collections.shuffle(remaining, random);
        }
        return remaining.removeLast().apply(this);
    }

    /** The pause before the next fault. */
    public Duration pause() {
        return Duration.ofMillis(random.nextInt(200, 1_500));
    }

    private int worker() {
        return random.nextInt(WORKERS);
    }

    private NetworkSegment place() {
        return random.nextBoolean() ? NetworkSegment.WORKERS : NetworkSegment.CLIENTS;
    }

    private Direction direction() {
        return random.nextBoolean() ? Direction.TO_TARGET : Direction.FROM_TARGET;
    }

    private Fault network(NetworkFault fault, Duration length) {
        return new Fault.Network(place(), fault, length);
    }

    private Duration upToLease(int times) {
        return lease.multipliedBy(random.nextInt(20, 100)).multipliedBy(times).dividedBy(100);
    }

    private Duration beyondLease() {
        return lease.multipliedBy(random.nextInt(120, 200)).dividedBy(100);
    }
}
