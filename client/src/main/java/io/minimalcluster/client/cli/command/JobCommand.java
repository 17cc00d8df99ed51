package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.JobArgument;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command that reads or changes a job and prints it. */
public final class JobCommand implements Runnable {
    private final MasterOptions master;
    private final Output output;
    private final BiFunction<Client, JobId, Job> call;

    @Mixin
    private JobArgument job = new JobArgument();

    private JobCommand(MasterOptions master, Output output, BiFunction<Client, JobId, Job> call) {
        this.master = master;
        this.output = output;
        this.call = call;
    }

    public static CommandLine command(
            MasterOptions master, Output output, String name, String description, BiFunction<Client, JobId, Job> call) {
        CommandLine command = new CommandLine(new JobCommand(master, output, call));
        command.getCommandSpec().usageMessage().description(description).footer("./minimalcluster " + name + " last");
        return command;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            output.job(call.apply(client, job.in(client)));
        }
    }
}
