package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.client.cli.output.StartupProgress;
import io.minimalcluster.client.local.ClusterFolder;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.IsolationText;
import io.minimalcluster.client.local.StartCluster;
import io.minimalcluster.client.local.StartCluster.Started;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Start a cluster in the background, or its missing processes.",
            "It has a master with a local worker, and additional workers."
        },
        footer = "./minimalcluster up --workers 2")
public final class UpCommand implements Callable<Integer> {
    private static final int MAX_WORKERS = 100;
    private static final int MAX_PORT = 65_535;
    private static final String NEXT_STEPS = """

            What to try next:
              ./minimalcluster run examples/Pi.java -f pi --range 0..1000000 --reduce mean%1$s
              ./minimalcluster run examples/Hypot.java -f hypotenuse --args '[[3,4],[5,12]]'%1$s
              ./minimalcluster status%1$s        shows its state
              ./minimalcluster down%1$s          stops it; jobs and results are kept for the next time""";

    private final MasterOptions master;
    private final Output output;
    private final CliContext context;
    private final Installation installation;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Additional worker processes; by default the previous number, at first none.")
    private @Nullable Integer workers;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of the master, " + StartCluster.DEFAULT_PORT + " by default; 0 is any free port.")
    private @Nullable Integer port;

    public UpCommand(MasterOptions master, Output output, CliContext context, Installation installation) {
        this.master = master;
        this.output = output;
        this.context = context;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        if (workers != null && (workers < 0 || workers > MAX_WORKERS)) {
            throw new UsageException("--workers is a number from 0 to " + MAX_WORKERS);
        }
        if (port != null && (port < 0 || port > MAX_PORT)) {
            throw new UsageException("--port is a number from 0 to " + MAX_PORT);
        }
        ClusterFolder folder = master.cluster();
        Started started = start(folder);
        if (output.isJson()) {
            output.json(ClusterReport.of(folder));
        } else {
            print(folder, started);
        }
        return ExitCode.DONE;
    }

    private Started start(ClusterFolder folder) throws IOException {
        try (StartupProgress progress = new StartupProgress(context.err(), context.terminal(), context.nanoTime())) {
            return new StartCluster(installation, folder, progress).start(workers, port);
        }
    }

    private void print(ClusterFolder folder, Started started) throws IOException {
        int slots = started.workers().stream().mapToInt(WorkerView::slots).sum();
        output.line((started.already() ? "A cluster is up already" : "A cluster is up") + " at " + started.address()
                + ", with " + ProgressFormatter.counted(started.workers().size(), "worker") + " and "
                + ProgressFormatter.counted(slots, "slot") + ".");
        output.line(IsolationText.describe(started.workers()));
        output.line("Data, logs and keys are in " + folder.path() + ".");
        output.line("Dashboard: " + dashboard(folder, started.address()));
        output.line(NEXT_STEPS.formatted(master.givenOptions()));
    }

    /**
     * The address of the dashboard, with a code that signs in once; without it if the master is of an older version.
     */
    private static String dashboard(ClusterFolder folder, URI address) throws IOException {
        try (Client client = folder.client(address)) {
            return address + "/#code=" + client.signInCode() + "  (signs in once, within 15 minutes)";
        } catch (ProblemException | UnreachableException _) {
            return address + "/";
        }
    }
}
