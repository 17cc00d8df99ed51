package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.TaskDetails;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints one task in full. */
public record TaskFormatter(Output output) {
    private static final int NAME_WIDTH = 11;

    public void print(TaskDetails task) {
        String state = task.state().name();
        row("task", Long.toString(task.index()));
        output.styled(name("state"), state, Style.of(state));
        row("argument", text(task.argument()));
        if (task.state() == TaskState.SUCCEEDED) {
            row("value", task.value() == null ? "null" : text(task.value()));
        }
        if (task.error() != null) {
            printError(task.error());
        }
        row("attempts", Integer.toString(task.attempts()));
        row("worker", text(task.worker()));
        row("second copy", text(task.secondCopy()));
        if (task.seconds() != null) {
            row("run time", runTime(task.seconds()));
        }
        Instant finished = task.finishedAt();
        if (finished != null) {
            row("finished", finished + " (" + ProgressFormatter.age(finished, Instant.now()) + " ago)");
        }
        if (task.output() != null) {
            row("output", task.outputTruncated() ? "(the end is cut off)" : "");
            task.output().lines().forEach(line -> output.line("  " + line));
        }
    }

    private void printError(TaskError error) {
        output.styled(name("error"), JobSummary.describe(withoutStackTrace(error)), Style.RED);
        error.stackTrace()
                .forEach(frame -> output.line(name("") + (frame.startsWith("Caused by") ? "" : "at ") + frame));
    }

    private static TaskError withoutStackTrace(TaskError error) {
        return new TaskError(error.kind(), error.type(), error.message(), List.of(), error.attempts());
    }

    private static String runTime(double seconds) {
        return seconds < 0.1
                ? "%.2f ms".formatted(seconds * 1000)
                : ProgressFormatter.time(Duration.ofMillis((long) (seconds * 1000)));
    }

    private void row(String name, String text) {
        if (!text.isEmpty() || name.equals("output")) {
            output.line((name(name) + text).stripTrailing());
        }
    }

    private static String name(String name) {
        return name + " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
