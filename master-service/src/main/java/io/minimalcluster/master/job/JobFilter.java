package io.minimalcluster.master.job;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.model.job.JobState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Filter of a list of jobs.
 *
 * @param state null for any state
 * @param labels labels that a job must have, with these values
 */
public record JobFilter(@Nullable JobState state, Map<String, String> labels) {
    private static final int MAX_LABELS = 10;
    private static final String HAS_LABEL =
            " and exists (select 1 from job_label where job_seq = seq and name = :name%1$d and value = :value%1$d)";

    public JobFilter {
        labels = Map.copyOf(labels);
    }

    /** Parses the filter from a query such as {@code state=running&label.team=x}. */
    public static JobFilter of(@Nullable String state, @Nullable String query) {
        Map<String, String> labels = RequestParameters.ofQuery(query).below("label.");
        if (labels.size() > MAX_LABELS) {
            throw Malformed.field("label", "At most " + MAX_LABELS + " labels can be asked for.");
        }
        return new JobFilter(state == null ? null : state(state), labels);
    }

    private static JobState state(String text) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> Malformed.field("state", "state is one of " + Arrays.toString(JobState.values()) + "."));
    }

    /** SQL conditions, one for each label. */
    String conditions() {
        return IntStream.range(0, labels.size()).mapToObj(HAS_LABEL::formatted).collect(Collectors.joining());
    }

    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("state", state == null ? null : state.name());
        int number = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            values.put("name" + number, label.getKey());
            values.put("value" + number, label.getValue());
            number++;
        }
        return values;
    }
}
