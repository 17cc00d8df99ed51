package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ResultOptions;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.TaskDetails;
import io.minimalcluster.model.job.TaskState;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** Prints the captured output of the tasks of a job. The API has a call per task, so several run at a time. */
public record TaskOutputPrinter(Client client, Output output, JobId job) {
    private static final int CALLS_AT_A_TIME = 16;
    private static final Duration PACE = Duration.ofMillis(500);

    /** Prints the output of the ended tasks in the order of their indexes, up to a number of tasks. */
    public void printAll(boolean failedOnly, long limit) {
        ResultOptions options = new ResultOptions(null, failedOnly ? TaskState.FAILED : null, null, limit, false);
        long count;
        try (Stream<TaskResult> results = client.results(job, options)) {
            count = results.gather(Gatherers.mapConcurrent(CALLS_AT_A_TIME, this::details))
                    .peek(this::print)
                    .count();
        }
        if (count == limit) {
            output.note(
                    "stopped after " + ProgressFormatter.counted(count, "task") + "; --limit N sets another number");
        }
    }

    /** Returns a reader of results that prints the output of each task. */
    public Consumer<TaskResult> printer(boolean failedOnly) {
        return result -> {
            if (!failedOnly || result.error() != null) {
                print(details(result));
            }
        };
    }

    /** Prints the output of one task. With {@code follow} it waits until the task or the job has ended. */
    public void printTask(long index, boolean follow) {
        TaskDetails task = client.task(job, index);
        while (follow && isPending(task) && !client.job(job, PACE).state().isTerminal()) {
            task = client.task(job, index);
        }
        task = follow && isPending(task) ? client.task(job, index) : task;
        if (output.isJson()) {
            printJson(task);
        } else if (task.output() != null) {
            output.text(task.output());
            noteCut(task);
        } else if (isPending(task)) {
            output.note("task " + index + " has not ended; with -f this command waits for it");
        }
    }

    private static boolean isPending(TaskDetails task) {
        return task.state() == TaskState.PENDING || task.state() == TaskState.RUNNING;
    }

    private TaskDetails details(TaskResult result) {
        return client.task(job, result.index());
    }

    private void print(TaskDetails task) {
        if (task.output() == null) {
            return;
        }
        if (output.isJson()) {
            printJson(task);
        } else {
            task.output().lines().forEach(line -> output.line(task.index() + "\t" + line));
            noteCut(task);
        }
        output.out().flush();
    }

    private void printJson(TaskDetails task) {
        output.json(Map.of(
                "index",
                task.index(),
                "output",
                task.output() == null ? "" : task.output(),
                "truncated",
                task.outputTruncated()));
    }

    private void noteCut(TaskDetails task) {
        if (task.outputTruncated()) {
            output.note("task " + task.index() + ": the end of its output is cut off");
        }
    }
}
