package io.minimalcluster.worker.work;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterException;
import io.minimalcluster.worker.master.MasterException.Refused;
import io.minimalcluster.worker.master.MasterException.WorkerUnknown;
import io.minimalcluster.worker.master.PollAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One poll, repeated with the same request id until it is answered or a newer one took its place. */
final class OpenPoll {
    private static final int FEW = 3;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final WorkerId worker;
    private final String requestId;
    private final int slots;
    private final Duration wait;
    private final long opened = System.nanoTime();
    private volatile boolean replaced;
    private volatile boolean over;
    private volatile boolean inVain;

    OpenPoll(WorkerId worker, String requestId, int slots, Duration wait) {
        this.worker = worker;
        this.requestId = requestId;
        this.slots = slots;
        this.wait = wait;
    }

    /**
     * Whether it may stay open with so much room. One that asks for a little less than it could is as good: the next
     * one, right behind its answer, asks for the rest.
     */
    boolean suits(int room) {
        return slots == 0 ? room == 0 : slots <= room && room <= FEW * slots;
    }

    /** Says that a newer one is open. */
    void replace() {
        replaced = true;
    }

    boolean isOver() {
        return over;
    }

    /** Whether it brought nothing new although the master did not wait. */
    boolean wasInVain() {
        return inVain;
    }

    /** Asks, and hands on the answer. */
    void ask(MasterClient master, Perseverance perseverance, Membership membership, HeldLeases leases, Intake intake)
            throws InterruptedException {
        try {
            Perseverance.Call<PollAnswer> call =
                    () -> master.poll(worker, new PollRequest(requestId, slots, leases.idsOf(worker)), wait);
            Optional<PollAnswer> answer = perseverance.make(call, () -> !replaced);
            if (answer.filter(PollAnswer.NOTHING::equals).isPresent() && !replaced) {
                intake.nothingCame();
            }
            if (answer.filter(PollAnswer::shutdown).isPresent()) {
                membership.dismissed();
            }
            boolean news = answer.isPresent() && membership.isCurrent(worker) && intake.take(worker, answer.get());
            inVain = !news && System.nanoTime() - opened < AT_ONCE.toNanos();
        } catch (WorkerUnknown _) {
            membership.lost(worker);
        } catch (Refused e) {
            membership.refused(e);
        } catch (MasterException | IOException _) {
            inVain = true;
        } finally {
            over = true;
        }
    }
}
