package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "jobs",
        description = "List jobs, newest first.",
        footer = "./minimalcluster jobs --state running --label team=x")
public final class JobsCommand implements Runnable {
    private static final List<String> HEADS = List.of("JOB", "STATE", "DONE", "FAILED", "FUNCTION", "NAME", "AGE");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    @Option(names = "--state", paramLabel = "STATE", description = "Only jobs in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable JobState state;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Only jobs with this label. It may be given several times.")
    private Map<String, String> labels = Map.of();

    public JobsCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        Map<String, String> filters = new HashMap<>();
        if (state != null) {
            filters.put("state", state.name());
        }
        labels.forEach((key, value) -> filters.put("label." + key, value));
        try (Client client = master.client()) {
            Instant now = Instant.now();
            output.page(client.jobs(page.listing(filters)), page.idsOnly(), HEADS, job -> row(job, now));
        }
    }

    private static List<String> row(Job job, Instant now) {
        return List.of(
                job.id().value(),
                job.state().name(),
                ProgressFormatter.done(job.tasks()),
                ProgressFormatter.count(job.tasks().failed()),
                job.function() == null ? job.method() : job.function(),
                job.name() == null ? "" : job.name(),
                ProgressFormatter.age(job.createdAt(), now));
    }
}
