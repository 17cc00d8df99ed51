package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.cli.option.ArgumentOptions;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobCommandOptions;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.SourceFiles;
import io.minimalcluster.client.cli.output.JobSummary;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ResultPrinter;
import io.minimalcluster.client.cli.output.ValuePrinter;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Load a source, map one of its methods over arguments, wait, and print the values, one a line.",
            "With --reduce it prints only the reduced value. Ctrl-C ends this command, and asks on a terminal"
                    + " whether to cancel the job as well."
        },
        customSynopsis = {
            "./minimalcluster run FILE -f METHOD",
            "       (--args JSON | --args-file FILE | --range A..B) [OPTION...]"
        },
        footer = "./minimalcluster run examples/Pi.java -f pi --range 0..1000000 --reduce mean")
public final class RunCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

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
    private JobCommandOptions options = new JobCommandOptions();

    @Option(names = "--follow", description = "Print each result as it comes, with its index.")
    private boolean follow;

    @Option(names = "--values", description = "With --reduce: print the values as well.")
    private boolean values;

    public RunCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Client client = master.client()) {
            Environment loaded = client.load(new SourceFiles(context.folder()).read(List.of(file), null));
            JobOptions asked = options.build();
            Job posted = client.submit(NewJob.of(loaded.id(), method, arguments.in(context.folder()))
                    .with(asked));
            output.note(posted.id().value());
            InterruptibleWait wait = new InterruptibleWait(context, output, client, posted.id(), master.givenOptions());
            Optional<Job> ended = follow ? wait.follow(0, new ResultPrinter(output)::print) : wait.await();
            if (ended.isEmpty()) {
                return ExitCode.INTERRUPTED;
            }
            print(client, ended.get(), asked.reduce() != null);
            return ended.get().state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
        }
    }

    private void print(Client client, Job ended, boolean reduces) throws IOException {
        if (!follow) {
            new ValuePrinter(client, output).printAfterRun(ended, values || !reduces);
        } else if (ended.reduced() != null && !output.isJson()) {
            output.out().println(ended.reduced());
        }
        output.jobNote(ended);
        if (ended.tasks().failed() > 0) {
            JobSummary.firstErrors(client, ended).forEach(output::note);
        }
    }
}
