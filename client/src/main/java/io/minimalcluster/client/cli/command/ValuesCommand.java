package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.ValueOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ValueTarget;
import io.minimalcluster.model.JobId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "values",
        description = "Print the values of a job that has ended, in the order of its arguments.",
        footer = "./minimalcluster values last")
public final class ValuesCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Mixin
    private JobArgument job = new JobArgument();

    @Option(names = "--wait", description = "Wait for the job's end first.")
    private boolean wait;

    @Option(names = "--map", description = "Print one JSON object, each value under its argument.")
    private boolean map;

    @Mixin
    private ValueOptions values = new ValueOptions();

    public ValuesCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (Client client = master.client()) {
            JobId id = job.in(client);
            try (ValueTarget target = ValueTarget.open(output, context, values)) {
                if (wait) {
                    client.await(id);
                }
                target.print(client, printer -> {
                    if (map) {
                        printer.printMap(id);
                    } else {
                        printer.print(id, values);
                    }
                });
            }
        }
        return ExitCode.DONE;
    }
}
