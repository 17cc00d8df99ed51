package io.minimalcluster.chaos.fault;

import io.minimalcluster.chaos.proxy.NetworkFault;
import java.time.Duration;

/** A fault of a cluster. Workers are identified by number. */
public sealed interface Fault {
    record KillMaster() implements Fault {}

    /** A worker is killed, and restarted after its tasks run elsewhere. */
    record KillWorker(int worker) implements Fault {}

    record KillExecutor(int worker, int executor) implements Fault {}

    /** The master and all workers are killed at the same time. */
    record KillEverything() implements Fault {}

    /** The database server is killed and immediately restarted. */
    record KillStore() implements Fault {}

    /** The database server is killed and stays unavailable for a while. */
    record StoreOutage(Duration length) implements Fault {}

    record StopMaster(Duration length) implements Fault {}

    record StopWorker(int worker, Duration length) implements Fault {}

    record StopExecutor(int worker, int executor, Duration length) implements Fault {}

    /** A network fault for a limited time. */
    record Network(NetworkSegment place, NetworkFault fault, Duration length) implements Fault {}

    /** The response to the next call with this text in its first line is lost. */
    record LostAnswer(NetworkSegment place, String requestText) implements Fault {}

    record ResetAll(NetworkSegment place) implements Fault {}

    /** An additional worker joins and later shuts down gracefully. */
    record JoinAndLeave(Duration length) implements Fault {}

    /** Slow readers, dripping senders, broken bodies and wrong keys for a limited time. */
    record HostileClients(Duration length) implements Fault {}

    /** The name in reports; for network faults that of the specific fault. */
    default String kind() {
        return (this instanceof Network network ? network.fault() : this)
                .getClass()
                .getSimpleName();
    }
}
