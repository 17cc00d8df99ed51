package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.worker.WorkerView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "workers", description = "List workers.", footer = "./minimalcluster workers")
final class Workers implements Callable<Integer> {
    private static final List<String> HEADS =
            List.of("WORKER", "NAME", "STATE", "BUSY", "ISOLATION", "PID", "TASKS", "RATE");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    Workers(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            output.page(client.workers(page.listing(Map.of())), HEADS, Workers::row);
        }
        return ExitCode.DONE;
    }

    private static List<String> row(WorkerView worker) {
        return List.of(
                worker.id().value(),
                worker.name() + (worker.local() ? " (local)" : ""),
                worker.state().name(),
                worker.busy() + "/" + worker.slots(),
                worker.isolation().name().toLowerCase(Locale.ROOT),
                Long.toString(worker.pid()),
                ProgressText.count(worker.tasksDone()),
                ProgressText.rate(worker.rate()));
    }
}
