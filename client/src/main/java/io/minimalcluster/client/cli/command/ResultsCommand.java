package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ResultOptions;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ResultPrinter;
import io.minimalcluster.model.job.TaskState;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "results",
        description = "Print the outcomes so far: index and value or error.",
        footer = "./minimalcluster results last --state failed --arguments")
public final class ResultsCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Mixin
    private JobArgument job = new JobArgument();

    @Option(names = "--order", paramLabel = "ORDER", description = "index or completion; index by default.")
    private ResultOptions.@Nullable Order order;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only results in this state: succeeded, failed or cancelled.")
    private @Nullable TaskState state;

    @Option(
            names = "--after",
            paramLabel = "N",
            description = "Start after this index, or with --order completion after N lines.")
    private @Nullable Long after;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of results.")
    private @Nullable Long limit;

    @Option(names = "--arguments", description = "Print the argument of each too.")
    private boolean arguments;

    @Option(names = "--csv", description = "Print CSV.")
    private boolean csv;

    public ResultsCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        ResultOptions options = new ResultOptions(order, state, after, limit, arguments);
        try (Client client = master.client()) {
            if (csv) {
                try (InputStream lines = client.csv(job.in(client), options)) {
                    lines.transferTo(output.out());
                }
            } else {
                try (Stream<TaskResult> results = client.results(job.in(client), options)) {
                    results.forEach(new ResultPrinter(output)::print);
                }
            }
        }
        return ExitCode.DONE;
    }
}
