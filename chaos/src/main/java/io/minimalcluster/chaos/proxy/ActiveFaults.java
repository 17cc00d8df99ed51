package io.minimalcluster.chaos.proxy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that there are now, and a way to wait until they change. */
final class ActiveFaults {
    /** What there is since a change, which is known by its number. */
    record Since(long change, List<NetworkFault> faults) {
        boolean has(NetworkFault fault) {
            return faults.contains(fault);
        }
    }

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Since now = new Since(0, List.of()); // changed under the lock

    Since now() {
        return now;
    }

    void change(List<NetworkFault> faults) {
        lock.lock();
        try {
            now = new Since(now.change() + 1, List.copyOf(faults));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there has been another change. */
    void awaitChange(Since since) throws InterruptedException {
        lock.lock();
        try {
            while (now.change() == since.change()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until there has been another change. */
    void pause(Duration longest, Since since) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (now.change() == since.change() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
