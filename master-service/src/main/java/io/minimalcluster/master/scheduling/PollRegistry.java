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
 * Registry of waiting polls, ordered by waiting time. A worker has at most one poll: a newer poll supersedes an older
 * one.
 */
@Component
public class PollRegistry {
    // Both guarded by this.
    private final Map<WorkerId, WaitingPoll> current = new HashMap<>();
    private final Deque<WaitingPoll> waitingForWork = new ArrayDeque<>();
    private boolean closed;
    private long notifications;

    /** Registers the poll of a worker and supersedes its previous poll, if any. */
    public synchronized WaitingPoll open(WorkerId worker) {
        WaitingPoll poll = new WaitingPoll(worker);
        WaitingPoll older = current.put(worker, poll);
        if (older != null) {
            waitingForWork.remove(older);
            older.supersede();
        }
        if (closed) {
            poll.supersede();
        }
        return poll;
    }

    /** Number of notifications so far, of work and of orders. Unchanged means that there is no news for any worker. */
    public synchronized long notifications() {
        return notifications;
    }

    /** Subscribes a poll to new work, in addition to orders. The caller has to look for work next. */
    public synchronized void startWaiting(WaitingPoll poll) {
        poll.clearNotification();
        if (current.get(poll.worker()) == poll && !waitingForWork.contains(poll)) {
            waitingForWork.addLast(poll);
        }
    }

    /** Removes an answered poll. Work that it was notified of but did not look for goes to another poll. */
    public synchronized void close(WaitingPoll poll) {
        waitingForWork.remove(poll);
        current.remove(poll.worker(), poll);
        poll.pendingNotification().ifPresent(work -> {
            poll.clearNotification();
            notifyWork(work.requirements(), work.losses(), 1);
        });
    }

    /**
     * Notifies polls of new work without requirements.
     *
     * @param batches number of batches
     */
    public void notifyWork(long batches) {
        notifyWork(JobRequirements.NONE, batches);
    }

    /**
     * Notifies polls of new work. Wakes at most {@code batches} polls whose workers meet the requirements, and polls of
     * workers with unknown capabilities.
     *
     * @return whether a woken poll can take a batch
     */
    public boolean notifyWork(JobRequirements requirements, long batches) {
        return notifyWork(requirements, 0, batches);
    }

    /** Notifies polls of new work whose tasks have losses, which not every worker may have. */
    public synchronized boolean notifyWork(JobRequirements requirements, int losses, long batches) {
        notifications++;
        long left = batches;
        for (Iterator<WaitingPoll> polls = waitingForWork.iterator(); left > 0 && polls.hasNext(); ) {
            WaitingPoll poll = polls.next();
            if (poll.mayServe(requirements, losses)) {
                polls.remove();
                poll.notifyWork(requirements, losses);
                left -= poll.isKnown() || (requirements.equals(JobRequirements.NONE) && losses == 0) ? 1 : 0;
            }
        }
        return left < batches;
    }

    /** Wakes all polls that wait for work, regardless of requirements. */
    public synchronized void notifyAllWaiting() {
        notifications++;
        waitingForWork.forEach(poll -> poll.notifyWork(JobRequirements.NONE, 0));
        waitingForWork.clear();
    }

    /** Whether a poll waits for work. */
    public synchronized boolean hasWaitingPolls() {
        return !waitingForWork.isEmpty();
    }

    /** Whether another poll waits for work. */
    public synchronized boolean hasOtherWaitingPolls(WaitingPoll poll) {
        return waitingForWork.size() > (waitingForWork.contains(poll) ? 1 : 0);
    }

    /**
     * Sets the capabilities of the worker of a poll.
     *
     * @param limit the worker may get tasks with fewer losses
     */
    public synchronized void setCapabilities(WaitingPoll poll, WorkerCapabilities worker, int limit) {
        poll.setCapabilities(worker, limit);
    }

    /** Ends the poll of a worker without an answer, so that the worker polls again. */
    public synchronized void end(WorkerId worker) {
        notifications++;
        WaitingPoll poll = current.get(worker);
        if (poll != null) {
            poll.supersede();
        }
    }

    /** Wakes the polls of these workers, because there are orders for them. */
    public synchronized void notifyOrders(Collection<WorkerId> workers) {
        notifications += workers.isEmpty() ? 0 : 1;
        for (WorkerId worker : workers) {
            WaitingPoll poll = current.get(worker);
            if (poll != null) {
                poll.wake();
            }
        }
    }

    /** Wakes the polls of all workers, because there may be orders for them. */
    public synchronized void notifyAllOrders() {
        notifications++;
        current.values().forEach(WaitingPoll::wake);
    }

    /** Number of open polls. */
    synchronized int size() {
        return current.size();
    }

    /** Whether the master shuts down. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends all current and future polls. */
    public synchronized void closeAll() {
        closed = true;
        current.values().forEach(WaitingPoll::supersede);
    }
}
