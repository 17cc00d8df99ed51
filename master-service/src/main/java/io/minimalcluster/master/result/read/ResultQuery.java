package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.page.PageRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a query for outcomes.
 *
 * @param byCompletion whether to use the order of completion, else the order of indexes
 * @param after in the order of completion the number of outcomes already read, else the last index already read, -1 for
 *     none
 * @param limit maximum number of outcomes
 * @param args whether each outcome has its argument
 * @param follow whether to wait for further outcomes until the job has ended
 */
public record ResultQuery(
        boolean byCompletion, long after, long limit, ResultFilter filter, boolean args, boolean follow) {
    /** Parses the parameters of a request. */
    public static ResultQuery of(Map<String, String> parameters, ResultFormat form) {
        boolean follow = flag("follow", parameters.get("follow"));
        ResultFilter filter = ResultFilter.of(parameters.get("state"));
        boolean byCompletion = byCompletion(parameters.get("order"), follow, filter);
        boolean paged = form == ResultFormat.PAGE;
        if (paged && follow) {
            throw Malformed.field("follow", "Pages of JSON can't be followed: accept application/x-ndjson.");
        }
        String limit = parameters.get("limit");
        return new ResultQuery(
                byCompletion,
                number("after", parameters.get("after"), byCompletion ? 0 : -1, 0),
                paged ? PageRequest.of(limit, null).limit() : number("limit", limit, Long.MAX_VALUE, 1),
                filter,
                flag("args", parameters.get("args")),
                follow);
    }

    private static boolean byCompletion(@Nullable String order, boolean follow, ResultFilter filter) {
        boolean completion = switch (order) {
            case null -> follow && filter != ResultFilter.CANCELLED;
            case "index" -> false;
            case "completion" -> true;
            default -> throw Malformed.field("order", "order is index or completion.");
        };
        if (completion && filter == ResultFilter.CANCELLED) {
            throw Malformed.field("order", "Cancelled tasks never completed: they are read in the order index.");
        }
        return completion;
    }

    private static boolean flag(String field, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw Malformed.field(field, field + " is true or false.");
        };
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
            // reported like a number out of bounds
        }
        throw Malformed.field(field, field + " is an integer of at least " + least + ".");
    }

    /** A query for one outcome after a page. */
    ResultQuery next(long after) {
        return new ResultQuery(byCompletion, after, 1, filter, args, follow);
    }
}
