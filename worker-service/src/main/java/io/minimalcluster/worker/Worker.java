package io.minimalcluster.worker;

import io.minimalcluster.worker.batch.BatchExecutor;
import io.minimalcluster.worker.batch.BatchRunner;
import io.minimalcluster.worker.batch.BatchRunner.Setbacks;
import io.minimalcluster.worker.batch.ChangeCounter;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.batch.LeasedBatch;
import io.minimalcluster.worker.batch.SelfCheck;
import io.minimalcluster.worker.batch.SharedValueCache;
import io.minimalcluster.worker.bundle.BundleCache;
import io.minimalcluster.worker.bundle.BundleLimits;
import io.minimalcluster.worker.master.Backoff;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterConnectionState;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.poll.PollLoop;
import io.minimalcluster.worker.poll.PollLoop.PollTiming;
import io.minimalcluster.worker.poll.PollResponseHandler;
import io.minimalcluster.worker.registration.HeartbeatSender;
import io.minimalcluster.worker.registration.LeaseWatchdog;
import io.minimalcluster.worker.registration.Registration;
import io.minimalcluster.worker.registration.Registration.Terms;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: registers with a master, runs the batches it gets, posts what comes of them. Start it once, then drain or
 * close it. It owns the executions it was given.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long UNPOSTED_BYTES_PER_SLOT = 8 << 20;
    /** A worker that starts beside its master registers soon after the master listens. */
    private static final double SLOWLY = 1.125;

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final WorkerOptions options;
    private final BatchExecutor executions;
    private final MasterClient master;
    private final ChangeCounter changeCounter = new ChangeCounter();
    private final HeldLeases leases;
    private final Registration registration;
    private final PollLoop polling;
    private final HeartbeatSender heartbeatSender;
    private final LeaseWatchdog leaseWatchdog;
    private final ExecutorService threads;
    private final Path bundleFolder;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A worker that is not started yet. */
    Worker(WorkerOptions options, KeySource key, MasterAddresses masters, BatchExecutor executions) throws IOException {
        this(options, key, masters, executions, WorkerTiming.DEFAULT);
    }

    Worker(WorkerOptions options, KeySource key, MasterAddresses masters, BatchExecutor executions, WorkerTiming timing)
            throws IOException {
        this.options = options;
        this.executions = executions;
        this.bundleFolder = WorkerFolder.makeIn(options.folder());
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("worker-", 0)
                .uncaughtExceptionHandler((_, e) -> LOG.error("event=unexpected", e))
                .factory());
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Supplier<Backoff> backoff = () -> new Backoff(timing.firstPause(), timing.longestPause(), jitter());
        MasterConnectionState connectionState = new MasterConnectionState(System::nanoTime);
        this.master = new MasterClient(masters, key, timing.timeouts());
        RetryingCaller retryingCaller = new RetryingCaller(connectionState, backoff, key);
        this.leases = new HeldLeases(options.slots(), changeCounter);
        RetryingCaller joining = new RetryingCaller(
                connectionState, () -> new Backoff(timing.firstPause(), timing.longestPause(), jitter(), SLOWLY), key);
        this.registration = new Registration(
                master, joining, options, leases, new Terms(key, lease -> executions.setSilenceLimit(lease)));
        BundleCache bundles = new BundleCache(bundleFolder, master::bundle, BundleLimits.DEFAULT);
        SharedValueCache shared = new SharedValueCache(master::shared);
        Backoff trials = new Backoff(timing.firstTrial(), timing.longestTrial(), jitter());
        SelfCheck selfCheck = new SelfCheck(executions, leases, trials, threads);
        Setbacks setbacks = new Setbacks(backoff.get(), selfCheck);
        BatchRunner running = new BatchRunner(bundles, shared, executions, retryingCaller, options, setbacks);
        this.leaseWatchdog = new LeaseWatchdog(connectionState, registration, leases);
        RetryingCaller inTouch = retryingCaller.withLeave(leaseWatchdog::awaitConnection);
        ResultPoster poster = new ResultPoster(master, inTouch, registration);
        UnpostedBytes unpostedBytes = new UnpostedBytes(UNPOSTED_BYTES_PER_SLOT * options.slots());
        PollResponseHandler responseHandler =
                new PollResponseHandler(leases, running, poster, unpostedBytes, changeCounter, threads);
        PollTiming turning =
                new PollTiming(changeCounter, backoff, timing.timeouts().poll(), threads);
        this.polling = new PollLoop(master, inTouch, registration, leases, responseHandler, turning);
        this.heartbeatSender =
                new HeartbeatSender(master, connectionState, registration, leases, leaseWatchdog, random);
    }

    private static RandomGenerator jitter() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    /** Begins; returns at once, whether or not a master is there. */
    public void start() {
        threads.execute(this::live);
    }

    private void live() {
        try {
            if (registration.join().isPresent()) {
                threads.execute(this::beat);
                threads.execute(this::watch);
                polling.run();
            }
        } catch (InterruptedException | RejectedExecutionException _) {
            LOG.debug("event=ended");
        }
    }

    private void beat() {
        try {
            heartbeatSender.run();
        } catch (InterruptedException _) {
            LOG.debug("event=heart-ended");
        }
    }

    private void watch() {
        try {
            leaseWatchdog.run();
        } catch (InterruptedException _) {
            LOG.debug("event=watch-ended");
        }
    }

    /** How many executors it has. */
    public int executors() {
        return executions.processes();
    }

    /** Whether a master has accepted this worker. */
    public boolean isRegistered() {
        return registration.current().isPresent();
    }

    /** Whether a master has accepted this worker and is heard of. */
    boolean isConnected() {
        return isRegistered() && leaseWatchdog.isConnected();
    }

    /** Why it takes no work, if it is itself that can't run anything. */
    Optional<String> trouble() {
        return leases.trouble();
    }

    /** Done when the master will have nothing of this worker, whatever it tries: end it then. */
    CompletionStage<Refused> refusal() {
        return registration.refusal().minimalCompletionStage();
    }

    /** Done when the master tells this worker to end: drain it then. */
    CompletionStage<Boolean> shutdownRequest() {
        return registration.shutdownRequest().minimalCompletionStage();
    }

    /**
     * Takes nothing new, gives back what has not started, lets what runs come to its end within the limit, posts what
     * there is, leaves, and closes.
     */
    void drain() throws InterruptedException {
        drain(options.drainLimit());
    }

    /** The same with another limit. */
    public void drain(Duration limit) throws InterruptedException {
        leases.closeIntake();
        LOG.info("event=draining leases={} limit={}s", leases.all().size(), limit.toSeconds());
        leases.all().forEach(LeasedBatch::giveBack);
        if (!awaitNoLeases(limit)) {
            leases.all().forEach(LeasedBatch::abort);
            awaitNoLeases(FAREWELL);
        }
        close();
    }

    /** Waits until the first batch is done, the worker takes no more batches, or the limit is over. */
    void awaitFirstBatch(Duration limit) throws InterruptedException {
        await(() -> leases.hasEndedOne() || leases.isClosing(), limit);
    }

    private boolean awaitNoLeases(Duration limit) throws InterruptedException {
        await(() -> leases.isEmpty() || closed.get(), limit);
        return leases.isEmpty();
    }

    private void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        long seen = changeCounter.count();
        while (!condition.getAsBoolean() && left > 0) {
            changeCounter.awaitAfter(seen, Duration.ofNanos(left));
            seen = changeCounter.count();
            left = until - System.nanoTime();
        }
    }

    /** Ends at once: kills what runs, and leaves, so that it runs elsewhere. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        leases.closeIntake();
        leases.dropAll();
        threads.shutdownNow();
        executions.close();
        leave();
        master.close();
        removeBundles();
    }

    private void removeBundles() {
        try {
            WorkerFolder.remove(bundleFolder);
        } catch (IOException e) {
            LOG.debug("event=bundles-left", e);
        }
    }

    private void leave() {
        registration.current().ifPresent(registered -> {
            try {
                master.leave(registered.workerId(), FAREWELL);
                LOG.info("event=left worker={}", registered.workerId());
            } catch (MasterCallException e) {
                LOG.warn("event=left-unheard worker={} reason=\"{}\"", registered.workerId(), e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
