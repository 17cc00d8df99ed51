package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "jobs", description = "List jobs, newest first.", footer = "./minimalcluster jobs --state running")
public final class JobsCommand implements Runnable {
    private static final List<String> HEADS = List.of("JOB", "STATE", "DONE", "FUNCTION", "CREATED");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    @Option(names = "--state", paramLabel = "STATE", description = "Only jobs in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable JobState state;

    public JobsCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            Listing part = page.listing(state == null ? Map.of() : Map.of("state", state.name()));
            Page<Job> jobs = client.jobs(part);
            output.page(jobs, HEADS, JobsCommand::row);
        }
    }

    private static List<String> row(Job job) {
        String function = job.function() == null ? job.method() : job.function();
        return List.of(
                job.id().value(),
                job.state().name(),
                ProgressFormatter.count(ProgressFormatter.ended(job.tasks())) + "/"
                        + ProgressFormatter.count(job.tasks().total()),
                function,
                job.createdAt().toString());
    }
}
