package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.NotTaken;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a call, with pauses, as long as that can help and is wanted. */
public final class RetryingCaller {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingCaller.class);

    private final MasterConnectionState connectionState;
    private final Supplier<Backoff> backoff;
    private final KeySource key;
    private final Leave leave;

    public RetryingCaller(MasterConnectionState connectionState, Supplier<Backoff> backoff, KeySource key) {
        this(connectionState, backoff, key, () -> {});
    }

    private RetryingCaller(
            MasterConnectionState connectionState, Supplier<Backoff> backoff, KeySource key, Leave leave) {
        this.connectionState = connectionState;
        this.backoff = backoff;
        this.key = key;
        this.leave = leave;
    }

    /** The same, for calls that are made only when they are given leave. */
    public RetryingCaller withLeave(Leave given) {
        return new RetryingCaller(connectionState, backoff, key, given);
    }

    /** Waits until a call may be made. */
    @FunctionalInterface
    public interface Leave {
        void await() throws InterruptedException;
    }

    /** A call of the master. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws MasterCallException, IOException, InterruptedException;
    }

    /**
     * Makes the call until it is answered.
     *
     * @return the answer; empty if it was not wanted any more
     * @throws MasterCallException if trying again can't help
     */
    public <T> Optional<T> make(Call<T> call, BooleanSupplier wanted)
            throws MasterCallException, IOException, InterruptedException {
        Backoff between = backoff.get();
        int failures = 0;
        while (wanted.getAsBoolean() && hasLeave(wanted)) {
            long begun = connectionState.now();
            try {
                T answer = call.make();
                connectionState.heard(begun);
                return Optional.of(answer);
            } catch (MasterCallException e) {
                Duration least = leastPause(e);
                connectionState.troubled(e);
                failures++;
                boolean grew = !between.isLongest();
                Duration pause = between.next(least);
                if (grew && between.isLongest()) {
                    LOG.warn("event=call-fails times={} reason=\"{}\"", failures, e.getMessage());
                }
                Thread.sleep(pause);
            }
        }
        return Optional.empty();
    }

    /** It may not be wanted any more by then. */
    private boolean hasLeave(BooleanSupplier wanted) throws InterruptedException {
        leave.await();
        return wanted.getAsBoolean();
    }

    private Duration leastPause(MasterCallException error) throws MasterCallException {
        return switch (error) {
            case Busy busy -> busy.retryAfter();
            case Unreachable _ -> Duration.ZERO;
            case Refused refused when refused.keyIsWrong() && key.mayHaveChanged() -> Duration.ZERO;
            case Refused _, WorkerUnknown _, LeaseLost _, NotTaken _ -> throw error;
        };
    }
}
