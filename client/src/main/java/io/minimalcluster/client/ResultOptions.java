package io.minimalcluster.client;

import io.minimalcluster.model.job.TaskState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes of a job are asked for; null means the default.
 *
 * @param order that of the arguments by default
 * @param state only those that succeeded, failed or were cancelled; those that succeeded or failed by default
 * @param after in the order of completion how many lines were read already, else an index
 * @param limit the most there should be
 * @param args whether each comes with its argument
 */
public record ResultOptions(
        @Nullable Order order,
        @Nullable TaskState state,
        @Nullable Long after,
        @Nullable Long limit,
        boolean args) {
    /** All there are, in the order of the arguments. */
    public static final ResultOptions ALL = new ResultOptions(null, null, null, null, false);

    /** The order of outcomes. */
    public enum Order {
        /** That of the arguments. */
        INDEX,
        /** That in which they were recorded, which never changes: who has read some goes on from their number. */
        COMPLETION
    }

    /** Only those in a state. */
    public static ResultOptions of(TaskState state) {
        return new ResultOptions(null, state, null, null, false);
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "order", order == null ? null : order.name().toLowerCase(Locale.ROOT));
        put(parameters, "state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
        put(parameters, "after", after);
        put(parameters, "limit", limit);
        put(parameters, "args", args ? true : null);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }
}
