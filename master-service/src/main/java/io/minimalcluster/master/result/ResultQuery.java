package io.minimalcluster.master.result;

import io.minimalcluster.master.page.PageRequest;
import io.minimalcluster.master.problem.MasterException.Malformed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes are asked for.
 *
 * @param byCompletion in the order of the log, else of the indexes
 * @param after in the order of the log how many were read already, else the index after which to begin, -1 for all
 * @param limit how many at most
 * @param failed only those that failed, or only those that did not; null for both
 */
record ResultQuery(
        boolean byCompletion,
        long after,
        long limit,
        @Nullable Boolean failed) {
    /**
     * Reads the parameters as they came.
     *
     * @param asPage whether the limit is that of a page, else none
     */
    static ResultQuery of(Map<String, String> parameters, boolean asPage) {
        String order = parameters.get("order");
        String state = parameters.get("state");
        String limit = parameters.get("limit");
        boolean byCompletion = switch (order == null ? "index" : order) {
            case "index" -> false;
            case "completion" -> true;
            default -> throw Malformed.field("order", "order is index or completion.");
        };
        Boolean failed = switch (state == null ? "" : state) {
            case "" -> null;
            case "failed" -> Boolean.TRUE;
            case "succeeded" -> Boolean.FALSE;
            default -> throw Malformed.field("state", "state is succeeded or failed.");
        };
        return new ResultQuery(
                byCompletion,
                number("after", parameters.get("after"), byCompletion ? 0 : -1, 0),
                asPage ? PageRequest.of(limit, null).limit() : number("limit", limit, Long.MAX_VALUE, 1),
                failed);
    }

    private static long number(String field, @Nullable String text, long otherwise, long least) {
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered like a number that is out of bounds
        }
        throw Malformed.field(field, field + " is a whole number from " + least + " on.");
    }

    /** Where to begin: a position of the log, or an index. */
    long start() {
        return byCompletion || after == Long.MAX_VALUE ? after : after + 1;
    }

    boolean wants(@Nullable PostedError error) {
        return failed == null || failed == (error != null);
    }
}
