package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.HistoryEvent;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.RecordedCall;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.ExpectedOutcome;
import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.chaos.job.TaskBehaviour;
import io.minimalcluster.model.support.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/** Builds histories for tests. Each call ends before the next starts. */
final class HistoryBuilder {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<HistoryEvent> events = new ArrayList<>();
    private long clock;
    private long calls;

    static JobRequest order(String name, TaskBehaviour behaviour, int total, boolean keyed) {
        return new JobRequest(name, behaviour, JobRequest.Form.LIST, 0, 1, total, keyed);
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

    HistoryBuilder call(
            String client, Operation operation, Phase phase, Map<String, ?> request, Map<String, ?> response) {
        calls++;
        events.add(new HistoryEvent(calls, clock++, client, operation, Phase.INVOKE, JSON.valueToTree(request)));
        events.add(new HistoryEvent(calls, clock++, client, operation, phase, JSON.valueToTree(response)));
        return this;
    }

    HistoryBuilder posted(JobRequest order, Phase phase, String id) {
        return call(
                "c",
                Operation.POST,
                phase,
                Map.of("name", order.name(), "order", order),
                phase == Phase.OK ? Map.of("status", 202, "job", id) : Map.of());
    }

    HistoryBuilder change(Operation operation, String id) {
        return call("c", operation, Phase.OK, Map.of("job", id), Map.of("status", 200));
    }

    HistoryBuilder seen(String id, String state, Map<String, Object> tasks) {
        return call(
                "c", Operation.JOB, Phase.OK, Map.of("job", id), Map.of("status", 200, "state", state, "tasks", tasks));
    }

    HistoryBuilder read(String client, String id, long after, List<ResultLine> lines) {
        return call(
                client,
                Operation.LOG,
                Phase.OK,
                Map.of("job", id, "after", after),
                Map.of("status", 200, "lines", lines));
    }

    HistoryBuilder values(String id, String body) {
        return call(
                JobHistories.LAST, Operation.VALUES, Phase.OK, Map.of("job", id), Map.of("sha256", Sha256.hex(body)));
    }

    HistoryBuilder listed(JobRequest order, String id, String state, Map<String, Object> tasks) {
        return listed(order.name(), id, state, tasks);
    }

    HistoryBuilder listed(String name, String id, String state, Map<String, Object> tasks) {
        return call(
                JobHistories.LAST,
                Operation.LIST,
                Phase.OK,
                Map.of(),
                Map.of("jobs", List.of(Map.of("id", id, "name", name, "state", state, "tasks", tasks))));
    }

    HistoryBuilder listedNothing() {
        return call(JobHistories.LAST, Operation.LIST, Phase.OK, Map.of(), Map.of("jobs", List.of()));
    }

    HistoryBuilder resources(long threads, List<String> orphans) {
        return call(
                "run",
                Operation.RESOURCES,
                Phase.OK,
                Map.of(),
                Map.of("processes", Map.of("master", Map.of("threads", threads)), "orphans", orphans));
    }

    /** The result lines of a job with the expected outcomes. */
    static List<ResultLine> lines(JobRequest order) {
        return LongStream.range(0, order.total())
                .mapToObj(index -> switch (order.expected(index)) {
                    case ExpectedOutcome.Value(String json) -> ResultLine.ofValue(index, json);
                    case ExpectedOutcome.Failure(String kind) -> new ResultLine(index, kind, "0");
                })
                .toList();
    }

    /** The values of a job with the expected outcomes. */
    static String valuesOf(JobRequest order) {
        return LongStream.range(0, order.total())
                .mapToObj(index -> switch (order.expected(index)) {
                    case ExpectedOutcome.Value(String json) -> json;
                    case ExpectedOutcome.Failure _ -> "null";
                })
                .collect(Collectors.joining(",", "[", "]"));
    }

    List<RecordedCall> calls() {
        return History.calls(events);
    }

    Finding of(Invariant invariant) {
        return Verdict.of(calls()).of(invariant);
    }
}
