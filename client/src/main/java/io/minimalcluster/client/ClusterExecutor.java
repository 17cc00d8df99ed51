package io.minimalcluster.client;

import io.minimalcluster.client.code.FunctionRefusedException;
import io.minimalcluster.client.code.PackedFunction;
import io.minimalcluster.client.function.SerializableCallable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An executor service whose callables run on a cluster. A callable is a lambda that captures records and plain values,
 * or a record; see {@link Cluster#function}. Callables that are submitted alone are jobs of one task;
 * {@link #invokeAll} makes one job of all callables of the same code. A future fails with a
 * {@link TaskFailedException}, and its cancellation cancels the job.
 *
 * <p>A {@code Runnable} is rejected, because it has no value and its effects would be those of another process. A
 * lambda that is passed to a parameter of type {@code Callable} is not serialisable: declare it as a
 * {@link SerializableCallable}.
 */
public final class ClusterExecutor extends AbstractExecutorService {
    private final Cluster cluster;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Runnable> invoked = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopped;

    ClusterExecutor(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Submits a callable as a job of one task.
     *
     * @throws FunctionRefusedException if the callable cannot be sent
     */
    public <T extends @Nullable Object> Future<T> submit(SerializableCallable<T> task) {
        return super.submit((Callable<T>) task);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        PackedFunction packed = packed(callable);
        return new FutureTask<>(() -> cluster.<T>callable(packed).call(packed.captured()));
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        throw new RejectedExecutionException("a Runnable can't run on a cluster, because it has no value");
    }

    private static PackedFunction packed(Callable<?> callable) {
        if (callable instanceof Serializable task) {
            return PackedFunction.of(task, null, null);
        }
        throw new RejectedExecutionException(callable.getClass().getName()
                + " can't run on a cluster, because it is not serialisable: declare it as a SerializableCallable");
    }

    @Override
    public void execute(Runnable command) {
        if (!(command instanceof FutureTask<?>)) {
            throw new RejectedExecutionException("a Runnable can't run on a cluster, because it has no value");
        }
        waiting.execute(command);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        if (isShutdown()) {
            throw new RejectedExecutionException("the executor is shut down");
        }
        long start = System.nanoTime();
        List<CompletableFuture<T>> futures = new ArrayList<>();
        List<CompletableFuture<?>> jobs = new ArrayList<>();
        Map<Object, Group<T>> groups = new LinkedHashMap<>();
        for (Callable<T> task : tasks) {
            PackedFunction packed = packed(task);
            CompletableFuture<T> future = new CompletableFuture<>();
            futures.add(future);
            groups.computeIfAbsent(packed.key(), _ -> new Group<>(packed)).add(packed, future);
        }
        Runnable stop = () -> jobs.forEach(job -> job.cancel(true));
        try {
            groups.values().forEach(group -> jobs.add(group.start(cluster)));
            invoked.add(stop);
            if (isStopped) {
                stop.run();
            }
            for (CompletableFuture<?> job : jobs) {
                await(job, unit.toNanos(timeout) - (System.nanoTime() - start));
            }
        } finally {
            invoked.remove(stop);
            stop.run();
            futures.forEach(future -> future.cancel(true)); // has no effect on ended tasks
        }
        return List.copyOf(futures);
    }

    private static void await(CompletableFuture<?> job, long nanos) throws InterruptedException {
        try {
            job.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | CancellationException _) {
            // the futures of the tasks fail, or are cancelled
        }
    }

    /** Callables of the same code, with the futures of their values. */
    private static final class Group<T extends @Nullable Object> {
        private final PackedFunction first;
        private final List<Map<String, @Nullable Object>> arguments = new ArrayList<>();
        private final List<CompletableFuture<T>> futures = new ArrayList<>();

        Group(PackedFunction first) {
            this.first = first;
        }

        void add(PackedFunction task, CompletableFuture<T> future) {
            arguments.add(task.captured());
            futures.add(future);
        }

        /** Starts one job. The future that is returned ends after those of the tasks. */
        CompletableFuture<?> start(Cluster cluster) {
            return cluster.async(() -> {
                try (Stream<Outcome<T>> outcomes =
                        cluster.cancellable(() -> cluster.<T>callable(first)).asCompleted(arguments)) {
                    outcomes.forEach(this::complete);
                } catch (Throwable e) { // also an error while the code is packed
                    futures.forEach(future -> future.completeExceptionally(e));
                }
                return true;
            });
        }

        private void complete(Outcome<T> outcome) {
            CompletableFuture<T> future = futures.get((int) outcome.index());
            switch (outcome) {
                case Outcome.Succeeded<T> succeeded -> future.complete(succeeded.value());
                case Outcome.Failed<T> failed -> future.completeExceptionally(failed.error());
                case Outcome.Cancelled<T> _ -> future.cancel(false);
            }
        }
    }

    @Override
    public void shutdown() {
        waiting.shutdown();
    }

    /** Also cancels the jobs of each running {@link #invokeAll}, which then returns cancelled futures. */
    @Override
    public List<Runnable> shutdownNow() {
        isStopped = true;
        List<Runnable> never = waiting.shutdownNow();
        invoked.forEach(Runnable::run);
        return never;
    }

    @Override
    public boolean isShutdown() {
        return waiting.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return waiting.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return waiting.awaitTermination(timeout, unit);
    }
}
