package io.minimalcluster.worker.executor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The idle, fresh and busy executors. Takes a bound executor first, then a fresh one, then starts one. At the maximum
 * number, the least recently used executor is retired.
 */
final class ExecutorRegistry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExecutorRegistry.class);

    /** Executors beyond the slots, so that a slot that changes its environment need not wait for a start. */
    private static final int SPARE = 2;

    /** The time in which threads that are about to end should end. */
    private static final Duration SETTLING = Duration.ofMillis(100);

    private final ExecutorService background = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("executors-", 0).factory());
    private final ExecutorWatch watch;
    private final int slots;
    private final Launch launch;
    private final LongSupplier nanoTime;

    // all guarded by this object's lock
    private final List<ExecutorProcess> idle = new ArrayList<>(); // bound, least recently used first
    private final Deque<ExecutorProcess> fresh = new ArrayDeque<>();
    private final Set<ExecutorProcess> busy = new HashSet<>();
    private int starting;
    private int ending;
    private boolean closed;

    /** Starts an executor. */
    @FunctionalInterface
    interface Launch {
        ExecutorProcess start(boolean network) throws IOException;
    }

    ExecutorRegistry(int slots, Launch launch, ExecutorLimits limits, LongSupplier nanoTime) {
        if (slots < 1) {
            throw new IllegalArgumentException("a worker has at least one slot, not " + slots);
        }
        this.slots = slots;
        this.launch = launch;
        this.nanoTime = nanoTime;
        this.watch = new ExecutorWatch(this, limits, nanoTime);
    }

    /** Takes an executor for a binding. Waits while the maximum number is busy. */
    ExecutorProcess take(ExecutorBinding binding) throws ExecutorUnavailableException, InterruptedException {
        Optional<ExecutorProcess> found = takeOrReserve(binding);
        return found.isPresent() ? found.get() : start(binding.network());
    }

    /** Takes an executor; empty if one is to be started, with its place reserved. */
    private synchronized Optional<ExecutorProcess> takeOrReserve(ExecutorBinding binding)
            throws ExecutorUnavailableException, InterruptedException {
        while (true) {
            if (closed) {
                throw new ExecutorUnavailableException("the worker is ending");
            }
            Optional<ExecutorProcess> found = takeBound(binding).or(() -> takeFresh(binding));
            if (found.isPresent()) {
                busy.add(found.get());
                found.get().leftoverCheck().endIdle();
                replenish();
                return found;
            }
            if (count() < slots + SPARE) {
                starting++;
                return Optional.empty();
            }
            retireUnused();
            wait();
        }
    }

    private Optional<ExecutorProcess> takeBound(ExecutorBinding binding) {
        long now = nanoTime.getAsLong();
        List<ExecutorProcess> retired =
                idle.stream().filter(executor -> !executor.isReusable(now)).toList();
        retired.forEach(executor -> retire(executor, idle));
        Optional<ExecutorProcess> last = idle.reversed().stream()
                .filter(executor -> executor.isFor(binding))
                .findFirst();
        last.ifPresent(idle::remove);
        return last;
    }

    private Optional<ExecutorProcess> takeFresh(ExecutorBinding binding) {
        return binding.network() ? Optional.empty() : Optional.ofNullable(fresh.poll());
    }

    /** The number of executors, including those that start or end. */
    synchronized int size() {
        return count();
    }

    private int count() {
        return idle.size() + fresh.size() + busy.size() + starting + ending;
    }

    /** Retires an unused executor, unless one is ending already. */
    private void retireUnused() {
        if (ending == 0) {
            Optional<ExecutorProcess> unused =
                    Stream.concat(idle.stream(), fresh.stream()).findFirst();
            unused.ifPresent(executor -> retire(executor, idle.contains(executor) ? idle : fresh));
        }
    }

    private ExecutorProcess start(boolean network) throws ExecutorUnavailableException {
        ExecutorProcess started = null;
        try {
            started = launch.start(network);
            return started;
        } catch (IOException refused) {
            throw new ExecutorUnavailableException("no executor can be started: " + refused.getMessage());
        } finally {
            addStarted(started == null ? Set.of() : Set.of(started), busy);
        }
    }

    private synchronized void addStarted(Collection<ExecutorProcess> started, Collection<ExecutorProcess> target) {
        starting--;
        target.addAll(started);
        if (closed) {
            started.forEach(executor -> retire(executor, target));
        }
        notifyAll();
    }

    /**
     * Returns an executor after a batch. A reusable executor becomes idle, any other is retired. One whose tasks left
     * threads or processes gets a moment to end them.
     */
    void release(ExecutorProcess executor) {
        if (executor.isReusable(nanoTime.getAsLong())
                && executor.leftoverCheck().leftovers().isPresent()) {
            background.execute(() -> releaseLater(executor));
        } else {
            releaseNow(executor);
        }
    }

    private void releaseLater(ExecutorProcess executor) {
        try {
            Thread.sleep(SETTLING);
            executor.leftoverCheck().leftovers().ifPresent(left -> {
                log.info("event=executor.ended reason=\"its tasks left {} running\"", left);
                executor.kill();
            });
        } catch (InterruptedException _) {
            executor.kill();
        } finally {
            releaseNow(executor);
        }
    }

    private synchronized void releaseNow(ExecutorProcess executor) {
        if (!closed && executor.isReusable(nanoTime.getAsLong())) {
            busy.remove(executor);
            idle.add(executor);
            executor.idleSince(nanoTime.getAsLong());
        } else {
            retire(executor, busy);
        }
        notifyAll();
        replenish();
    }

    /** The executors that run batches. */
    synchronized List<ExecutorProcess> busy() {
        return List.copyOf(busy);
    }

    /** The idle executors. */
    synchronized List<ExecutorProcess> idle() {
        return List.copyOf(idle);
    }

    /** Retires an executor if it is idle. */
    synchronized void retireIdle(ExecutorProcess executor, String reason) {
        if (idle.contains(executor)) {
            log.info("event=executor.ended reason=\"{}\"", reason);
            retire(executor, idle);
            replenish();
        }
    }

    private void retire(ExecutorProcess executor, Collection<ExecutorProcess> from) {
        from.remove(executor);
        ending++;
        executor.kill();
        background.execute(() -> end(executor));
    }

    private void end(ExecutorProcess executor) {
        try {
            executor.end();
        } finally {
            synchronized (this) {
                ending--;
                notifyAll();
                replenish();
            }
        }
    }

    /** Starts fresh executors in the background: one for each slot without an executor, and at least one. */
    synchronized void replenish() {
        int wanted = Math.clamp(slots + SPARE - idle.size() - busy.size(), 1, slots);
        while (!closed && fresh.size() + starting < wanted && count() < slots + SPARE) {
            starting++;
            background.execute(this::startFresh);
        }
        if (!closed && fresh.size() + starting < wanted && !idle.isEmpty()) {
            retireUnused();
        }
    }

    private void startFresh() {
        List<ExecutorProcess> started = List.of();
        try {
            started = List.of(launch.start(false));
        } catch (IOException | RuntimeException refused) {
            log.warn("event=executor.not-started reason=\"{}\"", refused.getMessage());
        } finally {
            addStarted(started, fresh);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        watch.close();
        synchronized (this) {
            closed = true;
            List.copyOf(idle).forEach(executor -> retire(executor, idle));
            List.copyOf(fresh).forEach(executor -> retire(executor, fresh));
            busy.forEach(ExecutorProcess::kill);
            notifyAll();
        }
        awaitEmpty();
    }

    /** Waits until all executors have ended, except busy ones, which their batches end. */
    private synchronized void awaitEmpty() {
        try {
            while (idle.size() + fresh.size() + starting + ending > 0) {
                wait();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
