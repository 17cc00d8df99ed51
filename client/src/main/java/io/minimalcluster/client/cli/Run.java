package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Load a source, map one of its methods over arguments, wait, and print the values, one a line.")
final class Run implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final Surroundings here;

    @Parameters(paramLabel = "FILE", description = "A Java source, or a folder of them.")
    private Path file = Path.of("");

    @Option(
            names = {"-f", "--function"},
            required = true,
            paramLabel = "METHOD",
            description = "The method to run.")
    private String method = "";

    @ArgGroup(multiplicity = "1")
    private ArgumentOptions arguments = new ArgumentOptions();

    @Mixin
    private OptionsOfJob options = new OptionsOfJob();

    @Option(names = "--follow", description = "Print each result as it comes, with its index.")
    private boolean follow;

    Run(MasterOptions master, Output output, Surroundings here) {
        this.master = master;
        this.output = output;
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        try (Client client = master.client()) {
            Environment loaded = client.load(new SourceFiles(here.folder()).read(List.of(file), null));
            JobOptions asked = options.build();
            Job posted = client.submit(
                    NewJob.of(loaded.id(), method, arguments.in(here.folder())).with(asked));
            Job ended = follow ? follow(client, posted) : watch(client, posted, asked);
            output.note(JobSummary.of(ended));
            if (ended.tasks().failed() > 0) {
                JobSummary.firstErrors(client, ended).forEach(output::note);
            }
            return ended.state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
        }
    }

    private Job watch(Client client, Job posted, JobOptions asked) throws IOException {
        output.note(posted.id().value());
        Progress progress = Progress.on(here.err(), here.terminal(), here.nanoTime());
        Job ended = client.await(posted.id(), progress.pace(), progress);
        if (asked.reduce() == null || output.isJson()) {
            new ValuePrinter(client, output).printAfterRun(ended);
        } else if (ended.reduced() != null) {
            output.out().println(ended.reduced());
        }
        return ended;
    }

    private Job follow(Client client, Job posted) {
        output.note(posted.id().value());
        return Follow.follow(client, output, posted.id(), 0);
    }
}
