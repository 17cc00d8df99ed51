package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.SharedProcesses;
import io.minimalcluster.system.harness.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * The shared master with a worker timeout of six seconds, and {@link TaskNotes} for each test. Jobs have one attempt,
 * so any charged attempt fails the task. They have no speculative copies, so only a worker timeout moves a task.
 */
final class NotedCluster implements BeforeEachCallback, AfterEachCallback {
    private @Nullable MasterProcess master;
    private @Nullable TaskNotes notes;

    @Override
    public void beforeEach(ExtensionContext context) {
        master = SharedProcesses.master(context);
        notes = new TaskNotes();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        notes().close();
    }

    MasterProcess master() {
        return Objects.requireNonNull(master);
    }

    TaskNotes notes() {
        return Objects.requireNonNull(notes);
    }

    private Api api() {
        return master().api();
    }

    /** Starts a worker whose tasks may write notes. */
    WorkerProcess worker(String name, int slots, String... settings) {
        return WorkerProcess.start(master(), name, settings(slots, settings));
    }

    /** Starts such a worker without waiting for its registration. */
    WorkerProcess launchWorker(String name, int slots, String... settings) {
        return WorkerProcess.launch(List.of(), master().url(), master(), name, settings(slots, settings));
    }

    private static String[] settings(int slots, String... others) {
        List<String> all = new ArrayList<>(List.of(
                TaskNotes.WRITABLE, "--minimalcluster.worker.slots=" + slots, "--minimalcluster.executor.heap=64m"));
        all.addAll(List.of(others));
        return all.toArray(new String[0]);
    }

    /**
     * Starts a job of tasks that write notes, and returns its id.
     *
     * @param waiting tasks that wait until {@link TaskNotes#release} is called
     */
    String start(int tasks, int batchSize, Long... waiting) {
        return api().start(
                        notes().source(),
                        notes().method(),
                        notes().arguments(tasks, waiting),
                        "{\"batchSize\":" + batchSize + ",\"maxAttempts\":1,\"copies\":false}");
    }

    /** Returns the number of tasks in each state. */
    JsonNode counts(String job) {
        return api().job(job).path("tasks");
    }

    /** Waits until {@code tasks} tasks have succeeded. */
    void awaitSucceeded(String job, int tasks) {
        Await.until(tasks + " values", () -> counts(job).path("succeeded").asInt() >= tasks);
    }

    JsonNode task(String job, long index) {
        return api().get("/jobs/" + job + "/tasks/" + index).expect(200).json();
    }

    int attempts(String job, long index) {
        return task(job, index).path("attempts").asInt();
    }

    /** Waits for the end of the job, and checks that each task succeeded once with its value. */
    void expectAllOnce(String job, int tasks) {
        JsonNode ended = api().ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("SUCCEEDED");
        JsonNode values = api().get("/jobs/" + job + "/values").expect(200).json();
        for (int i = 0; i < tasks; i++) {
            assertThat(values.get(i).asLong(-1)).isEqualTo(i);
        }
        assertThat(api().get("/jobs/" + job + "/results?order=completion").lines())
                .hasSize(tasks)
                .allSatisfy(line -> assertThat(line.has("error")).isFalse());
    }

    /** Checks the same, and that each task has one attempt. */
    void expectAllOnceUncharged(String job, int tasks) {
        expectAllOnce(job, tasks);
        for (int i = 0; i < tasks; i++) {
            assertThat(attempts(job, i)).as("task %s", i).isEqualTo(1);
        }
    }
}
