package io.minimalcluster.master.reduce;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Progress of the reduction of a job.
 *
 * @param next the master has folded the values before this index
 * @param state intermediate state of the fold; null at the start
 * @param child the internal job of the current round; null before the first one
 */
public record Reduction(
        long job,
        long next,
        @Nullable String state,
        @Nullable Long child) {
    private static final String FIND = "select * from reduction where job_seq = :job";
    /** Number of reductions per query. */
    static final int PAGE_SIZE = 1_000;

    private static final String PAGE =
            "select job_seq from reduction where job_seq > :after order by job_seq limit " + PAGE_SIZE;
    private static final String BEGIN = """
            insert into reduction (job_seq, next_index)
            select seq, 0 from job where seq = :job and reduce is not null and succeeded = total
               and state in ('RUNNING', 'PAUSED')
            on conflict (job_seq) do nothing
            """;
    private static final String ADVANCE = """
            update reduction set next_index = :next, state = :state where job_seq = :job and next_index = :before
            """;
    private static final String START_ROUND = """
            update reduction set child_seq = :child where job_seq = :job and coalesce(child_seq, 0) = :before
               and exists (select 1 from job where seq = :job and state in ('RUNNING', 'PAUSED'))
            """;

    private static Reduction of(ResultSet row, int number) throws SQLException {
        long child = row.getLong("child_seq");
        return new Reduction(
                row.getLong("job_seq"), row.getLong("next_index"), row.getString("state"), child == 0 ? null : child);
    }

    /**
     * Starts the reduction if all tasks have succeeded. Returns false if they have not, or if it was already started.
     */
    public static boolean begin(JdbcClient sql, long job) {
        return sql.sql(BEGIN).param("job", job).update() == 1;
    }

    static Optional<Reduction> find(JdbcClient sql, long job) {
        return sql.sql(FIND).param("job", job).query(Reduction::of).optional();
    }

    /** The next jobs with a reduction after the given one, at most {@link #PAGE_SIZE}. */
    static List<Long> jobs(JdbcClient sql, long after) {
        return sql.sql(PAGE)
                .param("after", after)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    int advance(JdbcClient sql, long to, String folded) {
        return sql.sql(ADVANCE)
                .param("next", to)
                .param("state", folded)
                .param("job", job)
                .param("before", next)
                .update();
    }

    int startRound(JdbcClient sql, long nextChild) {
        return sql.sql(START_ROUND)
                .param("child", nextChild)
                .param("job", job)
                .param("before", child == null ? 0 : child)
                .update();
    }

    static void delete(JdbcClient sql, long job) {
        sql.sql("delete from reduction where job_seq = :job").param("job", job).update();
    }
}
