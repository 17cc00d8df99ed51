package io.minimalcluster.client.cli;

import io.minimalcluster.client.TaskResult;

/** Prints outcomes: index and value or error, parted by a tab, or a line of JSON. */
final class ResultPrinter {
    private final Output output;

    ResultPrinter(Output output) {
        this.output = output;
    }

    void print(TaskResult result) {
        if (output.isJson()) {
            output.json(result);
        } else if (result.error() == null) {
            output.line(result.index() + "\t" + result.value());
        } else {
            output.line(result.index() + "\tERROR " + JobSummary.describe(result.error()));
        }
    }
}
