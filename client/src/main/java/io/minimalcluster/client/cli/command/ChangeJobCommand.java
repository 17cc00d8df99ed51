package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.JobSummary;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command that changes the state of a job and prints it. */
public final class ChangeJobCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final BiFunction<Client, JobId, Job> change;

    @Mixin
    private JobArgument job = new JobArgument();

    private ChangeJobCommand(MasterOptions master, Output output, BiFunction<Client, JobId, Job> change) {
        this.master = master;
        this.output = output;
        this.change = change;
    }

    public static CommandLine command(
            MasterOptions master,
            Output output,
            String name,
            String description,
            BiFunction<Client, JobId, Job> change) {
        CommandLine command = new CommandLine(new ChangeJobCommand(master, output, change));
        command.getCommandSpec().usageMessage().description(description).footer("./minimalcluster " + name + " last");
        return command;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            Job changed = change.apply(client, job.in(client));
            if (output.isJson()) {
                output.json(changed);
            } else {
                output.line(JobSummary.of(changed));
            }
        }
        return ExitCode.DONE;
    }
}
