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

/** The registration of the worker, which is renewed when the master no longer knows the worker. */
public final class Registration {
    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final MasterClient master;
    private final RetryingCaller retryingCaller;
    private final WorkerOptions options;
    private final HeldLeases leases;
    private final KeySource key;
    private final Consumer<Duration> leaseDuration;
    private final CompletableFuture<Refused> refusal = new CompletableFuture<>();
    private final CompletableFuture<Boolean> shutdownRequest = new CompletableFuture<>();
    /** Held while registering, so that concurrent calls that find the worker unknown register it once. */
    private final ReentrantLock registering = new ReentrantLock();

    private volatile @Nullable AcceptedWorker accepted;

    /** @param leaseDuration gets the time after which a lease without heartbeats lapses */
    public Registration(
            MasterClient master,
            RetryingCaller retryingCaller,
            WorkerOptions options,
            HeldLeases leases,
            KeySource key,
            Consumer<Duration> leaseDuration) {
        this.master = master;
        this.retryingCaller = retryingCaller;
        this.options = options;
        this.leases = leases;
        this.key = key;
        this.leaseDuration = leaseDuration;
    }

    /** The current registration, if there is one. */
    public Optional<AcceptedWorker> current() {
        return Optional.ofNullable(accepted);
    }

    public boolean isCurrent(WorkerId worker) {
        return current().filter(each -> each.workerId().equals(worker)).isPresent();
    }

    /** Registers for the first time, with retries. Returns empty if the worker is refused. */
    public Optional<AcceptedWorker> join() throws InterruptedException {
        registering.lockInterruptibly();
        try {
            register(null);
        } finally {
            registering.unlock();
        }
        return current();
    }

    /** Replaces a registration that the master does not know, and drops the leases granted under it. */
    public void reregister(WorkerId unknown) throws InterruptedException {
        registering.lockInterruptibly();
        try {
            if (isCurrent(unknown)) {
                log.warn("event=registration.unknown worker={} action=\"registering again\"", unknown);
                leases.dropAll();
                register(unknown);
            }
        } finally {
            registering.unlock();
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
            // A compatible master fails this call in no other way, so its protocol differs.
            log.error("event=registration.failed reason=\"{}\"", e.getMessage());
            refused(new Refused(String.valueOf(e.getMessage()), false));
        }
    }

    private void accept(AcceptedWorker answer) {
        accepted = answer;
        leaseDuration.accept(HeartbeatSender.seconds(answer.leaseSeconds()));
        log.info(
                "event=registration.accepted worker={} name={} slots={} isolation={} heartbeat={}s lease={}s",
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
                options.network(),
                options.heapBytes());
    }

    /** Records that the master refuses this worker for good. */
    public void refused(Refused refused) {
        if (refusal.complete(refused)) {
            log.error("event=registration.rejected reason=\"{}\"", refused.getMessage());
        }
    }

    /** Records a refusal, unless the key file may have changed. The call is retried anyway. */
    void refusedUnlessKeyMayChange(Refused refused) {
        if (!refused.keyIsWrong() || !key.mayHaveChanged()) {
            refused(refused);
        }
    }

    /** Records a shutdown request of the master. */
    public void shutdownRequested() {
        if (shutdownRequest.complete(true)) {
            log.info("event=worker.shutdown-requested by=master");
        }
    }

    /** Completed when the master requests a shutdown. */
    public CompletableFuture<Boolean> shutdownRequest() {
        return shutdownRequest;
    }

    /** Completed when the master refuses this worker. */
    public CompletableFuture<Refused> refusal() {
        return refusal;
    }
}
