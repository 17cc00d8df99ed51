package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.SourceFiles;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProblemFormatter;
import io.minimalcluster.model.environment.Environment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = "Load Java sources as an environment and print its id.",
        footer = "./minimalcluster load examples/Pi.java")
public final class LoadCommand implements Runnable {
    private final MasterOptions master;
    private final Output output;
    private final SourceFiles sources;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Java sources, or folders of them; '-' is the standard input.")
    private List<Path> files = List.of();

    @Option(names = "--name", description = "Name of the environment; the first file's name by default.")
    private @Nullable String name;

    public LoadCommand(MasterOptions master, Output output, SourceFiles sources) {
        this.master = master;
        this.output = output;
        this.sources = sources;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            Environment loaded = client.load(sources.read(files, name));
            if (output.isJson()) {
                output.json(loaded);
            } else {
                show(loaded);
            }
        }
    }

    private void show(Environment loaded) {
        if (!loaded.warnings().isEmpty()) {
            output.diagnostics(ProblemFormatter.diagnostics(loaded.warnings()));
        }
        loaded.functions().forEach(function -> output.note(function.returns() + " " + function.signature()));
        output.line(loaded.id().value());
    }
}
