package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ResultPrinter;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "follow",
        description = {
            "Print each result of a job as it comes, until the job has ended.",
            "Ctrl-C ends this command. On a terminal it asks whether to cancel the job too."
        },
        footer = "./minimalcluster follow last")
public final class FollowCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Mixin
    private JobArgument job = new JobArgument();

    @Option(names = "--after", paramLabel = "N", description = "Skip the first N results.")
    private long after;

    public FollowCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            JobId id = job.in(client);
            Optional<Job> ended = new InterruptibleWait(context, output, client, id, master.givenOptions())
                    .follow(after, new ResultPrinter(output)::print);
            if (ended.isEmpty()) {
                return ExitCode.INTERRUPTED;
            }
            output.jobNote(ended.get());
            return ended.get().state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
        }
    }
}
