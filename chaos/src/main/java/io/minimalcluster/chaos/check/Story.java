package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.order.Order;
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
final class Story {
    private static final TypeReference<List<LogLine>> LINES = new TypeReference<>() {};

    private final Order order;
    private final List<Call> posts = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> ids = new TreeSet<>();
    private final List<JsonNode> listed = new ArrayList<>();

    Story(Order order) {
        this.order = order;
    }

    Order order() {
        return order;
    }

    void posted(Call post) {
        posts.add(post);
        if (post.isOk()) {
            ids.add(post.job());
        }
    }

    void listed(JsonNode job) {
        listed.add(job);
        ids.add(job.path("id").asString());
    }

    void told(Call call) {
        calls.add(call);
    }

    List<Call> posts() {
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
    Stream<Call> calls(Operation... operations) {
        Set<Operation> wanted = Set.of(operations);
        return calls.stream().filter(call -> wanted.contains(call.operation()));
    }

    boolean isAcknowledged() {
        return posts.stream().anyMatch(Call::isOk);
    }

    boolean mayBe(Operation done) {
        return calls(done).anyMatch(Call::mayBeDone);
    }

    long mayBeTimes(Operation done) {
        return calls(done).filter(Call::mayBeDone).count();
    }

    /** Its whole log as it was when all was over. */
    Optional<List<LogLine>> lastLog() {
        return calls(Operation.LOG)
                .filter(call -> call.isOk() && call.invoke().client().equals(Stories.LAST))
                .findFirst()
                .map(Story::lines);
    }

    static List<LogLine> lines(Call call) {
        return JsonMapper.shared().convertValue(call.told().path("lines"), LINES);
    }

    /** Where the lines of a log that was read begin. */
    static long position(Call call) {
        return call.asked().path("after").asLong(0);
    }
}
