package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.worker.WorkerView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "workers", description = "List workers.", footer = "./minimalcluster workers")
public final class WorkersCommand implements Runnable {
    private static final List<String> HEADS =
            List.of("WORKER", "NAME", "STATE", "BUSY", "ISOLATION", "PID", "TASKS", "RATE");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    public WorkersCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            output.page(client.workers(page.listing(Map.of())), HEADS, WorkersCommand::row);
        }
    }

    private static List<String> row(WorkerView worker) {
        return List.of(
                worker.id().value(),
                worker.name() + (worker.local() ? " (local)" : ""),
                worker.state().name(),
                worker.busy() + "/" + worker.slots(),
                worker.isolation().name().toLowerCase(Locale.ROOT),
                Long.toString(worker.pid()),
                ProgressFormatter.count(worker.tasksDone()),
                ProgressFormatter.rate(worker.rate()));
    }
}
