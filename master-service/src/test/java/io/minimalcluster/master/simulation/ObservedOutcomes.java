package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.segment.Segment;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The outcomes of a job as they were seen in its log, which only grows. */
final class ObservedOutcomes {
    private static final String NEXT = """
            select position, first, count, data, lengths, errors, worker_id, attempt, round from result_segment
             where job_seq = :job and position >= :from order by position
            """;

    private final Map<Integer, Outcome> now = new HashMap<>(); // by index, those that stand
    private final List<Outcome> log = new ArrayList<>();
    private final Map<Integer, Integer> failures = new HashMap<>(); // of this round, by index

    /** What came to it since it was last looked at, which is put where it belongs. */
    List<Outcome> readOn(JdbcClient sql, long job) {
        List<Outcome> found = read(sql, job, log.size());
        for (Outcome outcome : found) {
            assertThat(outcome.position()).as("dense positions").isEqualTo(log.size());
            assertThat(now.putIfAbsent(outcome.index(), outcome))
                    .as("a second outcome: %s", outcome)
                    .isNull();
            log.add(outcome);
        }
        return found;
    }

    private static List<Outcome> read(JdbcClient sql, long job, int from) {
        return sql.sql(NEXT).param("job", job).param("from", from).query((row, number) -> outcomes(row)).list().stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Outcome> outcomes(ResultSet row) throws SQLException {
        Segment values =
                new Segment(row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths"));
        Map<Integer, JsonNode> errors = errors(row.getString("errors"));
        List<Outcome> found = new ArrayList<>();
        Segment.Values at = values.values();
        for (int i = 0; at.next(); i++) {
            int index = Math.toIntExact(at.index());
            JsonNode error = errors.get(index);
            found.add(new Outcome(
                    row.getInt("position") + i,
                    index,
                    new String(values.data(), at.start(), at.end() - at.start(), StandardCharsets.UTF_8),
                    error == null
                            ? null
                            : error.path("kind").asString() + " "
                                    + error.path("message").asString(),
                    row.getString("worker_id"),
                    row.getInt("attempt"),
                    row.getInt("round")));
        }
        assertThat(found).as("values of a block").hasSize(row.getInt("count"));
        return found;
    }

    private static Map<Integer, JsonNode> errors(@Nullable String json) {
        Map<Integer, JsonNode> errors = new HashMap<>();
        if (json != null) {
            JsonMapper.shared()
                    .readTree(json)
                    .forEach(error -> errors.put(error.path("index").asInt(), error));
        }
        return errors;
    }

    /** A new round: bad outcomes are none any more. */
    void retried() {
        now.values().removeIf(outcome -> outcome.error() != null);
        failures.clear();
    }

    /** A task failed; how often it did in this round. */
    int failed(int index) {
        return failures.merge(index, 1, Integer::sum);
    }

    boolean has(int index) {
        return now.containsKey(index);
    }

    long succeeded() {
        return now.values().stream().filter(outcome -> outcome.error() == null).count();
    }

    long failed() {
        return now.size() - succeeded();
    }

    int logged() {
        return log.size();
    }

    /** The values in the order of their indexes, added up. */
    long sum() {
        return now.values().stream()
                .mapToLong(outcome -> Long.parseLong(outcome.value()))
                .sum();
    }

    /** The whole log once more is what it was when each outcome was first seen. */
    void checkUnchanged(JdbcClient sql, long job) {
        assertThat(read(sql, job, 0)).as("the log").isEqualTo(log);
    }

    /**
     * An outcome in the log.
     *
     * @param error its kind and message; null where there is a value
     */
    record Outcome(
            int position, int index, String value, @Nullable String error, String worker, int runs, int round) {}
}
