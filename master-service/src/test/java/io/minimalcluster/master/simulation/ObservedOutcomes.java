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

/** The outcomes of a job as observed in its append-only results. */
final class ObservedOutcomes {
    private static final String NEXT = """
            select position, first, count, data, lengths, errors, worker_id, attempt, round from result_segment
             where job_seq = :job and position >= :from order by position
            """;

    private final Map<Integer, Outcome> current = new HashMap<>(); // by index, valid in this round
    private final List<Outcome> all = new ArrayList<>();
    private final Map<Integer, Integer> failures = new HashMap<>(); // of this round, by index

    /** Reads and returns the outcomes recorded since the last call. */
    List<Outcome> readNew(JdbcClient sql, long job) {
        List<Outcome> found = read(sql, job, all.size());
        for (Outcome outcome : found) {
            assertThat(outcome.position()).as("dense positions").isEqualTo(all.size());
            assertThat(current.putIfAbsent(outcome.index(), outcome))
                    .as("a second outcome: %s", outcome)
                    .isNull();
            all.add(outcome);
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
        Segment.Values cursor = values.values();
        for (int i = 0; cursor.next(); i++) {
            int index = Math.toIntExact(cursor.index());
            JsonNode error = errors.get(index);
            found.add(new Outcome(
                    row.getInt("position") + i,
                    index,
                    new String(values.data(), cursor.start(), cursor.end() - cursor.start(), StandardCharsets.UTF_8),
                    error == null
                            ? null
                            : error.path("kind").asString() + " "
                                    + withoutWorker(error.path("message").asString()),
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

    /** Starts a new round, which drops the errors of the last one. */
    void retried() {
        current.values().removeIf(outcome -> outcome.error() != null);
        failures.clear();
    }

    /** Records a failure of a task and returns its number of failures in this round. */
    int recordFailure(int index) {
        return failures.merge(index, 1, Integer::sum);
    }

    boolean hasOutcome(int index) {
        return current.containsKey(index);
    }

    long succeeded() {
        return current.values().stream()
                .filter(outcome -> outcome.error() == null)
                .count();
    }

    long failed() {
        return current.size() - succeeded();
    }

    int positions() {
        return all.size();
    }

    /** The sum of all values. */
    long sum() {
        return current.values().stream()
                .mapToLong(outcome -> Long.parseLong(outcome.value()))
                .sum();
    }

    /** The message without what the master adds to the error of a full heap. */
    private static String withoutWorker(String message) {
        int added = message.indexOf(" (on worker ");
        return added < 0 ? message : message.substring(0, added);
    }

    /** Checks that all recorded outcomes are as first observed. */
    void checkUnchanged(JdbcClient sql, long job) {
        assertThat(read(sql, job, 0)).as("recorded outcomes").isEqualTo(all);
    }

    /**
     * A recorded outcome.
     *
     * @param error kind and message, or null if the task succeeded
     */
    record Outcome(
            int position, int index, String value, @Nullable String error, String worker, int runs, int round) {}
}
