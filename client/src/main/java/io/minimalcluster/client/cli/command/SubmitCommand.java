package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.cli.option.ArgumentOptions;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.IdResolver;
import io.minimalcluster.client.cli.option.JobCommandOptions;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        description = {
            "Post a job and print its id, without waiting for it.",
            "Arguments come from one of the options, or as lines from the standard input."
        },
        customSynopsis = {
            "./minimalcluster submit FUNCTION [--env ENV] [OPTION...]",
            "       [--args JSON | --args-file FILE | --range A..B | --lines FILE]"
        },
        footer = "./minimalcluster submit pi --env last --range 0..1000 --reduce mean")
public final class SubmitCommand implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Parameters(paramLabel = "FUNCTION", description = "A registered name, or with --env a method.")
    private String function = "";

    @Option(
            names = "--env",
            paramLabel = "ENV",
            description = "The environment whose method is meant. " + IdResolver.DESCRIPTION)
    private @Nullable String environment;

    @ArgGroup(multiplicity = "0..1")
    private @Nullable ArgumentOptions arguments;

    @Mixin
    private JobCommandOptions options = new JobCommandOptions();

    public SubmitCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Arguments posted = ArgumentOptions.of(arguments, context);
        try (Client client = master.client()) {
            NewJob job = environment == null
                    ? NewJob.of(function, posted)
                    : NewJob.of(IdResolver.environment(client, environment), function, posted);
            Job accepted = client.submit(job.with(options.build()));
            output.result(accepted, accepted.id().value());
        }
        return ExitCode.DONE;
    }
}
