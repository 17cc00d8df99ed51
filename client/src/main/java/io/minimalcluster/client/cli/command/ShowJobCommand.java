package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.JobSummary;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.job.Job;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "job", description = "Show a job.", footer = "./minimalcluster job last")
public final class ShowJobCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Mixin
    private JobArgument job = new JobArgument();

    public ShowJobCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            Job found = client.job(job.in(client));
            if (output.isJson()) {
                output.json(found);
            } else {
                output.line(JobSummary.of(found));
            }
        }
        return ExitCode.DONE;
    }
}
