package io.minimalcluster.master.work;

import io.minimalcluster.master.match.Abilities;
import io.minimalcluster.master.match.Needs;
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
public class WorkBell {
    // both guarded by this
    private final Map<WorkerId, ParkedPoll> current = new HashMap<>();
    private final Deque<ParkedPoll> hungry = new ArrayDeque<>();
    private boolean closed;

    /** Announces a worker's poll; the one before it, if any, is superseded. */
    public synchronized ParkedPoll open(WorkerId worker) {
        ParkedPoll poll = new ParkedPoll(worker);
        ParkedPoll older = current.put(worker, poll);
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
    public synchronized void park(ParkedPoll poll) {
        poll.looks();
        if (current.get(poll.worker()) == poll && !hungry.contains(poll)) {
            hungry.addLast(poll);
        }
    }

    /** The poll is answered; work that it was told of and did not look for is another's to look for. */
    public synchronized void close(ParkedPoll poll) {
        hungry.remove(poll);
        current.remove(poll.worker(), poll);
        poll.rungFor().ifPresent(work -> {
            poll.looks();
            ring(work.needs(), work.losses(), 1);
        });
    }

    /** There is work for so many, whoever they are. */
    public void ring(long batches) {
        ring(Needs.NONE, batches);
    }

    /** There is work for so many that have what it needs: wakes as many polls at most, and those nobody knows of. */
    public void ring(Needs needs, long batches) {
        ring(needs, 0, batches);
    }

    /** The same for tasks that were lost so often, which not every worker may have. */
    public synchronized void ring(Needs needs, int losses, long batches) {
        long left = batches;
        for (Iterator<ParkedPoll> polls = hungry.iterator(); left > 0 && polls.hasNext(); ) {
            ParkedPoll poll = polls.next();
            if (poll.mayServe(needs, losses)) {
                polls.remove();
                poll.ring(needs, losses);
                left -= poll.isKnown() || (needs.equals(Needs.NONE) && losses == 0) ? 1 : 0;
            }
        }
    }

    /** There is work, of whatever needs: wakes all that are hungry. */
    public synchronized void ringAll() {
        hungry.forEach(poll -> poll.ring(Needs.NONE, 0));
        hungry.clear();
    }

    /** Whether there is a poll that waits for work. */
    public synchronized boolean isAnyHungry() {
        return !hungry.isEmpty();
    }

    /**
     * Says what the worker of a poll offers.
     *
     * @param limit it may have tasks with fewer losses
     */
    public synchronized void offers(ParkedPoll poll, Abilities worker, int limit) {
        poll.offers(worker, limit);
    }

    /** Ends the open poll of a worker, with nothing, so that it asks again. */
    public synchronized void end(WorkerId worker) {
        ParkedPoll poll = current.get(worker);
        if (poll != null) {
            poll.supersede();
        }
    }

    /** There are orders for these workers. */
    public synchronized void order(Collection<WorkerId> workers) {
        for (WorkerId worker : workers) {
            ParkedPoll poll = current.get(worker);
            if (poll != null) {
                poll.wake();
            }
        }
    }

    /** There are orders for all workers. */
    public synchronized void orderAll() {
        current.values().forEach(ParkedPoll::wake);
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
        current.values().forEach(ParkedPoll::supersede);
    }
}
