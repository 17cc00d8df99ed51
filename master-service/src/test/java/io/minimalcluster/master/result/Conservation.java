package io.minimalcluster.master.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What must hold of a job at any time, computed from its rows alone: each task is in exactly one place, the counts are
 * those of the rows, and the log has no gaps.
 */
final class Conservation {
    private final JdbcClient sql;
    private final long job;
    private final Map<String, @Nullable Object> row;
    private long unswept;

    private Conservation(JdbcClient sql, long job) {
        this.sql = sql;
        this.job = job;
        this.row = sql.sql("select * from job where seq = :job")
                .param("job", job)
                .query()
                .singleRow();
    }

    static long check(JdbcClient sql, long job) {
        Conservation check = new Conservation(sql, job);
        check.log();
        if (check.isOver()) {
            check.nothingIsLeft();
        } else {
            check.eachTaskIsInOnePlace();
            check.countsAreThoseOfTheRows();
        }
        return job;
    }

    private boolean isOver() {
        return List.of("SUCCEEDED", "FAILED", "CANCELLED").contains(row.get("state"));
    }

    private void log() {
        long position = 0;
        long[] failed = new long[Math.toIntExact(number(row, "round")) + 1];
        long errors = 0;
        for (Map<String, @Nullable Object> block :
                rows("select position, count, round, errors, length(lengths) as bytes"
                        + " from result_segment where job_seq = :job order by position")) {
            assertThat(number(block, "position")).as("position").isEqualTo(position);
            assertThat(number(block, "count")).as("count").isPositive().isLessThanOrEqualTo(number(block, "bytes"));
            position += number(block, "count");
            failed[Math.toIntExact(number(block, "round"))] += errors(block).size();
            errors += errors(block).size();
        }
        assertThat(number(row, "next_position")).as("next position").isEqualTo(position);
        assertThat(number(row, "failed")).as("failed").isEqualTo(failed[failed.length - 1]);
        assertThat(number(row, "succeeded")).as("succeeded").isEqualTo(position - errors);
    }

    private static Set<Long> errors(Map<String, @Nullable Object> block) {
        Object errors = block.get("errors");
        return errors == null
                ? Set.of()
                : JsonMapper.shared()
                        .readTree(errors.toString())
                        .valueStream()
                        .map(error -> error.path("index").asLong())
                        .collect(Collectors.toSet());
    }

    /** Task by task, as the plainest way to be right. */
    private void eachTaskIsInOnePlace() {
        String[] places = new String[Math.toIntExact(number(row, "total"))];
        putRecorded(places);
        put(places, "pending", "select first, last from pending_range where job_seq = :job");
        boolean[] recorded = new boolean[places.length];
        for (int index = 0; index < places.length; index++) {
            recorded[index] = "recorded".equals(places[index]);
        }
        for (Map<String, @Nullable Object> lease : held()) {
            if (lease.get("copy_of") != null) {
                copyIsOfARunningTask(lease, recorded);
                continue;
            }
            long held = hold(places, recorded, lease);
            assertThat(number(lease, "remaining")).as("remaining of %s", lease).isEqualTo(held);
        }
        putUnswept(places);
        assertThat(places).as("no task is nowhere").doesNotContainNull();
    }

    /** An outcome of this round, or a good one of an earlier round. */
    private void putRecorded(String[] places) {
        for (Map<String, @Nullable Object> block :
                rows("select first, count, round, errors from result_segment where job_seq = :job")) {
            boolean isOld = number(block, "round") < number(row, "round");
            Set<Long> errors = errors(block);
            for (long index = number(block, "first");
                    index < number(block, "first") + number(block, "count");
                    index++) {
                if (!isOld || !errors.contains(index)) {
                    put(places, "recorded", Math.toIntExact(index));
                }
            }
        }
    }

    /** What a retry has still to find waits there. */
    private void putUnswept(String[] places) {
        Object sweep = row.get("sweep");
        for (int index = sweep == null ? places.length : ((Number) sweep).intValue(); index < places.length; index++) {
            if (places[index] == null) {
                places[index] = "unswept";
                unswept++;
            }
        }
    }

