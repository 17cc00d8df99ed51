package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.Backoff;
import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries calls to the master with exponential backoff, as long as a retry can succeed and is wanted. */
public final class RetryingCaller {
    private static final Logger log = LoggerFactory.getLogger(RetryingCaller.class);

    private final MasterConnectionState connectionState;
    private final Supplier<Backoff> backoff;
    private final KeySource key;
    private final Gate gate;

    public RetryingCaller(MasterConnectionState connectionState, Supplier<Backoff> backoff, KeySource key) {
        this(connectionState, backoff, key, () -> {});
    }

    private RetryingCaller(MasterConnectionState connectionState, Supplier<Backoff> backoff, KeySource key, Gate gate) {
        this.connectionState = connectionState;
        this.backoff = backoff;
        this.key = key;
        this.gate = gate;
    }

    /** Returns a caller that passes a gate before each attempt. */
    public RetryingCaller withGate(Gate gate) {
        return new RetryingCaller(connectionState, backoff, key, gate);
    }

    /** A backoff as between the attempts of a call. */
    public Backoff newBackoff() {
        return backoff.get();
    }

    /** Blocks until a call may be made. */
    @FunctionalInterface
    public interface Gate {
        void await() throws InterruptedException;
    }

    /** A call to the master. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws MasterCallException, IOException, InterruptedException;
    }

    /**
     * Makes a call until it succeeds.
     *
     * @return the result; empty if the call was no longer wanted
     * @throws MasterCallException if a retry cannot succeed
     */
    public <T> Optional<T> make(Call<T> call, BooleanSupplier wanted)
            throws MasterCallException, IOException, InterruptedException {
        Backoff pauses = backoff.get();
        int failures = 0;
        while (wanted.getAsBoolean() && passGate(wanted)) {
            long begun = connectionState.now();
            try {
                T answer = call.make();
                connectionState.recordContact(begun);
                return Optional.of(answer);
            } catch (MasterCallException e) {
                Duration minimum = minimumPause(e);
                connectionState.recordFailure(e);
                failures++;
                boolean wasShorter = !pauses.isLongest();
                Duration pause = pauses.next(minimum);
                if (wasShorter && pauses.isLongest()) {
                    log.warn("event=master.call-failing failures={} reason=\"{}\"", failures, e.getMessage());
                }
                Thread.sleep(pause);
            }
        }
        return Optional.empty();
    }

    /** Passes the gate. Returns whether the call is still wanted afterwards. */
    private boolean passGate(BooleanSupplier wanted) throws InterruptedException {
        gate.await();
        return wanted.getAsBoolean();
    }

    private Duration minimumPause(MasterCallException error) throws MasterCallException {
        return switch (error) {
            case Busy busy -> busy.retryAfter();
            case Unreachable _ -> Duration.ZERO;
            case Refused refused when refused.keyIsWrong() && key.mayHaveChanged() -> Duration.ZERO;
            case Refused _, WorkerUnknown _, LeaseLost _, RequestRejected _ -> throw error;
        };
    }
}
