package io.minimalcluster.client.demo;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.output.ProgressDisplay;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.IsolationText;
import io.minimalcluster.client.local.LocalCluster;
import io.minimalcluster.client.local.StartFailedException;
import io.minimalcluster.client.local.TemporaryFolder;
import io.minimalcluster.model.worker.WorkerView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The demo: starts a master and two workers, estimates Pi, prints the result and stops the cluster. */
public final class Demo {
    private static final long TASKS = 1_000_000;
    private static final int WORKERS = 2;

    private final PrintStream out;
    private final Installation installation;
    private final LocalCluster cluster;

    private Demo(PrintStream out, Installation installation, LocalCluster cluster) {
        this.out = out;
        this.installation = installation;
        this.cluster = cluster;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Installation installation = Installation.current();
        System.exit(
                new Demo(out, installation, new LocalCluster(installation, new TemporaryFolder("minimalcluster-demo-")))
                        .run());
    }

    private int run() throws IOException {
        try (cluster) {
            runDemo();
            return 0;
        } catch (StartFailedException | ProblemException | UnreachableException e) {
            if (!cluster.endsWithJvm()) {
                out.println("The demo failed: " + e.getMessage());
            }
            return 1;
        }
    }

    private void runDemo() throws IOException {
        out.println("Starting a master with a worker in it, and one more worker, each a process of its own.");
        cluster.launchMaster(List.of(
                "--minimalcluster.local-worker.slots=" + slots(),
                "--minimalcluster.executor.minimum-isolation=process"));
        cluster.startWorker(
                "second",
                List.of(
                        "--minimalcluster.worker.slots=" + slots(),
                        "--minimalcluster.executor.minimum-isolation=process"));
        URI url = cluster.awaitMaster();
        try (Client client = cluster.client()) {
            List<WorkerView> workers = cluster.awaitWorkers(client, WORKERS);
            out.println("The master is at " + url + ". " + IsolationText.describe(workers));
            ProgressDisplay progress =
                    new ProgressDisplay(out, Boolean.getBoolean("minimalcluster.terminal"), System::nanoTime);
            out.println("Estimating Pi with 1,000,000 tasks: examples/Pi.java, mapped over a range.");
            PiEstimate estimate = PiEstimate.of(client, installation.example("Pi.java"), TASKS, progress);
            out.println(estimate);
            client.workers(Listing.first(WORKERS)).items().forEach(worker -> out.println("  " + describe(worker)));
        }
        out.println(NEXT_STEPS);
    }

    private static String describe(WorkerView worker) {
        return String.format(
                Locale.ROOT,
                "%s%s, process %d, %d slot%s: %,d tasks",
                worker.name(),
                worker.local() ? " (in the master)" : "",
                worker.pid(),
                worker.slots(),
                worker.slots() == 1 ? "" : "s",
                worker.tasksDone());
    }

    /** The slots of each worker, so that both workers together use every core. */
    private static int slots() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / WORKERS);
    }

    private static final String NEXT_STEPS = """

            What to try next:
              ./minimalcluster up            a cluster in the background, until ./minimalcluster down
              ./minimalcluster run examples/Factorization.java -f factors --range 0..20
              ./minimalcluster run examples/Hypot.java -f hypotenuse --args '[[3,4],[5,12]]'
              ./minimalcluster help          all commands""";
}
