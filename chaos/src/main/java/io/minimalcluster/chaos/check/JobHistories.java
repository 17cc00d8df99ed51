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

/** A history grouped by job. */
public final class JobHistories {
    /** The client that reads the final state. */
    public static final String LAST = "last";

    private final List<RecordedCall> calls;
    private final Map<String, JobHistory> byName = new LinkedHashMap<>();
    private final List<String> unexpected = new ArrayList<>();

    private JobHistories(List<RecordedCall> calls) {
        this.calls = calls;
    }

    public static JobHistories of(List<RecordedCall> calls) {
        JobHistories histories = new JobHistories(calls);
        histories.group();
        return histories;
    }

    private void group() {
        calls(Operation.POST)
                .forEach(post -> byName.computeIfAbsent(
                                post.name(),
                                _ -> new JobHistory(JsonMapper.shared()
                                        .convertValue(post.request().path("order"), JobRequest.class)))
                        .addPost(post));
        calls(Operation.LIST)
                .filter(RecordedCall::isOk)
                .forEach(list -> list.response().path("jobs").forEach(this::addListed));
        Map<String, JobHistory> byId = new HashMap<>();
        all().forEach(history -> history.ids().forEach(id -> byId.put(id, history)));
        for (RecordedCall call : calls) {
            JobHistory history = byId.get(call.job());
            if (history != null && call.operation() != Operation.POST) {
                history.addCall(call);
            }
        }
    }

    private void addListed(JsonNode job) {
        JobHistory history = byName.get(job.path("name").asString());
        if (history == null) {
            unexpected.add(job.toString());
        } else {
            history.addListed(job);
        }
    }

    Collection<JobHistory> all() {
        return byName.values();
    }

    /** Jobs that no client requested. */
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
