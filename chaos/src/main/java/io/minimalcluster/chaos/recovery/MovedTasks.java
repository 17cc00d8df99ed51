package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.Answer;
import io.minimalcluster.chaos.load.Recorder;
import io.minimalcluster.chaos.order.Deed;
import io.minimalcluster.chaos.order.Order;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Tasks of a worker that is killed, and when they run elsewhere. */
public final class MovedTasks {
    private static final int TASKS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Recorder recorder;
    private final Times times;
    private int count;

    MovedTasks(Recorder recorder, Times times) {
        this.recorder = recorder;
        this.times = times;
    }

    Times times() {
        return times;
    }

    /** A task that runs for long enough on a worker. */
    record Running(String path, String worker) {}

    /** Kills a worker while it runs such a task, and measures how long that takes to run on another. */
    public void measure(String name, Duration lease, Runnable kill) {
        count++;
        String worker = await(PATIENCE, () -> id(name)).orElse("unknown");
        Order order = new Order("moved-" + count, Deed.NAPS, Order.Form.RANGE, 0, 1, TASKS, false);
        Optional<Running> running = recorder.post(order)
                .json()
                .map(job -> job.path("id").asString())
                .flatMap(job -> await(PATIENCE, () -> runningOn(job, worker)));
        long since = System.nanoTime();
        kill.run();
        running.flatMap(task -> await(lease.multipliedBy(4), () -> elsewhere(task)))
                .ifPresent(_ -> times.add(Duration.ofNanos(System.nanoTime() - since)));
    }

    private Optional<Running> runningOn(String job, String worker) {
        for (int index = 0; index < TASKS; index++) {
            String path = "/jobs/" + job + "/tasks/" + index;
            Optional<JsonNode> task = look(path);
            if (task.filter(each -> isOn(each, worker)).isPresent()) {
                return Optional.of(new Running(path, worker));
            }
        }
        return Optional.empty();
    }

    private Optional<String> id(String name) {
        return look("/workers").stream()
                .flatMap(page -> page.path("items").valueStream())
                .filter(worker -> worker.path("name").asString().equals(name))
                .max(Comparator.comparing(worker -> worker.path("registeredAt").asString()))
                .map(worker -> worker.path("id").asString());
    }

    private static boolean isOn(JsonNode task, String worker) {
        return task.path("state").asString("").equalsIgnoreCase("running")
                && task.path("worker").toString().contains(worker);
    }

    private Optional<JsonNode> elsewhere(Running task) {
        return look(task.path())
                .filter(now -> !now.path("worker").isMissingNode()
                        && !now.path("worker").isNull()
                        && !now.path("worker").toString().contains(task.worker()));
    }

    private Optional<JsonNode> look(String path) {
        Answer answer = recorder.look(path);
        return answer.isOk() ? answer.json() : Optional.empty();
    }

    private static <T> Optional<T> await(Duration longest, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + longest.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(20_000_000L);
            found = look.get();
        }
        return found;
    }
}
