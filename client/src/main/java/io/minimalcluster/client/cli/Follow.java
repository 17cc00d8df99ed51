package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "follow", description = "Print each result of a job as it comes, until the job has ended.")
final class Follow implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String job = "";

    @Option(names = "--after", paramLabel = "N", description = "Go on after so many results.")
    private long after;

    Follow(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            Job ended = follow(client, output, new JobId(job), after);
            output.note(JobSummary.of(ended));
            return ended.state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
        }
    }

    /** Prints results as they come. */
    static Job follow(Client client, Output output, JobId job, long after) {
        ResultPrinter printer = new ResultPrinter(output);
        return client.follow(job, after, result -> {
            printer.print(result);
            output.out().flush();
        });
    }
}
