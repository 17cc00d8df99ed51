package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.TaskFormatter;
import io.minimalcluster.model.job.TaskDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "task",
        description = "Show one task: its argument, value or error, stack trace, worker, times, output.",
        footer = "./minimalcluster task last 0")
public final class TaskCommand implements Runnable {
    private final MasterOptions master;
    private final Output output;

    @Mixin
    private JobArgument job = new JobArgument();

    @Parameters(index = "1", paramLabel = "INDEX", description = "The index of the task, from 0.")
    private long index;

    public TaskCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            TaskDetails task = client.task(job.in(client), index);
            if (output.isJson()) {
                output.json(task);
            } else {
                new TaskFormatter(output).print(task);
            }
        }
    }
}
