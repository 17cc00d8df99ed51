package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.order.Order;
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
public final class Stories {
    /** The client that reads everything when all is over. */
    public static final String LAST = "last";

    private final List<Call> calls;
    private final Map<String, Story> byName = new LinkedHashMap<>();
    private final List<String> unexpected = new ArrayList<>();

    private Stories(List<Call> calls) {
        this.calls = calls;
    }

    public static Stories of(List<Call> calls) {
        Stories stories = new Stories(calls);
        stories.sort();
        return stories;
    }

    private void sort() {
        calls(Operation.POST)
                .forEach(post -> byName.computeIfAbsent(
                                post.name(),
                                _ -> new Story(JsonMapper.shared()
                                        .convertValue(post.asked().path("order"), Order.class)))
                        .posted(post));
        calls(Operation.LIST)
                .filter(Call::isOk)
                .forEach(list -> list.told().path("jobs").forEach(this::listed));
        Map<String, Story> byId = new HashMap<>();
        all().forEach(story -> story.ids().forEach(id -> byId.put(id, story)));
        for (Call call : calls) {
            Story story = byId.get(call.job());
            if (story != null && call.operation() != Operation.POST) {
                story.told(call);
            }
        }
    }

    private void listed(JsonNode job) {
        Story story = byName.get(job.path("name").asString());
        if (story == null) {
            unexpected.add(job.toString());
        } else {
            story.listed(job);
        }
    }

    Collection<Story> all() {
        return byName.values();
    }

    /** Jobs that nobody asked for. */
    List<String> unexpected() {
        return unexpected;
    }

    Stream<Call> calls(Operation operation) {
        return calls.stream().filter(call -> call.operation() == operation);
    }

    Stream<Call> calls() {
        return calls.stream();
    }
}
