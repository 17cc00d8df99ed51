package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "environments",
        description = "List environments, newest first.",
        footer = "./minimalcluster environments")
public final class EnvironmentsCommand implements Runnable {
    private static final List<String> HEADS = List.of("ENVIRONMENT", "NAME", "CREATED", "FUNCTIONS");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    public EnvironmentsCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            output.page(client.environments(page.listing(Map.of())), HEADS, EnvironmentsCommand::row);
        }
    }

    private static List<String> row(Environment environment) {
        String name = environment.name();
        return List.of(
                environment.id().value(),
                name == null ? "" : name,
                environment.createdAt().toString(),
                environment.functions().stream().map(TargetFunction::signature).collect(Collectors.joining(", ")));
    }
}
