package io.minimalcluster.client.cli;

import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.StartCluster;
import io.minimalcluster.client.local.StartCluster.Started;
import io.minimalcluster.client.local.Walls;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Start a cluster on this machine that stays until ./minimalcluster down,"
                + " or what is missing of it: a master that is a worker too, and more workers.")
final class Up implements Callable<Integer> {
    private static final int MOST_WORKERS = 100;
    private static final int LAST_PORT = 65_535;
    private static final String NEXT = """

            What to try next:
              ./minimalcluster run examples/Pi.java -f inside --range 0..1000000 --json
              ./minimalcluster run examples/Hypot.java -f hypotenuse --args '[[3,4],[5,12]]'
              ./minimalcluster status        what runs
              ./minimalcluster down          stops it; what it knows is kept for the next time""";

    private final MasterOptions master;
    private final Output output;
    private final Installation installation;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "More workers, each a process of its own; as many as there were, or none, by default.")
    private @Nullable Integer workers;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the master listens, ${DEFAULT-VALUE} by default; 0 is any that is free.")
    private int port = 8080;

    Up(MasterOptions master, Output output, Installation installation) {
        this.master = master;
        this.output = output;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        if (workers != null && (workers < 0 || workers > MOST_WORKERS)) {
            throw new UsageException("--workers is a number from 0 to " + MOST_WORKERS);
        }
        if (port < 0 || port > LAST_PORT) {
            throw new UsageException("--port is a number from 0 to " + LAST_PORT);
        }
        ClusterFolder folder = master.cluster();
        Started started = new StartCluster(installation, folder).start(workers, port);
        if (output.isJson()) {
            output.json(ClusterReport.of(folder));
        } else {
            tell(folder, started);
        }
        return ExitCode.DONE;
    }

    private void tell(ClusterFolder folder, Started started) {
        int slots = started.workers().stream().mapToInt(WorkerView::slots).sum();
        output.line((started.already() ? "A cluster is up already" : "A cluster is up") + " at " + started.address()
                + ", with " + counted(started.workers().size(), "worker") + " and " + counted(slots, "slot") + ".");
        output.line(Walls.describe(started.workers()));
        output.line("Data, logs and keys are in " + folder.path() + ".");
        output.line(NEXT);
    }

    static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
