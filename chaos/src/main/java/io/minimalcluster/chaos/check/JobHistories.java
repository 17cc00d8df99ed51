package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import io.minimalcluster.chaos.job.JobRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A history, sorted by the jobs that it is about. */
public final class JobHistories {
    /** The client that reads everything when all is over. */
    public static final String LAST = "last";

    private final List<RecordedCall> calls;
    private final Map<String, JobHistory> byName = new LinkedHashMap<>();
    private final List<String> unexpected = new ArrayList<>();

    private JobHistories(List<RecordedCall> calls) {
        this.calls = calls;
    }

    public static JobHistories of(List<RecordedCall> calls) {
        JobHistories histories = new JobHistories(calls);
        histories.sort();
        return histories;
    }

    private void sort() {
        calls(Operation.POST)
                .forEach(post -> byName.computeIfAbsent(
                                post.name(),
                                _ -> new JobHistory(JsonMapper.shared()
                                        .convertValue(post.asked().path("order"), JobRequest.class)))
                        .posted(post));
        calls(Operation.LIST)
                .filter(RecordedCall::isOk)
                .forEach(list -> list.told().path("jobs").forEach(this::listed));
        Map<String, JobHistory> byId = new HashMap<>();
        all().forEach(history -> history.ids().forEach(id -> byId.put(id, history)));
        for (RecordedCall call : calls) {
            JobHistory history = byId.get(call.job());
            if (history != null && call.operation() != Operation.POST) {
                history.told(call);
            }
        }
    }

    private void listed(JsonNode job) {
        JobHistory history = byName.get(job.path("name").asString());
        if (history == null) {
            unexpected.add(job.toString());
        } else {
            history.listed(job);
        }
    }

    Collection<JobHistory> all() {
        return byName.values();
    }

    /** Jobs that nobody asked for. */
    List<String> unexpected() {
        return unexpected;
    }

    Stream<RecordedCall> calls(Operation operation) {
        return calls.stream().filter(call -> call.operation() == operation);
    }

    Stream<RecordedCall> calls() {
        return calls.stream();
    }
}
