package io.minimalcluster.worker.executor;

import java.io.IOException;
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
 * Who is there, and who goes next: takes one that served the same before, else a fresh one, else starts one; when there
 * is no room for another, the one longest unused goes.
 */
final class ExecutorRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorRegistry.class);

    /** More than slots, so that a slot that changes its environment need not wait for a start. */
    private static final int SPARE = 2;

    private final ExecutorService background = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("executors-", 0).factory());
    private final int slots;
    private final Launch launch;
    private final LongSupplier nanoTime;

    // all guarded by this object's lock
    private final List<ExecutorProcess> idle = new ArrayList<>(); // bound, the longest unused first
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

    ExecutorRegistry(int slots, Launch launch, LongSupplier nanoTime) {
        if (slots < 1) {
            throw new IllegalArgumentException("a worker has at least one slot, not " + slots);
        }
        this.slots = slots;
        this.launch = launch;
        this.nanoTime = nanoTime;
    }

    /** One that may serve the binding; waits for room. */
    ExecutorProcess take(ExecutorBinding binding) throws ExecutorUnavailableException, InterruptedException {
        Optional<ExecutorProcess> there = takeOrReserve(binding);
        return there.isPresent() ? there.get() : start(binding.network());
    }

    /** Empty where one is to be started; its place is reserved then. */
    private synchronized Optional<ExecutorProcess> takeOrReserve(ExecutorBinding binding)
            throws ExecutorUnavailableException, InterruptedException {
        while (true) {
            if (closed) {
                throw new ExecutorUnavailableException("the worker is ending");
            }
            Optional<ExecutorProcess> found = served(binding).or(() -> fresh(binding));
            if (found.isPresent()) {
                busy.add(found.get());
                replenish();
                return found;
            }
            if (all() < slots + SPARE) {
                starting++;
                return Optional.empty();
            }
            makeRoom();
            wait();
        }
    }

    private Optional<ExecutorProcess> served(ExecutorBinding binding) {
        long now = nanoTime.getAsLong();
        List<ExecutorProcess> unfit =
                idle.stream().filter(one -> !one.isReusable(now)).toList();
        unfit.forEach(one -> retire(one, idle));
        Optional<ExecutorProcess> last =
                idle.reversed().stream().filter(one -> one.isFor(binding)).findFirst();
        last.ifPresent(idle::remove);
        return last;
    }

    private Optional<ExecutorProcess> fresh(ExecutorBinding binding) {
        return binding.network() ? Optional.empty() : Optional.ofNullable(fresh.poll());
    }

    /** How many there are, those that start and end among them. */
    synchronized int size() {
        return all();
    }

    private int all() {
        return idle.size() + fresh.size() + busy.size() + starting + ending;
    }

    /** Unless one is about to go anyway. */
    private void makeRoom() {
        if (ending == 0) {
            Optional<ExecutorProcess> unused =
                    Stream.concat(idle.stream(), fresh.stream()).findFirst();
            unused.ifPresent(one -> retire(one, idle.contains(one) ? idle : fresh));
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
            started(started == null ? Set.of() : Set.of(started), busy);
        }
    }

    private synchronized void started(Collection<ExecutorProcess> started, Collection<ExecutorProcess> as) {
        starting--;
        as.addAll(started);
        if (closed) {
            started.forEach(one -> retire(one, as));
        }
        notifyAll();
    }

    /** After it served; kept for more of the same if it is fit for that. */
    synchronized void giveBack(ExecutorProcess executor) {
        if (!closed && executor.isReusable(nanoTime.getAsLong())) {
            busy.remove(executor);
            idle.add(executor);
        } else {
            retire(executor, busy);
        }
        notifyAll();
        replenish();
    }

    private void retire(ExecutorProcess executor, Collection<ExecutorProcess> from) {
        from.remove(executor);
        ending++;
        executor.kill();
        background.execute(() -> end(executor));
    }

    private void end(ExecutorProcess executor) {
        executor.end();
        synchronized (this) {
            ending--;
            notifyAll();
            replenish();
        }
    }

    /** Starts fresh ones in the background: for each slot that would need one, and always one. */
    synchronized void replenish() {
        int wanted = Math.clamp(slots + SPARE - idle.size() - busy.size(), 1, slots);
        while (!closed && fresh.size() + starting < wanted && all() < slots + SPARE) {
            starting++;
            background.execute(this::startFresh);
        }
        if (!closed && fresh.size() + starting < wanted && !idle.isEmpty()) {
            makeRoom();
        }
    }

    private void startFresh() {
        List<ExecutorProcess> started = List.of();
        try {
            started = List.of(launch.start(false));
        } catch (IOException | RuntimeException refused) {
            LOG.warn("event=executor-not-started reason=\"{}\"", refused.getMessage());
        } finally {
            started(started, fresh);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            List.copyOf(idle).forEach(one -> retire(one, idle));
            List.copyOf(fresh).forEach(one -> retire(one, fresh));
            busy.forEach(ExecutorProcess::kill);
            notifyAll();
        }
        awaitEmpty();
    }

    /** But for those whose batch is yet to notice. */
    private synchronized void awaitEmpty() {
        try {
            while (idle.size() + fresh.size() + starting + ending > 0) {
                wait();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
