package io.minimalcluster.chaos.proxy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The active faults, with notification of changes. */
final class ActiveFaults {
    /**
     * The faults after a change.
     *
     * @param change the number of the change
     */
    record Snapshot(long change, List<NetworkFault> faults) {
        boolean has(NetworkFault fault) {
            return faults.contains(fault);
        }
    }

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Snapshot now = new Snapshot(0, List.of()); // changed under the lock

    Snapshot now() {
        return now;
    }

    void change(List<NetworkFault> faults) {
        lock.lock();
        try {
            now = new Snapshot(now.change() + 1, List.copyOf(faults));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next change. */
    void awaitChange(Snapshot snapshot) throws InterruptedException {
        lock.lock();
        try {
            while (now.change() == snapshot.change()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a limited time or until the next change. */
    void pause(Duration timeout, Snapshot snapshot) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (now.change() == snapshot.change() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
