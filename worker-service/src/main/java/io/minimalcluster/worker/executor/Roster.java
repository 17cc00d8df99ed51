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
final class Roster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    /** More than slots, so that a slot that changes its environment need not wait for a start. */
    private static final int SPARE = 2;

    private final ExecutorService background = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("executors-", 0).factory());
    private final int slots;
    private final Launch launch;
    private final LongSupplier nanoTime;

    // all guarded by this object's lock
    private final List<Executor> idle = new ArrayList<>(); // bound, the longest unused first
    private final Deque<Executor> fresh = new ArrayDeque<>();
    private final Set<Executor> busy = new HashSet<>();
    private int starting;
    private int ending;
    private boolean closed;

    /** Starts an executor. */
    @FunctionalInterface
    interface Launch {
        Executor start(boolean network) throws IOException;
    }

    Roster(int slots, Launch launch, LongSupplier nanoTime) {
        if (slots < 1) {
            throw new IllegalArgumentException("a worker has at least one slot, not " + slots);
        }
        this.slots = slots;
        this.launch = launch;
        this.nanoTime = nanoTime;
    }

    /** One that may serve the binding; waits for room. */
    Executor take(Binding binding) throws ExecutorUnavailable, InterruptedException {
        Optional<Executor> there = takeOrReserve(binding);
        return there.isPresent() ? there.get() : start(binding.network());
    }

    /** Empty where one is to be started; its place is reserved then. */
    private synchronized Optional<Executor> takeOrReserve(Binding binding)
            throws ExecutorUnavailable, InterruptedException {
        while (true) {
            if (closed) {
                throw new ExecutorUnavailable("the worker is ending");
            }
            Optional<Executor> found = served(binding).or(() -> fresh(binding));
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

    private Optional<Executor> served(Binding binding) {
        long now = nanoTime.getAsLong();
        List<Executor> unfit = idle.stream().filter(one -> !one.isReusable(now)).toList();
        unfit.forEach(one -> retire(one, idle));
        Optional<Executor> last =
                idle.reversed().stream().filter(one -> one.isFor(binding)).findFirst();
        last.ifPresent(idle::remove);
        return last;
    }

    private Optional<Executor> fresh(Binding binding) {
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
            Optional<Executor> unused =
                    Stream.concat(idle.stream(), fresh.stream()).findFirst();
            unused.ifPresent(one -> retire(one, idle.contains(one) ? idle : fresh));
        }
    }

    private Executor start(boolean network) throws ExecutorUnavailable {
        Executor started = null;
        try {
            started = launch.start(network);
            return started;
        } catch (IOException refused) {
            throw new ExecutorUnavailable("no executor can be started: " + refused.getMessage());
        } finally {
            started(started == null ? Set.of() : Set.of(started), busy);
        }
    }

    private synchronized void started(Collection<Executor> started, Collection<Executor> as) {
        starting--;
        as.addAll(started);
        if (closed) {
            started.forEach(one -> retire(one, as));
        }
        notifyAll();
    }

    /** After it served; kept for more of the same if it is fit for that. */
    synchronized void giveBack(Executor executor) {
        if (!closed && executor.isReusable(nanoTime.getAsLong())) {
            busy.remove(executor);
            idle.add(executor);
        } else {
            retire(executor, busy);
        }
        notifyAll();
        replenish();
    }

    private void retire(Executor executor, Collection<Executor> from) {
        from.remove(executor);
        ending++;
        executor.kill();
        background.execute(() -> end(executor));
    }

    private void end(Executor executor) {
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
        List<Executor> started = List.of();
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
            busy.forEach(Executor::kill);
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
