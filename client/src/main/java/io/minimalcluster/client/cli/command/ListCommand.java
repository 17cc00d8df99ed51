package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.client.cli.output.WorkerTableRow;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import io.minimalcluster.model.worker.WorkerView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command that prints a page of a list. */
public final class ListCommand<T> implements Runnable {
    private final MasterOptions master;
    private final Output output;
    private final List<String> heads;
    private final BiFunction<Client, Listing, Page<T>> list;
    private final Function<T, List<String>> row;

    @Mixin
    private PageOptions page = new PageOptions();

    private ListCommand(
            MasterOptions master,
            Output output,
            List<String> heads,
            BiFunction<Client, Listing, Page<T>> list,
            Function<T, List<String>> row) {
        this.master = master;
        this.output = output;
        this.heads = heads;
        this.list = list;
        this.row = row;
    }

    public static CommandLine workers(MasterOptions master, Output output) {
        return new ListCommand<WorkerView>(
                        master,
                        output,
                        WorkerTableRow.HEADS,
                        Client::workers,
                        worker -> WorkerTableRow.of(worker, Instant.now()))
                .command("List workers.", "./minimalcluster workers");
    }

    public static CommandLine functions(MasterOptions master, Output output) {
        List<String> heads = List.of("FUNCTION", "METHOD", "RETURNS", "ENVIRONMENT");
        return new ListCommand<RegisteredFunction>(master, output, heads, Client::functions, ListCommand::row)
                .command("List registered functions.", "./minimalcluster functions");
    }

    public static CommandLine environments(MasterOptions master, Output output) {
        List<String> heads = List.of("ENVIRONMENT", "NAME", "FUNCTIONS", "AGE");
        return new ListCommand<Environment>(master, output, heads, Client::environments, ListCommand::row)
                .command("List environments, newest first.", "./minimalcluster environments");
    }

    private CommandLine command(String description, String example) {
        CommandLine command = new CommandLine(this);
        command.getCommandSpec().usageMessage().description(description).footer(example);
        return command;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            output.page(list.apply(client, page.listing(Map.of())), page.idsOnly(), heads, row);
        }
    }

    private static List<String> row(RegisteredFunction function) {
        return List.of(
                function.name(),
                function.method(),
                function.returns(),
                function.environmentId().value());
    }

    private static List<String> row(Environment environment) {
        String name = environment.name();
        return List.of(
                environment.id().value(),
                name == null ? "" : name,
                environment.functions().stream().map(TargetFunction::signature).collect(Collectors.joining(", ")),
                ProgressFormatter.age(environment.createdAt(), Instant.now()));
    }
}