    private void put(String[] places, String what, String query) {
        for (Map<String, @Nullable Object> range : rows(query)) {
            for (long index = number(range, "first"); index < number(range, "last"); index++) {
                put(places, what, Math.toIntExact(index));
            }
        }
    }

    private static void put(String[] places, String what, int index) {
        assertThat(places[index]).as("%s is %s, and", index, what).isNull();
        places[index] = what;
    }

    private long hold(String[] places, boolean[] recorded, Map<String, @Nullable Object> lease) {
        boolean[] givenBack = new boolean[places.length];
        for (Map<String, @Nullable Object> range :
                rows("select first, last from given_back where job_seq = :job and lease_seq = " + lease.get("seq"))) {
            Arrays.fill(
                    givenBack, Math.toIntExact(number(range, "first")), Math.toIntExact(number(range, "last")), true);
        }
        long held = 0;
        for (int index = Math.toIntExact(number(lease, "first")); index < number(lease, "last"); index++) {
            if (!recorded[index] && !givenBack[index]) {
                put(places, lease.get("state") + " " + lease.get("seq"), index);
                held++;
            }
        }
        return held;
    }

    /** It counts as nothing: the lease that it is a copy of has the task, until one of them has its outcome. */
    private void copyIsOfARunningTask(Map<String, @Nullable Object> copy, boolean[] recorded) {
        assertThat(copy.get("state")).isEqualTo("OPEN");
        boolean isOver = recorded[Math.toIntExact(number(copy, "first"))];
        assertThat(number(copy, "remaining")).as("remaining of %s", copy).isEqualTo(isOver ? 0 : 1);
        Map<String, @Nullable Object> original = rows("select * from lease where job_seq = :job and seq = "
                        + copy.get("copy_of"))
                .getFirst();
        assertThat(original.get("worker_id")).isNotEqualTo(copy.get("worker_id"));
        assertThat(number(original, "last")).isEqualTo(number(copy, "last"));
        if (!isOver) {
            assertThat(original.get("state")).as("original of %s", copy).isEqualTo("OPEN");
            assertThat(number(original, "copied")).isEqualTo(1);
        }
    }

    private List<Map<String, @Nullable Object>> held() {
        return rows("select * from lease where job_seq = :job and state in ('OPEN', 'LAPSED')");
    }

    private void countsAreThoseOfTheRows() {
        assertThat(number(row, "pending"))
                .as("pending of %s", row)
                .isEqualTo(sum("select sum(last - first) from pending_range where job_seq = :job")
                        + sum("select sum(remaining) from lease where job_seq = :job and state = 'LAPSED'")
                        + unswept);
        assertThat(number(row, "running"))
                .as("running of %s", row)
                .isEqualTo(sum("select sum(remaining) from lease where job_seq = :job and state = 'OPEN'"
                        + " and copy_of is null"));
        assertThat(number(row, "leases"))
                .as("leases of %s", row)
                .isEqualTo(sum("select count(*) from lease where job_seq = :job and state = 'OPEN'"));
        assertThat(number(row, "succeeded") + number(row, "failed"))
                .as("an unfinished job has something to do: %s", row)
                .isLessThan(number(row, "total"));
    }

    private void nothingIsLeft() {
        assertThat(held()).isEmpty();
        assertThat(rows("select * from pending_range where job_seq = :job")).isEmpty();
        assertThat(number(row, "pending") + number(row, "running") + number(row, "leases"))
                .as("left of %s", row)
                .isZero();
        if (row.get("ending") == null) {
            assertThat(number(row, "succeeded") + number(row, "failed")).isEqualTo(number(row, "total"));
            assertThat(row.get("state")).isEqualTo(number(row, "failed") > 0 ? "FAILED" : "SUCCEEDED");
        }
    }

    private List<Map<String, @Nullable Object>> rows(String query) {
        return sql.sql(query).param("job", job).query().listOfRows();
    }

    private long sum(String query) {
        return sql.sql(query).param("job", job).query(Long.class).optional().orElse(0L);
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }
}
