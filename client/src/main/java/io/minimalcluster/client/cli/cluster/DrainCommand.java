package io.minimalcluster.client.cli.cluster;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.cli.option.IdResolver;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.WorkerView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drain",
        description = {
            "Give a worker no new tasks. Its running tasks finish, and it does not end.",
            "That takes an admin key, such as that of up."
        },
        footer = "./minimalcluster drain last --wait")
public final class DrainCommand implements Runnable {
    private static final Duration PACE = Duration.ofMillis(500);

    private final MasterOptions master;
    private final Output output;

    @Parameters(
            paramLabel = "WORKER",
            description = "The name or id of a worker, the beginning of an id, or 'last': the newest.")
    private String worker = "";

    @Option(names = "--wait", description = "Wait until the worker runs nothing.")
    private boolean wait;

    @Option(names = "--undo", description = "Give the worker tasks again.")
    private boolean undo;

    public DrainCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            WorkerId id = IdResolver.worker(client, worker);
            if (undo) {
                client.resume(id);
            } else {
                client.drain(id);
            }
            Optional<WorkerView> seen = find(client, id);
            while (wait && !undo && seen.filter(view -> view.busy() > 0).isPresent()) {
                LockSupport.parkNanos(PACE.toNanos());
                seen = find(client, id);
            }
            seen.ifPresent(view -> output.result(
                    view,
                    view.name() + " " + view.state() + ": " + view.busy() + " of "
                            + ProgressFormatter.counted(view.slots(), "slot") + " busy"));
        }
    }

    private static Optional<WorkerView> find(Client client, WorkerId id) {
        return client.workers(new Listing(1000, null, Map.of())).items().stream()
                .filter(view -> view.id().equals(id))
                .findFirst();
    }
}
