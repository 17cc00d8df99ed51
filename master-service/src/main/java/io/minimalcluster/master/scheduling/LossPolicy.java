package io.minimalcluster.master.scheduling;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What tasks have been through. There is a budget for each: a job's own for attempts that ended in a failure worth
 * another, one of ours for losses.
 *
 * @param attempt the number of the attempt, from 1; only one that ended in a failure counts
 * @param losses how often a worker fell silent, for good, that may have run them; in quarters, for one that most likely
 *     had not begun with them counts as a quarter
 */
public record LossPolicy(int attempt, int losses) {
    /** What the silence of a worker costs the tasks that it may have run. */
    public static final int LOSS = 4;

    /** What it costs those of which it is not known whether it ever got them: or they could end it so for ever. */
    public static final int DOUBTFUL_LOSS = 1;

    /** With so much of it a task has brought down, or met with, enough workers: five that ran it. */
    public static final int MOST_LOSSES = 5 * LOSS;

    /** With so much of it they may well be the cause. */
    private static final int SUSPECT = 3 * LOSS;

    /** Tasks that are new. */
    public static final LossPolicy FIRST = new LossPolicy(1, 0);

    private static final int[] TOGETHER = {Integer.MAX_VALUE, 1000, 30};

    /** Of a row with {@code attempt} and {@code losses}. */
    public static LossPolicy of(ResultSet row) throws SQLException {
        return new LossPolicy(row.getInt("attempt"), row.getInt("losses"));
    }

    /** The next, after a failure. */
    public LossPolicy afterFailure() {
        return new LossPolicy(attempt + 1, losses);
    }

    /**
     * The next, after a worker fell silent.
     *
     * @param charge {@link #LOSS}, {@link #DOUBTFUL_LOSS}, or 0 where they had not begun
     */
    LossPolicy afterLoss(int charge) {
        return new LossPolicy(attempt, losses + charge);
    }

    /**
     * How many such tasks are handed out together: fewer with each loss, for among those of a batch that was lost it
     * can't be told which ran. So who only stood beside the cause is done with before the budget is used up.
     */
    int mostTogether() {
        int whole = losses / LOSS;
        return whole < TOGETHER.length ? TOGETHER[whole] : 1;
    }

    /** Whether they may well be what brings down their workers: they are not run twice at a time. */
    public boolean isSuspect() {
        return losses >= SUSPECT;
    }

    /**
     * What a worker may be given that has tasks with so many losses: a suspect one runs beside such alone as were never
     * lost, so that what brings down its workers takes no other along to the end of the budget.
     *
     * @return tasks with fewer losses than this
     */
    public static int limitBeside(int losses) {
        if (losses >= SUSPECT) {
            return 1;
        }
        return losses > 0 ? SUSPECT : Integer.MAX_VALUE;
    }

    /** How often they were run, as far as is known. */
    public int runs() {
        return attempt + losses / LOSS;
    }
}
