package io.minimalcluster.master.scheduling;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Attempts and losses of tasks, and the limits that follow from them. Failed attempts have a budget set by the job.
 * Losses have a fixed budget.
 *
 * @param attempt the number of the attempt, from 1; only failed attempts count
 * @param losses worker timeouts while the tasks may have run, in quarters; a timeout before they most likely started
 *     counts as a quarter
 * @param refusals how often a worker could not read or run the tasks
 */
public record LossPolicy(int attempt, int losses, int refusals) {
    /** The charge for a worker timeout while the tasks may have run. */
    public static final int LOSS = 4;

    /**
     * The charge for a worker timeout when the worker may not have received the tasks. Without it such timeouts could
     * repeat forever.
     */
    public static final int UNDELIVERED_LOSS = 1;

    /** The limit of losses, at which tasks fail: five full losses. */
    public static final int MAX_LOSSES = 5 * LOSS;

    /** The number of losses from which tasks are suspected to be poison tasks. */
    private static final int SUSPECT = 3 * LOSS;

    /** Tasks without earlier attempts. */
    public static final LossPolicy FIRST = new LossPolicy(1, 0);

    /** The refusal at which tasks fail. */
    private static final int MAX_REFUSALS = 2;

    private static final int[] BATCH_SIZES = {Integer.MAX_VALUE, 1000, 30};

    /** Tasks that no worker refused. */
    public LossPolicy(int attempt, int losses) {
        this(attempt, losses, 0);
    }

    /** Reads the columns {@code attempt}, {@code loss_quarters} and {@code refusals} of a row. */
    public static LossPolicy of(ResultSet row) throws SQLException {
        return new LossPolicy(row.getInt("attempt"), row.getInt("loss_quarters"), row.getInt("refusals"));
    }

    /** The state after a failed attempt. */
    public LossPolicy afterFailure() {
        return new LossPolicy(attempt + 1, losses, refusals);
    }

    /** The state after a refusal, which charges no attempt. */
    LossPolicy afterRefusal() {
        return new LossPolicy(attempt, losses, refusals + 1);
    }

    /** Whether tasks with one more refusal fail instead of another run. */
    public boolean isLastRefusal() {
        return refusals + 1 >= MAX_REFUSALS;
    }

    /**
     * The state after a worker timeout.
     *
     * @param charge {@link #LOSS}, {@link #UNDELIVERED_LOSS}, or 0 if the tasks had not started
     */
    LossPolicy afterLoss(int charge) {
        return new LossPolicy(attempt, losses + charge, refusals);
    }

    /**
     * Maximum size of a batch, smaller with each loss and refusal. A lost batch does not show which of its tasks caused
     * the loss. Smaller batches separate unaffected tasks from a poison task before the budget is used up, and bound
     * the errors of a batch that is refused again.
     */
    int maxBatchSize() {
        int step = losses / LOSS + refusals;
        return step < BATCH_SIZES.length ? BATCH_SIZES[step] : 1;
    }

    /** Whether the tasks may be poison tasks. Such tasks get no speculative copy. */
    public boolean isSuspect() {
        return losses >= SUSPECT;
    }

    /**
     * The loss limit for tasks that a worker may get beside tasks with so many losses. A suspect task runs only beside
     * tasks without losses, so that a poison task does not use up the budget of other tasks.
     *
     * @return exclusive limit of losses
     */
    public static int limitBeside(int losses) {
        if (losses >= SUSPECT) {
            return 1;
        }
        return losses > 0 ? SUSPECT : Integer.MAX_VALUE;
    }

    /** The number of runs, as far as it is known. */
    public int runs() {
        return attempt + losses / LOSS;
    }
}
