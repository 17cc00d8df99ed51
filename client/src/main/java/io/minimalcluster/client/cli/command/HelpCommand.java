package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.cli.option.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(name = "help", description = "Explain a command.", footer = "./minimalcluster help run")
public final class HelpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command; all of them by default.")
    private @Nullable String name;

    @Override
    public Integer call() {
        CommandLine all = spec().parent().commandLine();
        CommandLine explained = name == null ? all : all.getSubcommands().get(name);
        if (explained == null) {
            throw new UnmatchedArgumentException(all, List.of(String.valueOf(name)));
        }
        explained.usage(all.getOut());
        return ExitCode.DONE;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command line");
        }
        return spec;
    }
}
