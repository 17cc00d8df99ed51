package io.minimalcluster.client;

import io.minimalcluster.model.job.TaskState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a job's results. Null means the default.
 *
 * @param order {@link Order#INDEX} by default
 * @param state the outcomes in this state; succeeded and failed ones by default
 * @param after for completion order, the number of lines already read; for index order, an index
 * @param limit maximum number of outcomes
 * @param args whether each outcome includes its argument
 */
public record ResultOptions(
        @Nullable Order order,
        @Nullable TaskState state,
        @Nullable Long after,
        @Nullable Long limit,
        boolean args) {
    /** All recorded outcomes in the order of the arguments. */
    public static final ResultOptions ALL = new ResultOptions(null, null, null, null, false);

    /** The order of outcomes. */
    public enum Order {
        /** The order of the arguments. */
        INDEX,
        /**
         * The order in which outcomes were recorded. It never changes, so a reader can resume after a number of lines.
         */
        COMPLETION
    }

    /** The outcomes in one state. */
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
