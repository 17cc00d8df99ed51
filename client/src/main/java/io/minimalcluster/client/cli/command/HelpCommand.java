package io.minimalcluster.client.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(name = "help", description = "Explain a command.", footer = "./minimalcluster help run")
public final class HelpCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command; all of them by default.")
    private @Nullable String name;

    @Override
    public void run() {
        CommandLine all = spec().parent().commandLine();
        CommandLine explained = name == null ? all : all.getSubcommands().get(name);
        if (explained == null) {
            throw new UnmatchedArgumentException(all, List.of(String.valueOf(name)));
        }
        explained.usage(all.getOut());
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command line");
        }
        return spec;
    }
}
