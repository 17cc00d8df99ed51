package io.minimalcluster.master.simulation;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A result part that is in transit to the master.
 *
 * @param results the results of its tasks; for a refused batch those that its tasks get with the second refusal
 * @param refused why the worker refuses the batch; null if it runs the batch
 */
record PartInFlight(
        WorkerId worker,
        SimulatedLease lease,
        int first,
        List<Result> results,
        @Nullable Long micros,
        boolean done,
        @Nullable String refused) {
    int end() {
        return first + results.size();
    }

    LeaseId leaseId() {
        return lease.lease().id();
    }

    String toJson() {
        if (refused != null) {
            return "{\"refused\":\"" + refused + "\"}";
        }
        String values = results.stream()
                .map(result -> result.error() == null ? result.value() : "null")
                .collect(Collectors.joining(","));
        String errors = IntStream.range(0, results.size())
                .filter(i -> results.get(i).error() != null)
                .mapToObj(
                        i -> "{\"index\":" + (first + i) + "," + results.get(i).json() + "}")
                .collect(Collectors.joining(","));
        return "{\"first\":" + first + ",\"count\":" + results.size() + ",\"values\":[" + values + "],\"errors\":["
                + errors + "],\"micros\":[" + (micros == null || results.isEmpty() ? "" : micros) + "],\"done\":" + done
                + "}";
    }

    @Override
    public String toString() {
        return (refused == null ? "part " : "refused ") + first + " to " + end() + (done ? " done" : "") + " of "
                + lease + " by " + worker + " " + results;
    }

    /**
     * The result of one task.
     *
     * @param value a unique number; also the message of an error
     * @param type class of the exception
     */
    record Result(String value, @Nullable ErrorKind error, String type) {
        private String kind() {
            return error == null ? "" : error.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        String json() {
            return "\"attempts\":1,\"kind\":\"" + kind() + "\",\"type\":\"" + type + "\",\"message\":\"" + value + "\"";
        }

        /** The error as stored: kind and message. */
        @Nullable
        String errorText() {
            return error == null ? null : kind() + " " + value;
        }

        @Override
        public String toString() {
            return error == null ? value : kind() + value;
        }
    }
}
