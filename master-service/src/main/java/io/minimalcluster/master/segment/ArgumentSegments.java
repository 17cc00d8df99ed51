package io.minimalcluster.master.segment;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The arguments of jobs in the store. Jobs over a range have none. */
public final class ArgumentSegments {
    private static final String ADD = """
            insert into argument_segment (job_seq, first, count, data, lengths)
            values (:job, :first, :count, :data, :lengths)
            """;
    private static final String FROM = """
            select first, count, data, lengths from argument_segment where job_seq = :job and first >= :first
             order by first limit 1
            """;
    private static final String WITH_INDEX = """
            select first, count, data, lengths from argument_segment
             where job_seq = :job and first <= :index order by first desc limit 1
            """;
    private static final String WITHIN = """
            select first, count, data, lengths from argument_segment
             where job_seq = :job and first < :last
               and first >= (select max(first) from argument_segment where job_seq = :job and first <= :first)
             order by first
            """;
    private static final String SIZES = """
            select first, length(data) as bytes from argument_segment
             where job_seq = :job
               and first >= (select max(first) from argument_segment where job_seq = :job and first <= :first)
             order by first limit :rows
            """;

    private ArgumentSegments() {}

    public static void add(JdbcClient sql, long job, List<Segment> segments) {
        for (Segment segment : segments) {
            sql.sql(ADD)
                    .param("job", job)
                    .param("first", segment.first())
                    .param("count", segment.count())
                    .param("data", segment.data())
                    .param("lengths", segment.lengths())
                    .update();
        }
    }

    /** The first segment that begins at or after an index. */
    public static Optional<Segment> from(JdbcClient sql, long job, long index) {
        return sql.sql(FROM)
                .param("job", job)
                .param("first", index)
                .query(Segment::of)
                .optional();
    }

    /** The segment with the argument of an index, which must be one of the job. */
    public static Segment with(JdbcClient sql, long job, long index) {
        return sql.sql(WITH_INDEX)
                .param("job", job)
                .param("index", index)
                .query(Segment::of)
                .single();
    }

    /** The segments that overlap a range, in order. They may extend beyond it. */
    public static List<Segment> within(JdbcClient sql, long job, IndexRange range) {
        return sql.sql(WITHIN)
                .param("job", job)
                .param("first", range.first())
                .param("last", range.last())
                .query(Segment::of)
                .list();
    }

    /**
     * The start of the first segment that follows a number of bytes, counted from the start of the segment with an
     * index. Empty if there is none.
     */
    public static Optional<Long> startAfter(JdbcClient sql, long job, long index, int bytes) {
        int rows = bytes / SegmentBuilder.FULL_BYTES + 2; // only the last segment of a job is smaller
        List<Size> sizes = sql.sql(SIZES)
                .param("job", job)
                .param("first", index)
                .param("rows", rows)
                .query((row, number) -> new Size(row.getLong("first"), row.getLong("bytes")))
                .list();
        long passed = 0;
        for (Size segment : sizes) {
            if (passed >= bytes) {
                return Optional.of(segment.first());
            }
            passed += segment.bytes();
        }
        return Optional.empty();
    }

    /** The first index and the length of a segment. */
    private record Size(long first, long bytes) {}
}
