package io.minimalcluster.worker;

import io.minimalcluster.model.support.Backoff;
import io.minimalcluster.worker.actuator.WorkerHealth;
import io.minimalcluster.worker.batch.BatchRunner;
import io.minimalcluster.worker.batch.ChangeCounter;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.batch.LeasedBatch;
import io.minimalcluster.worker.batch.SelfCheck;
import io.minimalcluster.worker.batch.SharedValueCache;
import io.minimalcluster.worker.bundle.BundleCache;
import io.minimalcluster.worker.bundle.BundleLimits;
import io.minimalcluster.worker.executor.BatchExecutor;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterConnectionState;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.poll.PollLoop;
import io.minimalcluster.worker.poll.PollResponseHandler;
import io.minimalcluster.worker.registration.HeartbeatSender;
import io.minimalcluster.worker.registration.LeaseWatchdog;
import io.minimalcluster.worker.registration.Registration;
import io.minimalcluster.worker.report.ResultPoster;
import io.minimalcluster.worker.report.buffer.UnpostedBytes;
import io.minimalcluster.worker.settings.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: registers with a master, runs batches and posts their results. It is started once, then drained or closed.
 * It closes the {@link BatchExecutor} it was given.
 */
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final long UNPOSTED_BYTES_PER_SLOT = 8 << 20;
    /**
     * Slow growth of the registration backoff, so that a worker started together with its master registers soon after
     * the master listens.
     */
    private static final double REGISTRATION_BACKOFF_FACTOR = 1.125;

    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);

    /** The pause before a failed loop is run again. */
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    private final WorkerOptions options;
    private final BatchExecutor batchExecutor;
    private final MasterClient master;
    private final HeldLeases leases;
    private final Registration registration;
    private final PollLoop polling;
    private final HeartbeatSender heartbeatSender;
    private final LeaseWatchdog leaseWatchdog;
    private final ExecutorService threads;
    private final Path bundleFolder;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Creates a worker that is not started. */
    Worker(WorkerOptions options, KeySource key, MasterAddresses masters, BatchExecutor batchExecutor)
            throws IOException {
        this(options, key, masters, batchExecutor, WorkerTiming.DEFAULT);
    }

    Worker(
            WorkerOptions options,
            KeySource key,
            MasterAddresses masters,
            BatchExecutor batchExecutor,
            WorkerTiming timing)
            throws IOException {
        this.options = options;
        this.batchExecutor = batchExecutor;
        this.bundleFolder = WorkerFolder.createIn(options.folder());
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("worker-", 0).factory());
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        MasterConnectionState connectionState = new MasterConnectionState(System::nanoTime);
        this.master = new MasterClient(masters, key, timing.timeouts());
        RetryingCaller retryingCaller =
                new RetryingCaller(connectionState, () -> new Backoff(timing.firstPause(), timing.longestPause()), key);
        this.leases = new HeldLeases(options.slots());
        RetryingCaller registrationCaller = new RetryingCaller(
                connectionState,
                () -> new Backoff(timing.firstPause(), timing.longestPause(), REGISTRATION_BACKOFF_FACTOR),
                key);
        this.registration =
                new Registration(master, registrationCaller, options, leases, key, batchExecutor::setLivenessTimeout);
        BundleCache bundles = new BundleCache(bundleFolder, master::bundle, BundleLimits.DEFAULT);
        SharedValueCache shared = new SharedValueCache(master::shared);
        Backoff selfTestBackoff = new Backoff(timing.firstSelfTestPause(), timing.longestSelfTestPause());
        SelfCheck selfCheck = new SelfCheck(batchExecutor, leases, selfTestBackoff, threads);
        BatchRunner batchRunner = new BatchRunner(bundles, shared, batchExecutor, retryingCaller, options, selfCheck);
        this.leaseWatchdog = new LeaseWatchdog(connectionState, registration, leases);
        RetryingCaller connectedCaller = retryingCaller.withGate(leaseWatchdog::awaitConnection);
        ResultPoster poster = new ResultPoster(master, connectedCaller, registration);
        UnpostedBytes unpostedBytes = new UnpostedBytes(UNPOSTED_BYTES_PER_SLOT * options.slots());
        PollResponseHandler responseHandler =
                new PollResponseHandler(leases, batchRunner, poster, unpostedBytes, threads);
        this.polling = new PollLoop(master, connectedCaller, registration, leases, responseHandler, threads);
        this.heartbeatSender =
                new HeartbeatSender(master, connectionState, registration, leases, leaseWatchdog, random);
    }

    /** Starts the worker and returns at once, whether or not a master responds. */
    public void start() {
        startLoop("registration", this::join);
    }

    private void join() throws InterruptedException {
        if (registration.join().isPresent()) {
            startLoop("heartbeat", heartbeatSender::run);
            startLoop("watchdog", leaseWatchdog::run);
            startLoop("poll", polling::run);
        }
    }

    /** A part of the worker that runs until it is interrupted. */
    @FunctionalInterface
    private interface Loop {
        void run() throws InterruptedException;
    }

    private void startLoop(String name, Loop loop) {
        threads.execute(() -> repeat(name, loop));
    }

    /** Runs a loop, again if it fails: without it the worker would look healthy and do nothing. */
    private void repeat(String name, Loop loop) {
        try {
            while (fails(name, loop)) {
                Thread.sleep(FAILURE_PAUSE);
            }
        } catch (InterruptedException _) {
            log.debug("event=loop.interrupted loop={}", name);
        }
    }

    private boolean fails(String name, Loop loop) throws InterruptedException {
        try {
            loop.run();
            return false;
        } catch (RuntimeException | LinkageError e) {
            if (closed.get()) { // threads are rejected
                log.debug("event=loop.interrupted loop={}", name, e);
                return false;
            }
            log.error("event=loop.failed loop={} action=\"running it again\"", name, e);
            return true;
        }
    }

    /** The number of executors. */
    public int executors() {
        return batchExecutor.processes();
    }

    /** Whether a master has accepted this worker. */
    public boolean isRegistered() {
        return registration.current().isPresent();
    }

    /** Whether a master has accepted this worker and responds. */
    boolean isConnected() {
        return isRegistered() && leaseWatchdog.isConnected();
    }

    /** The reason why the executors fail their self-test; empty while the worker accepts batches. */
    Optional<String> selfTestFailure() {
        return leases.selfTestFailure();
    }

    WorkerHealth health() {
        return new WorkerHealth(isConnected(), selfTestFailure().isEmpty(), leases.isClosing());
    }

    /** Completed when the master refuses this worker for good. The worker must then be closed. */
    CompletionStage<Refused> refusal() {
        return registration.refusal().minimalCompletionStage();
    }

    /** Completed when the master requests a shutdown. The worker must then be drained. */
    CompletionStage<Boolean> shutdownRequest() {
        return registration.shutdownRequest().minimalCompletionStage();
    }

    /**
     * Shuts down gracefully within the drain limit: accepts no batches, returns unstarted tasks, finishes running
     * tasks, posts results, deregisters and closes.
     */
    void drain() throws InterruptedException {
        drain(options.drainLimit());
    }

    /** Shuts down gracefully like {@link #drain()}, with another limit. Running tasks are killed at the limit. */
    public void drain(Duration limit) throws InterruptedException {
        leases.stopAccepting();
        int count = leases.all().size();
        leases.all().forEach(LeasedBatch::returnUnstarted);
        log.info("event=worker.draining leases={} limit={}s", count, limit.toSeconds());
        if (!awaitNoLeases(limit)) {
            leases.all().forEach(LeasedBatch::abort);
            awaitNoLeases(LEAVE_TIMEOUT);
        }
        close();
    }

    private boolean awaitNoLeases(Duration limit) throws InterruptedException {
        await(() -> leases.isEmpty() || closed.get(), limit);
        return leases.isEmpty();
    }

    private void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        ChangeCounter changeCounter = leases.changeCounter();
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        long seen = changeCounter.count();
        while (!condition.getAsBoolean() && left > 0) {
            changeCounter.awaitAfter(seen, Duration.ofNanos(left));
            seen = changeCounter.count();
            left = deadline - System.nanoTime();
        }
    }

    /** Shuts down at once: kills running tasks and deregisters, so that the master reassigns them. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        leases.stopAccepting();
        leases.dropAll();
        threads.shutdownNow();
        batchExecutor.close();
        leave();
        master.close();
        removeBundles();
    }

    private void removeBundles() {
        try {
            WorkerFolder.remove(bundleFolder);
        } catch (IOException e) {
            log.debug("event=bundles.not-deleted", e);
        }
    }

    private void leave() {
        registration.current().ifPresent(registered -> {
            try {
                master.leave(registered.workerId(), LEAVE_TIMEOUT);
                log.info("event=registration.ended worker={}", registered.workerId());
            } catch (MasterCallException e) {
                log.warn("event=registration.not-ended worker={} reason=\"{}\"", registered.workerId(), e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
