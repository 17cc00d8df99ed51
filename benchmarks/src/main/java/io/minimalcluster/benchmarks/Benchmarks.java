package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.LocalCluster;
import io.minimalcluster.client.local.TemporaryFolder;
import io.minimalcluster.model.worker.WorkerView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Starts the cluster, takes every figure, prints them. */
public final class Benchmarks {
    static final List<String> WORKER = List.of("--minimalcluster.worker.slots=1");

    private final PrintStream out;
    private final Installation installation;
    private final Options options;

    private Benchmarks(PrintStream out, Installation installation, Options options) {
        this.out = out;
        this.installation = installation;
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            new Benchmarks(out, Installation.current(), Options.of(args)).run();
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    private void run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        TemporaryFolder folder = new TemporaryFolder("minimalcluster-bench-");
        try (LocalCluster cluster = new LocalCluster(installation, folder)) {
            cluster.launchMaster(List.of("--minimalcluster.local-worker.enabled=false"));
            cluster.startWorker("first", WORKER);
            cluster.startWorker("second", WORKER);
            cluster.awaitMaster();
            try (Client client = cluster.client()) {
                Machine machine = Machine.of(isolation(cluster.awaitWorkers(client, 2)), folder.path());
                out.println(machine + "; " + options.rounds() + " rounds");
                for (Bench bench : benches()) {
                    figures.addAll(told(bench.measure(new Work(client), options.rounds())));
                }
                write(machine, figures);
            }
        }
    }

    private List<Bench> benches() {
        return List.of(
                new Pi(installation.example("Pi.java")),
                new Factorization(installation.example("Factorization.java")),
                new SmallJobs(),
                new NewCode(),
                (_, rounds) -> List.of(new ColdStart(installation).measure(rounds)));
    }

    /** A sign of life: the whole takes a minute or two. */
    private List<Figure> told(List<Figure> figures) {
        figures.forEach(figure -> out.println("measured: " + figure.name()));
        return figures;
    }

    private void write(Machine machine, List<Figure> figures) throws IOException {
        out.println();
        out.print(Table.of(figures));
        Path file = options.json();
        if (file != null) {
            Files.writeString(
                    file,
                    JsonMapper.shared().writeValueAsString(Map.of("machine", machine, "figures", figures)) + "\n");
        }
    }

    private static String isolation(List<WorkerView> workers) {
        return workers.stream()
                .map(worker -> worker.isolation().name().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(" and "));
    }
}
