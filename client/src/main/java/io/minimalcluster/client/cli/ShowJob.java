package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "job", description = "Show a job.")
final class ShowJob implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    ShowJob(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            Job found = client.job(new JobId(job));
            if (output.isJson()) {
                output.json(found);
            } else {
                output.line(JobSummary.of(found));
            }
        }
        return ExitCode.DONE;
    }
}
