package io.minimalcluster.worker.work;

import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterException;
import io.minimalcluster.worker.master.MasterException.Busy;
import io.minimalcluster.worker.master.MasterException.LeaseLost;
import io.minimalcluster.worker.master.MasterException.NotTaken;
import io.minimalcluster.worker.master.MasterException.Refused;
import io.minimalcluster.worker.master.MasterException.Unreachable;
import io.minimalcluster.worker.master.MasterException.WorkerUnknown;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a call, with pauses, as long as that can help and is wanted. */
final class Perseverance {
    private static final Logger LOG = LoggerFactory.getLogger(Perseverance.class);

    private final Contact contact;
    private final Supplier<Pauses> pauses;
    private final KeySource key;
    private final Leave leave;

    Perseverance(Contact contact, Supplier<Pauses> pauses, KeySource key) {
        this(contact, pauses, key, () -> {});
    }

    private Perseverance(Contact contact, Supplier<Pauses> pauses, KeySource key, Leave leave) {
        this.contact = contact;
        this.pauses = pauses;
        this.key = key;
        this.leave = leave;
    }

    /** The same, for calls that are made only when they are given leave. */
    Perseverance withLeave(Leave given) {
        return new Perseverance(contact, pauses, key, given);
    }

    /** Waits until a call may be made. */
    @FunctionalInterface
    interface Leave {
        void await() throws InterruptedException;
    }

    /** A call of the master. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws MasterException, IOException, InterruptedException;
    }

    /**
     * Makes the call until it is answered.
     *
     * @return the answer; empty if it was not wanted any more
     * @throws MasterException if trying again can't help
     */
    <T> Optional<T> make(Call<T> call, BooleanSupplier wanted)
            throws MasterException, IOException, InterruptedException {
        Pauses between = pauses.get();
        int failures = 0;
        while (wanted.getAsBoolean() && hasLeave(wanted)) {
            long begun = contact.now();
            try {
                T answer = call.make();
                contact.heard(begun);
                return Optional.of(answer);
            } catch (MasterException e) {
                Duration least = leastPause(e);
                contact.troubled(e);
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

    private Duration leastPause(MasterException error) throws MasterException {
        return switch (error) {
            case Busy busy -> busy.retryAfter();
            case Unreachable _ -> Duration.ZERO;
            case Refused refused when refused.keyIsWrong() && key.mayHaveChanged() -> Duration.ZERO;
            case Refused _, WorkerUnknown _, LeaseLost _, NotTaken _ -> throw error;
        };
    }
}
