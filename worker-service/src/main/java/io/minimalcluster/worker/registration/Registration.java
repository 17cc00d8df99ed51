package io.minimalcluster.worker.registration;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.settings.HostName;
import io.minimalcluster.worker.settings.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's registration, renewed when the master does not know it any more. */
public final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final MasterClient master;
    private final RetryingCaller retryingCaller;
    private final WorkerOptions options;
    private final HeldLeases leases;
    private final Terms terms;
    private final CompletableFuture<Refused> refusal = new CompletableFuture<>();
    private final CompletableFuture<Boolean> dismissal = new CompletableFuture<>();
    /** Held while registering, so that of many that find the worker unknown one registers it again. */
    private final ReentrantLock joining = new ReentrantLock();

    private volatile @Nullable AcceptedWorker accepted;

    /**
     * What a registration goes by.
     *
     * @param lease is told how long a lease lasts without a sign of life
     */
    public record Terms(KeySource key, Consumer<Duration> lease) {}

    public Registration(
            MasterClient master, RetryingCaller retryingCaller, WorkerOptions options, HeldLeases leases, Terms terms) {
        this.master = master;
        this.retryingCaller = retryingCaller;
        this.options = options;
        this.leases = leases;
        this.terms = terms;
    }

    /** The registration, if there is one. */
    public Optional<AcceptedWorker> current() {
        return Optional.ofNullable(accepted);
    }

    public boolean isCurrent(WorkerId worker) {
        return current().filter(each -> each.workerId().equals(worker)).isPresent();
    }

    /** Registers for the first time, however long it takes; empty if the worker is refused. */
    public Optional<AcceptedWorker> join() throws InterruptedException {
        joining.lockInterruptibly();
        try {
            register(null);
        } finally {
            joining.unlock();
        }
        return current();
    }

    /** Says that the master does not know a registration: what is held under it is void, and a new one replaces it. */
    public void lost(WorkerId unknown) throws InterruptedException {
        joining.lockInterruptibly();
        try {
            if (isCurrent(unknown)) {
                LOG.warn("event=worker-unknown worker={} now=\"registering again\"", unknown);
                leases.dropAll();
                register(unknown);
            }
        } finally {
            joining.unlock();
        }
    }

    private void register(@Nullable WorkerId replaced) throws InterruptedException {
        try {
            NewWorker worker = description(replaced);
            retryingCaller
                    .make(() -> master.register(worker), () -> !leases.isClosing())
                    .ifPresent(this::accept);
        } catch (Refused e) {
            refused(e);
        } catch (MasterCallException | IOException e) {
            // A master that knows the call answers in none of the other ways, so it is of another protocol.
            LOG.error("event=registration-failed reason=\"{}\"", e.getMessage());
            refused(new Refused(String.valueOf(e.getMessage()), false));
        }
    }

    private void accept(AcceptedWorker answer) {
        accepted = answer;
        terms.lease().accept(HeartbeatSender.seconds(answer.leaseSeconds()));
        LOG.info(
                "event=registered worker={} name={} slots={} isolation={} heartbeat={}s lease={}s",
                answer.workerId(),
                options.name(),
                options.slots(),
                options.isolation(),
                answer.heartbeatSeconds(),
                answer.leaseSeconds());
    }

    private NewWorker description(@Nullable WorkerId replaced) {
        return new NewWorker(
                options.name(),
                options.slots(),
                options.labels(),
                options.isolation(),
                options.version(),
                Runtime.version().toString(),
                ProcessHandle.current().pid(),
                NewWorker.PROTOCOL,
                replaced,
                HostName.get(),
                options.local(),
                options.network());
    }

    /** Says that the master will have nothing of this worker. */
    public void refused(Refused why) {
        if (refusal.complete(why)) {
            LOG.error("event=refused reason=\"{}\"", why.getMessage());
        }
    }

    /** The same for a call that is made again anyway. */
    void refusedUnlessKeyMayChange(Refused why) {
        if (!why.keyIsWrong() || !terms.key().mayHaveChanged()) {
            refused(why);
        }
    }

    /** Says that the master tells this worker to end. */
    public void shutdownRequested() {
        if (dismissal.complete(true)) {
            LOG.info("event=dismissed by=master");
        }
    }

    /** Done when the master tells this worker to end. */
    public CompletableFuture<Boolean> shutdownRequest() {
        return dismissal;
    }

    /** Done when the master refuses this worker. */
    public CompletableFuture<Refused> refusal() {
        return refusal;
    }
}
