package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.cli.option.ArgumentOptions;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobCommandOptions;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.SourceFiles;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.option.ValueOptions;
import io.minimalcluster.client.cli.output.JobSummary;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ResultPrinter;
import io.minimalcluster.client.cli.output.ValueTarget;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
                    + " whether to cancel the job as well. With --joblog the same command and --resume continue a run"
                    + " that was interrupted, and run failed and cancelled tasks again."
        },
        customSynopsis = {
            "./minimalcluster run FILE -f METHOD [OPTION...]",
            "       (--args JSON | --args-file FILE | --lines FILE | --range A..B)"
        },
        footer = "./minimalcluster run examples/Pi.java -f pi --range 0..1000000 --reduce mean")
public final class RunCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "A Java source, or a folder of them; '-' is the standard input.")
    private Path file = Path.of("");

    @Option(
            names = {"-f", "--function"},
            required = true,
            paramLabel = "METHOD",
            description = "The method to run.")
    private String method = "";

    @ArgGroup(multiplicity = "0..1")
    private @Nullable ArgumentOptions arguments;

    @Mixin
    private JobCommandOptions options = new JobCommandOptions();

    @Mixin
    private ValueOptions printed = new ValueOptions();

    @Option(names = "--follow", description = "Print each result as it comes, with its index.")
    private boolean follow;

    @Option(names = "--values", description = "With --reduce: print the values as well.")
    private boolean values;

    @Option(
            names = "--joblog",
            paramLabel = "FILE",
            description = "A new file that gets a line for each task that has ended: index, state, value or error.")
    private @Nullable Path joblog;

    @Option(names = "--resume", description = "Continue the run of --joblog, if that file exists.")
    private boolean resume;

    public RunCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Arguments given = ArgumentOptions.of(arguments, context);
        try (Client client = master.client();
                ValueTarget target = ValueTarget.open(output, context, printed)) {
            Environment loaded = client.load(new SourceFiles(context).read(List.of(file), null));
            NewJob wanted = NewJob.of(loaded.id(), method, given).with(options.build());
            try (LoggedJob started = LoggedJob.start(client, output, wanted, logFile(), resume)) {
                return await(client, started, target, wanted.options().reduce() != null);
            }
        }
    }

    private void checkOptions() {
        if (SourceFiles.isInput(file) && ArgumentOptions.readsInput(arguments, context)) {
            throw new UsageException("the standard input has the source, so give --args, --range or a file");
        }
        if (resume && joblog == null) {
            throw new UsageException("--resume needs the --joblog of the run that it continues");
        }
        if (joblog != null && !resume && Files.exists(context.folder().resolve(joblog))) {
            throw new UsageException(
                    joblog + " exists: give --resume to continue its run, or another file for a new one");
        }
        if (follow && printed.file() != null) {
            throw new UsageException("give --follow or --output, not both");
        }
    }

    private @Nullable Path logFile() {
        return joblog == null ? null : context.folder().resolve(joblog);
    }

    private Integer await(Client client, LoggedJob started, ValueTarget target, boolean reduces) throws IOException {
        InterruptibleWait wait =
                new InterruptibleWait(context, output, client, started.job().id(), master.givenOptions());
        Optional<Job> ended = follow
                ? wait.follow(started.logged(), started.andThen(new ResultPrinter(output)::print))
                : started.log().isPresent() ? wait.await(started.logged(), started::append) : wait.await();
        if (ended.isEmpty()) {
            started.log().ifPresent(_ -> output.note("  to continue this run: the same command with --resume"));
            return ExitCode.INTERRUPTED;
        }
        print(client, ended.get(), target, reduces);
        return ended.get().state() == JobState.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
    }

    private void print(Client client, Job ended, ValueTarget target, boolean reduces) throws IOException {
        if (!follow) {
            try {
                target.print(client, to -> to.printAfterRun(ended, values || !reduces, printed));
            } catch (UsageException | FileSystemException e) {
                output.jobNote(ended);
                output.note(
                        "the values are at the master: ./minimalcluster values " + ended.id() + master.givenOptions());
                throw e;
            }
        } else if (ended.reduced() != null && !output.isJson()) {
            output.out().println(ended.reduced());
        }
        output.jobNote(ended);
        if (ended.tasks().failed() > 0) {
            JobSummary.firstErrors(client, ended, master.givenOptions()).forEach(output::note);
        }
    }
}
