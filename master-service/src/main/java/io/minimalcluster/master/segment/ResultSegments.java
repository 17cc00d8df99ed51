package io.minimalcluster.master.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The outcomes of tasks in the store, as blocks of consecutive indexes. The blocks of a job form a log in the order of
 * their recording. Blocks of one round never overlap.
 */
public final class ResultSegments {
    private static final String ADD = """
            insert into result_segment (job_seq, position, first, count, data, lengths, errors, micros, output,
                                        worker_id, attempt, recorded_at, round)
            values (:job, :position, :first, :count, :data, :lengths, :errors, :micros, :output,
                    :worker, :attempt, :now, :round)
            """;
    private static final String AT_POSITION = "select " + StoredBlock.COLUMNS + """
             from result_segment
            where job_seq = :job and position = :from
            """;
    private static final String FROM_POSITION = "select " + StoredBlock.COLUMNS + """
             from result_segment
            where job_seq = :job
              and position >= coalesce((select max(position) from result_segment
                                         where job_seq = :job and position <= :from), 0)
              and position + count > :from
            order by position limit 1
            """;
    private static final String RECORDED_BEFORE = """
            select first, first + count as last from result_segment
             where job_seq = :job and round = :round and first < :first order by first desc limit 1
            """;
    private static final String RECORDED_WITHIN = """
            select first, first + count as last from result_segment
             where job_seq = :job and round = :round and first >= :first and first < :last order by first
            """;
    private static final String NEXT = """
            select position, round, first, first + count as last from result_segment
             where job_seq = :job and round = :round
               and first >= coalesce((select max(first) from result_segment
                                       where job_seq = :job and round = :round and first <= :from), 0)
               and first + count > :from
             order by first limit 1
            """;
    private static final String FAILING = """
            select first from result_segment
             where job_seq = :job and round = :round and errors is not null
               and first >= coalesce((select max(first) from result_segment
                                       where job_seq = :job and round = :round and first <= :from), 0)
               and first + count > :from
             order by first limit 1
            """;
    private static final String VALUES = """
            select first, count, data, lengths from result_segment
             where job_seq = :job and round = 0
               and first >= coalesce((select max(first) from result_segment
                                       where job_seq = :job and round = 0 and first <= :from), 0)
               and first < :to
             order by first limit 512
            """;
    private static final String VALUES_AT_POSITION = """
            select first, count, data, lengths from result_segment where job_seq = :job and position = :position
            """;
    /** Reads the values of a job with one short block. */
    private static final String ALL_VALUES = """
            select data from result_segment
             where job_seq = :job and position = 0 and first = 0 and count = :count and length(data) <= 32768
            """;

    private static final String ERRORS = """
            select errors from result_segment where job_seq = :job and position = :position
            """;
    private static final String FIRST_ERRORS = """
            select errors from result_segment where job_seq = :job and errors is not null order by position limit 1
            """;
    /** Reads the newest blocks. A block with a longer list of times has tasks too short to matter. */
    private static final String NEWEST_TIMES = """
            select count, case when length(micros) <= 32768 then micros end as micros from result_segment
             where job_seq = :job order by position desc limit 64
            """;

    /**
     * Reads blocks spread evenly over the log. Long texts are left out: a block with a long list of times has tasks too
     * short to matter.
     */
    private static final String SPREAD = """
            with recursive probe (n) as (select cast(0 as bigint) union all select n + 1 from probe where n + 1 < :max)
            select first, count, worker_id, recorded_at, errors is not null as failing,
                   case when length(errors) <= 65536 then errors end as errors,
                   case when length(micros) <= 32768 then micros end as micros
              from result_segment
             where job_seq = :job and position in (
                   select (select max(position) from result_segment
                            where job_seq = :job and position <= :end * (n + 1) / :max)
                     from probe)
             order by position
            """;

    private static final String LAST_POSITION = """
            select coalesce(max(position), 0) from result_segment where job_seq = :job
            """;

    private ResultSegments() {}

    /**
     * The values of a job that was not retried, if all are in one block of at most 32 KiB. Elements of a JSON array,
     * without brackets.
     *
     * @param total number of tasks of the job
     */
    public static Optional<byte[]> allValues(JdbcClient sql, long job, long total) {
        return sql.sql(ALL_VALUES)
                .param("job", job)
                .param("count", total)
                .query((row, number) -> row.getBytes(1))
                .optional();
    }

    public static void add(JdbcClient sql, long job, StoredBlock block) {
        sql.sql(ADD)
                .param("job", job)
                .param("position", block.position())
                .param("first", block.values().first())
                .param("count", block.values().count())
                .param("data", block.values().data())
                .param("lengths", block.values().lengths())
                .param("errors", block.errors())
                .param("micros", block.micros())
                .param("output", block.output())
                .param("worker", block.worker())
                .param("attempt", block.attempt())
                .param("now", block.recordedAt())
                .param("round", block.round())
                .update();
    }

    /** The block that begins at a position of the log. */
    public static StoredBlock at(JdbcClient sql, long job, long position) {
        return block(sql, AT_POSITION, job, position).orElseThrow();
    }

