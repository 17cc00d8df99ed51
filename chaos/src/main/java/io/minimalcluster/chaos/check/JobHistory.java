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

/** All that a history tells of one job. */
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

    void posted(RecordedCall post) {
        posts.add(post);
        if (post.isOk()) {
            ids.add(post.job());
        }
    }

    void listed(JsonNode job) {
        listed.add(job);
        ids.add(job.path("id").asString());
    }

    void told(RecordedCall call) {
        calls.add(call);
    }

    List<RecordedCall> posts() {
        return posts;
    }

    /** Every id that it was seen with. */
    Set<String> ids() {
        return ids;
    }

    /** The jobs of this name when all was over. */
    List<JsonNode> listed() {
        return listed;
    }

    /** Calls of these kinds about it, in the order in which they began. */
    Stream<RecordedCall> calls(Operation... operations) {
        Set<Operation> wanted = Set.of(operations);
        return calls.stream().filter(call -> wanted.contains(call.operation()));
    }

    boolean isAcknowledged() {
        return posts.stream().anyMatch(RecordedCall::isOk);
    }

    boolean mayBe(Operation done) {
        return calls(done).anyMatch(RecordedCall::mayBeDone);
    }

    long mayBeTimes(Operation done) {
        return calls(done).filter(RecordedCall::mayBeDone).count();
    }

    /** Its whole log as it was when all was over. */
    Optional<List<ResultLine>> lastLog() {
        return calls(Operation.LOG)
                .filter(call -> call.isOk() && call.invoke().client().equals(JobHistories.LAST))
                .findFirst()
                .map(JobHistory::lines);
    }

    static List<ResultLine> lines(RecordedCall call) {
        return JsonMapper.shared().convertValue(call.told().path("lines"), LINES);
    }

    /** Where the lines of a log that was read begin. */
    static long position(RecordedCall call) {
        return call.asked().path("after").asLong(0);
    }
}
