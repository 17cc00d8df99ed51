package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.function.RegisteredFunction;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "functions", description = "List registered functions.", footer = "./minimalcluster functions")
public final class FunctionsCommand implements Runnable {
    private static final List<String> HEADS = List.of("FUNCTION", "METHOD", "RETURNS", "ENVIRONMENT");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    public FunctionsCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            output.page(client.functions(page.listing(Map.of())), HEADS, FunctionsCommand::row);
        }
    }

    private static List<String> row(RegisteredFunction function) {
        return List.of(
                function.name(),
                function.method(),
                function.returns(),
                function.environmentId().value());
    }
}
