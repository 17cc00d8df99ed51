package io.minimalcluster.worker.work;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterException;
import io.minimalcluster.worker.master.MasterException.Refused;
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
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final MasterClient master;
    private final Perseverance perseverance;
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
    record Terms(KeySource key, Consumer<Duration> lease) {}

    Membership(MasterClient master, Perseverance perseverance, WorkerOptions options, HeldLeases leases, Terms terms) {
        this.master = master;
        this.perseverance = perseverance;
        this.options = options;
        this.leases = leases;
        this.terms = terms;
    }

    /** The registration, if there is one. */
    Optional<AcceptedWorker> current() {
        return Optional.ofNullable(accepted);
    }

    boolean isCurrent(WorkerId worker) {
        return current().filter(each -> each.workerId().equals(worker)).isPresent();
    }

    /** Registers for the first time, however long it takes; empty if the worker is refused. */
    Optional<AcceptedWorker> join() throws InterruptedException {
        joining.lockInterruptibly();
        try {
            register(null);
        } finally {
            joining.unlock();
        }
        return current();
    }

    /** Says that the master does not know a registration: what is held under it is void, and a new one replaces it. */
    void lost(WorkerId unknown) throws InterruptedException {
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
            perseverance
                    .make(() -> master.register(worker), () -> !leases.isClosing())
                    .ifPresent(this::accept);
        } catch (Refused e) {
            refused(e);
        } catch (MasterException | IOException e) {
            // A master that knows the call answers in none of the other ways, so it is of another protocol.
            LOG.error("event=registration-failed reason=\"{}\"", e.getMessage());
            refused(new Refused(String.valueOf(e.getMessage()), false));
        }
    }

    private void accept(AcceptedWorker answer) {
        accepted = answer;
        terms.lease().accept(Heart.seconds(answer.leaseSeconds()));
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
    void refused(Refused why) {
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
    void dismissed() {
        if (dismissal.complete(true)) {
            LOG.info("event=dismissed by=master");
        }
    }

    /** Done when the master tells this worker to end. */
    CompletableFuture<Boolean> dismissal() {
        return dismissal;
    }

    /** Done when the master refuses this worker. */
    CompletableFuture<Refused> refusal() {
        return refusal;
    }
}
