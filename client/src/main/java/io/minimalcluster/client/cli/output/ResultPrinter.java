package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.TaskResult;
import io.minimalcluster.model.job.TaskState;

/** Prints outcomes as tab-separated index and value or error, or as JSON lines. */
public final class ResultPrinter {
    private final Output output;

    public ResultPrinter(Output output) {
        this.output = output;
    }

    public void print(TaskResult result) {
        if (output.isJson()) {
            output.json(result);
        } else {
            String argument = result.argument() == null ? "" : result.argument() + "\t";
            output.line(result.index() + "\t" + argument + outcome(result));
        }
    }

    private static String outcome(TaskResult result) {
        String error = result.error() == null ? "" : JobSummary.describe(result.error());
        if (result.state() == TaskState.CANCELLED) {
            return "CANCELLED" + (error.isEmpty() ? "" : " " + error);
        }
        return result.error() == null ? String.valueOf(result.value()) : "ERROR " + error;
    }
}
