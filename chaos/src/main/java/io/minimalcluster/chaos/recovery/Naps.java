package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.Recorder;
import io.minimalcluster.chaos.order.Deed;
import io.minimalcluster.chaos.order.Order;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** Jobs of tasks that last long enough to see where they run; they are part of the history like all others. */
public final class Naps {
    private static final int TASKS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Recorder recorder;
    private final Recovery recovery;
    private int count;

    public Naps(Recorder recorder, Recovery recovery) {
        this.recorder = recorder;
        this.recovery = recovery;
    }

    /** Kills a worker, by its name, while it runs such a task, and measures what comes of it. */
    public void disturb(String name, Runnable kill) {
        count++;
        Sight sight = recovery.sight();
        Optional<String> worker = Sight.await(PATIENCE, () -> sight.idOf(name));
        Order order = new Order("moved-" + count, Deed.NAPS, Order.Form.RANGE, 0, 1, TASKS, false);
        Optional<String> job =
                recorder.post(order).json().map(posted -> posted.path("id").asString());
        Optional<String> task = worker.isEmpty() || job.isEmpty()
                ? Optional.empty()
                : Sight.await(PATIENCE, () -> runningOn(job.get(), worker.get()));
        task.ifPresentOrElse(path -> recovery.ofWorker(worker.orElseThrow(), path, kill), kill);
    }

    private Optional<String> runningOn(String job, String worker) {
        return IntStream.range(0, TASKS)
                .mapToObj(index -> "/jobs/" + job + "/tasks/" + index)
                .filter(path ->
                        recovery.sight().runnerOf(path).filter(worker::equals).isPresent())
                .findFirst();
    }
}
