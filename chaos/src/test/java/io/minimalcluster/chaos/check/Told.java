package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.Event;
import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.Sha256;
import io.minimalcluster.chaos.order.Deed;
import io.minimalcluster.chaos.order.Expected;
import io.minimalcluster.chaos.order.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes a history by hand. Each call ends before the next begins. */
final class Told {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Event> events = new ArrayList<>();
    private long clock;
    private long calls;

    static Order order(String name, Deed deed, int total, boolean keyed) {
        return new Order(name, deed, Order.Form.LIST, 0, 1, total, keyed);
    }

    static Map<String, Object> counts(long total, long succeeded, long failed) {
        return Map.of(
                "total",
                total,
                "pending",
                total - succeeded - failed,
                "running",
                0,
                "succeeded",
                succeeded,
                "failed",
                failed,
                "cancelled",
                0);
    }

    Told call(String client, Operation operation, Phase phase, Map<String, ?> asked, Map<String, ?> told) {
        calls++;
        events.add(new Event(calls, clock++, client, operation, Phase.INVOKE, JSON.valueToTree(asked)));
        events.add(new Event(calls, clock++, client, operation, phase, JSON.valueToTree(told)));
        return this;
    }

    Told posted(Order order, Phase phase, String id) {
        return call(
                "c",
                Operation.POST,
                phase,
                Map.of("name", order.name(), "order", order),
                phase == Phase.OK ? Map.of("status", 202, "job", id) : Map.of());
    }

    Told change(Operation operation, String id) {
        return call("c", operation, Phase.OK, Map.of("job", id), Map.of("status", 200));
    }

    Told seen(String id, String state, Map<String, Object> tasks) {
        return call(
                "c", Operation.JOB, Phase.OK, Map.of("job", id), Map.of("status", 200, "state", state, "tasks", tasks));
    }

    Told read(String client, String id, long after, List<LogLine> lines) {
        return call(
                client,
                Operation.LOG,
                Phase.OK,
                Map.of("job", id, "after", after),
                Map.of("status", 200, "lines", lines));
    }

    Told values(String id, String body) {
        return call(Stories.LAST, Operation.VALUES, Phase.OK, Map.of("job", id), Map.of("sha256", Sha256.of(body)));
    }

    Told listed(Order order, String id, String state, Map<String, Object> tasks) {
        return listed(order.name(), id, state, tasks);
    }

    Told listed(String name, String id, String state, Map<String, Object> tasks) {
        return call(
                Stories.LAST,
                Operation.LIST,
                Phase.OK,
                Map.of(),
                Map.of("jobs", List.of(Map.of("id", id, "name", name, "state", state, "tasks", tasks))));
    }

    Told listedNothing() {
        return call(Stories.LAST, Operation.LIST, Phase.OK, Map.of(), Map.of("jobs", List.of()));
    }

    Told resources(long threads, List<String> orphans) {
        return call(
                "run",
                Operation.RESOURCES,
                Phase.OK,
                Map.of(),
                Map.of("processes", Map.of("master", Map.of("threads", threads)), "orphans", orphans));
    }

    /** The lines of a job that went as it should. */
    static List<LogLine> lines(Order order) {
        return LongStream.range(0, order.total())
                .mapToObj(index -> switch (order.expected(index)) {
                    case Expected.Value(String json) -> LogLine.ofValue(index, json);
                    case Expected.Failure(String kind) -> new LogLine(index, kind, "0");
                })
                .toList();
    }

    /** The values of a job that went as it should. */
    static String valuesOf(Order order) {
        return LongStream.range(0, order.total())
                .mapToObj(index -> switch (order.expected(index)) {
                    case Expected.Value(String json) -> json;
                    case Expected.Failure _ -> "null";
                })
                .collect(Collectors.joining(",", "[", "]"));
    }

    List<Call> calls() {
        return History.calls(events);
    }

    Finding of(Invariant invariant) {
        return Verdict.of(calls()).of(invariant);
    }
}
