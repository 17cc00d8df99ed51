package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.TaskOutputPrinter;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = {
            "Print what tasks of a job wrote to their standard output and standard error.",
            "Lines of several tasks begin with the index of their task. The output of a task is there when it has ended."
        },
        customSynopsis = "./minimalcluster logs JOB [TASK] [-f] [--failed] [--limit N]",
        footer = "./minimalcluster logs last")
public final class LogsCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Mixin
    private JobArgument job = new JobArgument();

    @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "The index of a task; all by default.")
    private @Nullable Long task;

    @Option(
            names = {"-f", "--follow"},
            description = "Print the output of each task as it ends, until the job has ended.")
    private boolean follow;

    @Option(names = "--failed", description = "Only failed tasks.")
    private boolean failed;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of tasks, ${DEFAULT-VALUE} by default.")
    private long limit = 1000;

    public LogsCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            JobId id = job.in(client);
            TaskOutputPrinter logs = new TaskOutputPrinter(client, output, id);
            if (task != null) {
                logs.printTask(task, follow);
            } else if (follow) {
                Optional<Job> ended = new InterruptibleWait(context, output, client, id, master.givenOptions())
                        .follow(0, logs.printer(failed));
                if (ended.isEmpty()) {
                    return ExitCode.INTERRUPTED;
                }
                output.jobNote(ended.get());
            } else {
                logs.printAll(failed, limit);
            }
            return ExitCode.DONE;
        }
    }
}
