package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.JobSummary;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "wait",
        description = {
            "Wait until a job has ended, and show its progress meanwhile.",
            "The exit code is 0 if the job succeeded and 1 if not."
        },
        footer = "./minimalcluster wait last")
public final class WaitCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Mixin
    private JobArgument job = new JobArgument();

    public WaitCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            Optional<Job> ended =
                    new InterruptibleWait(context, output, client, job.in(client), master.givenOptions()).await();
            if (ended.isEmpty()) {
                return ExitCode.INTERRUPTED;
            }
            output.job(ended.get());
            if (ended.get().tasks().failed() > 0) {
                JobSummary.firstErrors(client, ended.get(), master.givenOptions())
                        .forEach(output::note);
            }
            return ended.get().state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
        }
    }
}
