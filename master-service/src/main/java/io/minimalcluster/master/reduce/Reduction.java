package io.minimalcluster.master.reduce;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the values of a job are folded.
 *
 * @param next the master has folded the values before this index
 * @param state into this; null at the beginning
 * @param child the job that folds them by a method; null before there is one
 */
public record Reduction(
        long job,
        long next,
        @Nullable String state,
        @Nullable Long child) {
    private static final String FIND = "select * from reduction where job_seq = :job";
    /** So many are looked at in one go. */
    static final int TOGETHER = 1_000;

    private static final String SOME =
            "select job_seq from reduction where job_seq > :after order by job_seq limit " + TOGETHER;
    private static final String BEGIN = """
            insert into reduction (job_seq, next_index)
            select seq, 0 from job where seq = :job and reduce is not null and succeeded = total
               and state in ('RUNNING', 'PAUSED')
            on conflict (job_seq) do nothing
            """;
    private static final String ADVANCE = """
            update reduction set next_index = :next, state = :state where job_seq = :job and next_index = :before
            """;
    private static final String FOLD_BY = """
            update reduction set child_seq = :child where job_seq = :job and coalesce(child_seq, 0) = :before
               and exists (select 1 from job where seq = :job and state in ('RUNNING', 'PAUSED'))
            """;

    private static Reduction of(ResultSet row, int number) throws SQLException {
        long child = row.getLong("child_seq");
        return new Reduction(
                row.getLong("job_seq"), row.getLong("next_index"), row.getString("state"), child == 0 ? null : child);
    }

    /** Begins it if the last of its tasks has succeeded; false if it is not that far, or has begun. */
    public static boolean begin(JdbcClient sql, long job) {
        return sql.sql(BEGIN).param("job", job).update() == 1;
    }

    static Optional<Reduction> find(JdbcClient sql, long job) {
        return sql.sql(FIND).param("job", job).query(Reduction::of).optional();
    }

    /** The jobs after one whose values are being folded, as many as are looked at in one go. */
    static List<Long> jobs(JdbcClient sql, long after) {
        return sql.sql(SOME)
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

    int foldBy(JdbcClient sql, long nextChild) {
        return sql.sql(FOLD_BY)
                .param("child", nextChild)
                .param("job", job)
                .param("before", child == null ? 0 : child)
                .update();
    }

    static void forget(JdbcClient sql, long job) {
        sql.sql("delete from reduction where job_seq = :job").param("job", job).update();
    }
}
