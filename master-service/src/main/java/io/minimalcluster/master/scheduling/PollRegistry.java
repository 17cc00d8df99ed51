package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The polls that are parked, the longest parked first. Of a worker there is one at most: a newer one ends the older.
 */
@Component
public class PollRegistry {
    // both guarded by this
    private final Map<WorkerId, WaitingPoll> current = new HashMap<>();
    private final Deque<WaitingPoll> hungry = new ArrayDeque<>();
    private boolean closed;

    /** Announces a worker's poll; the one before it, if any, is superseded. */
    public synchronized WaitingPoll open(WorkerId worker) {
        WaitingPoll poll = new WaitingPoll(worker);
        WaitingPoll older = current.put(worker, poll);
        if (older != null) {
            hungry.remove(older);
            older.supersede();
        }
        if (closed) {
            poll.supersede();
        }
        return poll;
    }

    /** Lets the poll, which looks for work next, be told of work too, not of orders alone. */
    public synchronized void startWaiting(WaitingPoll poll) {
        poll.looks();
        if (current.get(poll.worker()) == poll && !hungry.contains(poll)) {
            hungry.addLast(poll);
        }
    }

    /** The poll is answered; work that it was told of and did not look for is another's to look for. */
    public synchronized void close(WaitingPoll poll) {
        hungry.remove(poll);
        current.remove(poll.worker(), poll);
        poll.pendingNotification().ifPresent(work -> {
            poll.looks();
            notifyWork(work.requirements(), work.losses(), 1);
        });
    }

    /** There is work for so many, whoever they are. */
    public void notifyWork(long batches) {
        notifyWork(JobRequirements.NONE, batches);
    }

    /** There is work for so many that have what it needs: wakes as many polls at most, and those nobody knows of. */
    public void notifyWork(JobRequirements requirements, long batches) {
        notifyWork(requirements, 0, batches);
    }

    /** The same for tasks that were lost so often, which not every worker may have. */
    public synchronized void notifyWork(JobRequirements requirements, int losses, long batches) {
        long left = batches;
        for (Iterator<WaitingPoll> polls = hungry.iterator(); left > 0 && polls.hasNext(); ) {
            WaitingPoll poll = polls.next();
            if (poll.mayServe(requirements, losses)) {
                polls.remove();
                poll.notifyWork(requirements, losses);
                left -= poll.isKnown() || (requirements.equals(JobRequirements.NONE) && losses == 0) ? 1 : 0;
            }
        }
    }

    /** There is work, of whatever needs: wakes all that are hungry. */
    public synchronized void notifyAllWaiting() {
        hungry.forEach(poll -> poll.notifyWork(JobRequirements.NONE, 0));
        hungry.clear();
    }

    /** Whether there is a poll that waits for work. */
    public synchronized boolean hasWaitingPolls() {
        return !hungry.isEmpty();
    }

    /**
     * Says what the worker of a poll offers.
     *
     * @param limit it may have tasks with fewer losses
     */
    public synchronized void setCapabilities(WaitingPoll poll, WorkerCapabilities worker, int limit) {
        poll.setCapabilities(worker, limit);
    }

    /** Ends the open poll of a worker, with nothing, so that it asks again. */
    public synchronized void end(WorkerId worker) {
        WaitingPoll poll = current.get(worker);
        if (poll != null) {
            poll.supersede();
        }
    }

    /** There are orders for these workers. */
    public synchronized void order(Collection<WorkerId> workers) {
        for (WorkerId worker : workers) {
            WaitingPoll poll = current.get(worker);
            if (poll != null) {
                poll.wake();
            }
        }
    }

    /** There are orders for all workers. */
    public synchronized void orderAll() {
        current.values().forEach(WaitingPoll::wake);
    }

    /** How many polls are open. */
    synchronized int size() {
        return current.size();
    }

    /** Whether the master goes down. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends every poll, now and from now on. */
    public synchronized void closeAll() {
        closed = true;
        current.values().forEach(WaitingPoll::supersede);
    }
}
