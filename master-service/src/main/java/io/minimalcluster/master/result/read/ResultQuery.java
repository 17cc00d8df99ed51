package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.page.PageRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes are asked for.
 *
 * @param byCompletion in the order of the log, else of the indexes
 * @param after in the order of the log how many lines were read already, else the index after which to begin, -1 for
 *     all
 * @param limit how many at most
 * @param args whether each comes with its argument
 * @param follow whether to wait for those that are not there yet, until the job has ended
 */
public record ResultQuery(
        boolean byCompletion, long after, long limit, ResultFilter filter, boolean args, boolean follow) {
    /** Reads the parameters as they came. */
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
        boolean asked = switch (order) {
            case null -> follow && filter != ResultFilter.CANCELLED;
            case "index" -> false;
            case "completion" -> true;
            default -> throw Malformed.field("order", "order is index or completion.");
        };
        if (asked && filter == ResultFilter.CANCELLED) {
            throw Malformed.field("order", "Cancelled tasks never completed: they are read in the order index.");
        }
        return asked;
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
            // answered like a number that is out of bounds
        }
        throw Malformed.field(field, field + " is a whole number from " + least + " on.");
    }

    /** The same for what comes after a page. */
    ResultQuery next(long after) {
        return new ResultQuery(byCompletion, after, 1, filter, args, follow);
    }
}
