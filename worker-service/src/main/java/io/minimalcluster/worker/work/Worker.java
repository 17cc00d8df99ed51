package io.minimalcluster.worker.work;

import io.minimalcluster.worker.bundle.BundleLimits;
import io.minimalcluster.worker.bundle.Bundles;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterException;
import io.minimalcluster.worker.master.MasterException.Refused;
import io.minimalcluster.worker.work.Membership.Terms;
import io.minimalcluster.worker.work.Polling.PollTiming;
import io.minimalcluster.worker.work.RunBatch.Setbacks;
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
    private final Executions executions;
    private final MasterClient master;
    private final Changes changes = new Changes();
    private final HeldLeases leases;
    private final Membership membership;
    private final Polling polling;
    private final Heart heart;
    private final CutOff cutOff;
    private final ExecutorService threads;
    private final Path bundleFolder;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A worker that is not started yet. */
    public Worker(WorkerOptions options, KeySource key, MasterAddresses masters, Executions executions)
            throws IOException {
        this(options, key, masters, executions, WorkerTiming.DEFAULT);
    }

    Worker(WorkerOptions options, KeySource key, MasterAddresses masters, Executions executions, WorkerTiming timing)
            throws IOException {
        this.options = options;
        this.executions = executions;
        this.bundleFolder = OwnFolder.makeIn(options.folder());
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("worker-", 0)
                .uncaughtExceptionHandler((_, e) -> LOG.error("event=unexpected", e))
                .factory());
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Supplier<Pauses> pauses = () -> new Pauses(timing.firstPause(), timing.longestPause(), jitter());
        Contact contact = new Contact(System::nanoTime);
        this.master = new MasterClient(masters, key, timing.patience());
        Perseverance perseverance = new Perseverance(contact, pauses, key);
        this.leases = new HeldLeases(options.slots(), changes);
        Perseverance joining = new Perseverance(
                contact, () -> new Pauses(timing.firstPause(), timing.longestPause(), jitter(), SLOWLY), key);
        this.membership = new Membership(
                master, joining, options, leases, new Terms(key, lease -> executions.mayBeSilentFor(lease)));
        Bundles bundles = new Bundles(bundleFolder, master::bundle, BundleLimits.DEFAULT);
        SharedValues shared = new SharedValues(master::shared);
        Pauses trials = new Pauses(timing.firstTrial(), timing.longestTrial(), jitter());
        Fitness fitness = new Fitness(executions, leases, trials, threads);
        Setbacks setbacks = new Setbacks(pauses.get(), fitness);
        RunBatch running = new RunBatch(bundles, shared, executions, perseverance, options, setbacks);
        this.cutOff = new CutOff(contact, membership, leases);
        Perseverance inTouch = perseverance.withLeave(cutOff::awaitTouch);
        Posting posting = new Posting(master, inTouch, membership);
        Unposted unposted = new Unposted(UNPOSTED_BYTES_PER_SLOT * options.slots());
        Intake intake = new Intake(leases, running, posting, unposted, changes, threads);
        PollTiming turning = new PollTiming(changes, pauses, timing.patience().poll(), threads);
        this.polling = new Polling(master, inTouch, membership, leases, intake, turning);
        this.heart = new Heart(master, contact, membership, leases, cutOff, random);
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
            if (membership.join().isPresent()) {
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
            heart.run();
        } catch (InterruptedException _) {
            LOG.debug("event=heart-ended");
        }
    }

    private void watch() {
        try {
            cutOff.run();
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
        return membership.current().isPresent();
    }

    /** Whether a master has accepted this worker and is heard of. */
    public boolean isInTouch() {
        return isRegistered() && cutOff.isInTouch();
    }

    /** Why it takes no work, if it is itself that can't run anything. */
    public Optional<String> trouble() {
        return leases.trouble();
    }

    /** Done when the master will have nothing of this worker, whatever it tries: end it then. */
    public CompletionStage<Refused> refusal() {
        return membership.refusal().minimalCompletionStage();
    }

    /** Done when the master tells this worker to end: drain it then. */
    public CompletionStage<Boolean> dismissal() {
        return membership.dismissal().minimalCompletionStage();
    }

    /**
     * Takes nothing new, gives back what has not started, lets what runs come to its end within the limit, posts what
     * there is, leaves, and closes.
     */
    public void drain() throws InterruptedException {
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
    public void awaitFirstBatch(Duration limit) throws InterruptedException {
        await(() -> leases.hasEndedOne() || leases.isClosing(), limit);
    }

    private boolean awaitNoLeases(Duration limit) throws InterruptedException {
        await(() -> leases.isEmpty() || closed.get(), limit);
        return leases.isEmpty();
    }

    private void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        long seen = changes.count();
        while (!condition.getAsBoolean() && left > 0) {
            changes.awaitAfter(seen, Duration.ofNanos(left));
            seen = changes.count();
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
            OwnFolder.remove(bundleFolder);
        } catch (IOException e) {
            LOG.debug("event=bundles-left", e);
        }
    }

    private void leave() {
        membership.current().ifPresent(registered -> {
            try {
                master.leave(registered.workerId(), FAREWELL);
                LOG.info("event=left worker={}", registered.workerId());
            } catch (MasterException e) {
                LOG.warn("event=left-unheard worker={} reason=\"{}\"", registered.workerId(), e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
