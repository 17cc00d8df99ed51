package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The part of a history about one job. */
final class JobHistory {
    private static final TypeReference<List<ResultLine>> LINES = new TypeReference<>() {};

    private final JobRequest order;
    private final List<RecordedCall> posts = new ArrayList<>();
    private final List<RecordedCall> calls = new ArrayList<>();
    private final Set<String> ids = new TreeSet<>();
    private final List<JsonNode> listed = new ArrayList<>();

    JobHistory(JobRequest order) {
        this.order = order;
    }

    JobRequest order() {
        return order;
    }

    void addPost(RecordedCall post) {
        posts.add(post);
        if (post.isOk()) {
            ids.add(post.job());
        }
    }

    void addListed(JsonNode job) {
        listed.add(job);
        ids.add(job.path("id").asString());
    }

    void addCall(RecordedCall call) {
        calls.add(call);
    }

    List<RecordedCall> posts() {
        return posts;
    }

    /** All ids of the job in the history. More than one violates idempotence. */
    Set<String> ids() {
        return ids;
    }

    /** The jobs of this name in the final state. */
    List<JsonNode> listed() {
        return listed;
    }

    /** Calls of these operations about the job, in the order of their starts. */
    Stream<RecordedCall> calls(Operation... operations) {
        Set<Operation> selected = Set.of(operations);
        return calls.stream().filter(call -> selected.contains(call.operation()));
    }

    boolean mayBeDone(Operation operation) {
        return calls(operation).anyMatch(RecordedCall::mayBeDone);
    }

    long mayBeDoneCount(Operation operation) {
        return calls(operation).filter(RecordedCall::mayBeDone).count();
    }

    /** The complete log in the final state. */
    Optional<List<ResultLine>> lastLog() {
        return calls(Operation.LOG)
                .filter(call -> call.isOk() && call.invoke().client().equals(JobHistories.LAST))
                .findFirst()
                .map(JobHistory::lines);
    }

    static List<ResultLine> lines(RecordedCall call) {
        return JsonMapper.shared().convertValue(call.response().path("lines"), LINES);
    }

    /** The position of the first line of a log read. */
    static long position(RecordedCall call) {
        return call.request().path("after").asLong(0);
    }
}
