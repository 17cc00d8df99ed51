package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.job.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "explain",
        description = "Explain why tasks of a job are not running.",
        footer = "./minimalcluster explain last")
public final class ExplainCommand implements Runnable {
    private final MasterOptions master;
    private final Output output;

    @Mixin
    private JobArgument job = new JobArgument();

    public ExplainCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            Explanation found = client.explain(job.in(client));
            if (output.isJson()) {
                output.json(found);
            } else {
                print(found);
            }
        }
    }

    private void print(Explanation found) {
        output.line(found.jobId() + " " + found.state() + ": " + found.reason());
        if (found.state().isTerminal()) {
            return;
        }
        Explanation.Workers workers = found.workers();
        output.line("workers: " + workers.active() + " active, " + workers.fitting() + " of them fit, " + workers.busy()
                + " of their " + workers.slots() + " slots are taken");
        found.ahead()
                .forEach(other -> output.line("has slots: " + other.jobId() + ", priority " + other.priority() + ", "
                        + ProgressFormatter.counted(other.running(), "task") + " running"));
        if (found.othersAhead() > 0) {
            output.line("has slots: " + found.othersAhead() + (found.ahead().isEmpty() ? "" : " more") + " jobs");
        }
    }
}
