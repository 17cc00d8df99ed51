package io.minimalcluster.master.lease;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What tasks have been through. There is a budget for each: a job's own for attempts that ended in a failure worth
 * another, one of ours for losses.
 *
 * @param attempt the number of the attempt, from 1; only one that ended in a failure counts
 * @param losses how often a worker fell silent, for good, that may have run them
 */
public record Tries(int attempt, int losses) {
    /** With so many losses a task has brought down, or met with, enough workers. */
    static final int MOST_LOSSES = 5;

    /** Tasks that are new. */
    public static final Tries FIRST = new Tries(1, 0);

    private static final int[] TOGETHER = {Integer.MAX_VALUE, 1000, 30};

    static Tries of(ResultSet row) throws SQLException {
        return new Tries(row.getInt("attempt"), row.getInt("losses"));
    }

    /** The next, after a failure. */
    Tries afterFailure() {
        return new Tries(attempt + 1, losses);
    }

    /** The next, after a loss. */
    Tries afterLoss() {
        return new Tries(attempt, losses + 1);
    }

    /**
     * How many such tasks are handed out together: fewer with each loss, for among those of a batch that was lost it
     * can't be told which ran. So who only stood beside the cause is done with before the budget is used up.
     */
    int mostTogether() {
        return losses < TOGETHER.length ? TOGETHER[losses] : 1;
    }

    /** How often they were run, as far as is known. */
    public int runs() {
        return attempt + losses;
    }
}