    /** The first block with positions at or after {@code position}. */
    public static Optional<StoredBlock> fromPosition(JdbcClient sql, long job, long position) {
        return block(sql, FROM_POSITION, job, position);
    }

    private static Optional<StoredBlock> block(JdbcClient sql, String query, long job, long from) {
        return sql.sql(query)
                .param("job", job)
                .param("from", from)
                .query(StoredBlock::of)
                .optional();
    }

    /** The recorded ranges of a round that overlap a range. They may extend beyond it. */
    public static List<IndexRange> recorded(JdbcClient sql, long job, int round, IndexRange range) {
        // Recorded blocks of a round never overlap. So only the last block that begins before the range can overlap it.
        List<IndexRange> found = new ArrayList<>(sql.sql(RECORDED_BEFORE)
                .param("job", job)
                .param("round", round)
                .param("first", range.first())
                .query(IndexRange::of)
                .list());
        found.removeIf(block -> block.last() <= range.first());
        found.addAll(sql.sql(RECORDED_WITHIN)
                .param("job", job)
                .param("round", round)
                .param("first", range.first())
                .param("last", range.last())
                .query(IndexRange::of)
                .list());
        return found;
    }

    /** The first recorded range of a round that ends after an index. */
    static Optional<RecordedRange> next(JdbcClient sql, long job, int round, long index) {
        return sql.sql(NEXT)
                .param("job", job)
                .param("round", round)
                .param("from", index)
                .query(RecordedRange::of)
                .optional();
    }

    /** The first index of the first block of a round that ends after an index and has errors. */
    public static OptionalLong failing(JdbcClient sql, long job, int round, long index) {
        return sql.sql(FAILING)
                .param("job", job)
                .param("round", round)
                .param("from", index)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * The values of the first round from the block with an index on, at most 512 blocks.
     *
     * @param maxBytes size after which no further block is read
     */
    public static List<Segment> values(JdbcClient sql, long job, IndexRange range, int maxBytes) {
        return sql.sql(VALUES)
                .param("job", job)
                .param("from", range.first())
                .param("to", range.last())
                .query((ResultSet rows) -> readUpTo(rows, maxBytes));
    }

    private static List<Segment> readUpTo(ResultSet rows, int maxBytes) throws SQLException {
        List<Segment> blocks = new ArrayList<>();
        long bytes = 0;
        while (bytes < maxBytes && rows.next()) {
            Segment block = Segment.of(rows, blocks.size());
            blocks.add(block);
            bytes += block.data().length;
        }
        return blocks;
    }

    /** The values of the block that begins at a position of the log. */
    public static Segment valuesAt(JdbcClient sql, long job, long position) {
        return sql.sql(VALUES_AT_POSITION)
                .param("job", job)
                .param("position", position)
                .query(Segment::of)
                .single();
    }

    /** The errors of the block that begins at a position, as a JSON array. Empty if there are none. */
    public static Optional<String> errorsAt(JdbcClient sql, long job, long position) {
        return sql.sql(ERRORS)
                .param("job", job)
                .param("position", position)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    /** The errors of the first block with errors, as a JSON array. */
    public static Optional<String> firstErrors(JdbcClient sql, long job) {
        return sql.sql(FIRST_ERRORS).param("job", job).query(String.class).optional();
    }

    /** The times of the newest 64 blocks. */
    public static List<Times> newestTimes(JdbcClient sql, long job) {
        return sql.sql(NEWEST_TIMES)
                .param("job", job)
                .query((row, number) -> new Times(row.getLong("count"), row.getString("micros")))
                .list();
    }

    /**
     * Uses at most {@code most} blocks of a job, spread evenly over its log, in the order of their recording. The texts
     * of one block are in memory at a time.
     */
    public static <T> List<T> spread(JdbcClient sql, long job, int max, Function<Summary, T> use) {
        long end = sql.sql(LAST_POSITION).param("job", job).query(Long.class).single();
        return sql.sql(SPREAD)
                .param("job", job)
                .param("max", max)
                .param("end", end)
                .query((row, number) -> use.apply(Summary.of(row, number)))
                .list();
    }

    /**
     * A block without its values.
     *
     * @param recordedAt time in epoch milliseconds
     * @param failing whether there are errors
     * @param errors JSON array; null for none, or if it is long
     * @param micros JSON array: the time of each task, one total time, or empty; null if it is long
     */
    public record Summary(
            long first,
            long count,
            String worker,
            long recordedAt,
            boolean failing,
            @Nullable String errors,
            @Nullable String micros) {
        static Summary of(ResultSet row, int number) throws SQLException {
            return new Summary(
                    row.getLong("first"),
                    row.getLong("count"),
                    row.getString("worker_id"),
                    row.getLong("recorded_at"),
                    row.getBoolean("failing"),
                    row.getString("errors"),
                    row.getString("micros"));
        }
    }

    /**
     * Times of a block.
     *
     * @param count number of tasks
     * @param micros JSON array: the time of each task, one total time, or empty; null if the tasks are very short
     */
    public record Times(long count, @Nullable String micros) {}
}
