package io.minimalcluster.master.worker;

import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.OpenCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.Work;
import io.minimalcluster.master.work.ParkedPoll;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * A worker's long poll: answered with the first batches or orders there are. While it waits it holds a virtual thread,
 * and nothing of the store.
 */
@Component
class Poll {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Store store;
    private final AnswerPoll answerPoll;
    private final WorkBell bell;
    private final JobWatch watch;
    private final OpenCalls calls;

    Poll(Store store, AnswerPoll answerPoll, WorkBell bell, JobWatch watch, OpenCalls calls) {
        this.store = store;
        this.answerPoll = answerPoll;
        this.bell = bell;
        this.watch = watch;
        this.calls = calls;
    }

    /**
     * What there is for the worker; empty at the end of the wait, if a newer poll came, or if nobody waits any more.
     *
     * @param isGone whether the worker let go of its connection; asked before it is given what came while it waited
     */
    Optional<PollAnswer> await(WorkerId worker, PollRequest request, Duration wait, BooleanSupplier isGone) {
        long deadline = System.nanoTime() + wait.toNanos();
        ParkedPoll parked = bell.open(worker);
        if (bell.isClosed()) {
            throw new Unavailable("The master is going down.", RETRY_AFTER);
        }
        try {
            Optional<PollAnswer> looked =
                    look(parked, request, sql -> Optional.of(answerPoll.answer(sql, worker, request)));
            while (looked.isPresent()
                    && looked.get().isEmpty()
                    && hasNews(parked, deadline)
                    && !parked.isSuperseded()
                    && !isGone.getAsBoolean()) {
                looked = look(parked, request, sql -> answerPoll.answerLater(sql, worker, request));
            }
            return looked.filter(answer -> !answer.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            bell.close(parked);
        }
    }

    /** Who waited gets work only if the key that let him in still does. */
    private boolean hasNews(ParkedPoll parked, long deadline) throws InterruptedException {
        boolean woken = parked.await(deadline - System.nanoTime());
        calls.check();
        return woken;
    }

    /** What there is now; empty if nobody is to be answered. */
    private Optional<PollAnswer> look(ParkedPoll parked, PollRequest request, Work<Optional<PollAnswer>> finding) {
        if (request.slots() > 0) {
            bell.park(parked); // before looking, so that work which comes in between is not missed
        }
        Optional<PollAnswer> looked = store.writeAndWait(sql -> {
            Optional<PollAnswer> found = finding.run(sql);
            if (found.isPresent()) {
                bell.offers(
                        parked,
                        answerPoll.abilitiesOf(sql, parked.worker()),
                        found.get().limit());
            }
            return found;
        });
        looked.ifPresent(this::tell);
        return looked;
    }

    private void tell(PollAnswer answer) {
        answer.leases().forEach(lease -> watch.changed(lease.jobSeq()));
        bell.order(answer.relieved().owners());
        answer.left().forEach(needs -> bell.ring(needs, 1));
    }
}
