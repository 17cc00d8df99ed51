package io.minimalcluster.chaos.fault;

import io.minimalcluster.chaos.proxy.NetworkFault;
import java.time.Duration;

/** Something that is done to a cluster. Workers are known by their number. */
public sealed interface Fault {
    record KillMaster() implements Fault {}

    /** Killed, and started again when its tasks run elsewhere. */
    record KillWorker(int worker) implements Fault {}

    record KillExecutor(int worker, int executor) implements Fault {}

    /** The master and all workers at once. */
    record KillEverything() implements Fault {}

    /** The database server, started again at once. */
    record KillStore() implements Fault {}

    /** The database server, which is not started again for a while. */
    record StoreAway(Duration length) implements Fault {}

    record StopMaster(Duration length) implements Fault {}

    record StopWorker(int worker, Duration length) implements Fault {}

    record StopExecutor(int worker, int executor, Duration length) implements Fault {}

    /** A network that misbehaves for a while. */
    record Network(NetworkSegment place, NetworkFault fault, Duration length) implements Fault {}

    /** The answer of the next call with these words in its path is lost. */
    record LostAnswer(NetworkSegment place, String words) implements Fault {}

    record ResetAll(NetworkSegment place) implements Fault {}

    /** A worker more, which then leaves as it should. */
    record JoinAndLeave(Duration length) implements Fault {}

    /** The word for it in tables: network faults by what they are. */
    default String kind() {
        return (this instanceof Network network ? network.fault() : this)
                .getClass()
                .getSimpleName();
    }
}
