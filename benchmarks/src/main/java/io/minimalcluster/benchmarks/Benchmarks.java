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

/** The command {@code bench}: starts a cluster, runs all benchmarks and prints the measurements. */
public final class Benchmarks {
    static final List<String> WORKER = List.of("--minimalcluster.worker.slots=1");

    private final PrintStream out;
    private final Installation installation;
    private final BenchmarkOptions options;

    private Benchmarks(PrintStream out, Installation installation, BenchmarkOptions options) {
        this.out = out;
        this.installation = installation;
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BenchmarkOptions options;
        try {
            options = BenchmarkOptions.of(args);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Benchmarks(out, Installation.current(), options).run() ? 0 : 1);
    }

    /** Returns whether all measurements could be taken. */
    private boolean run() throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        MachineInfo machine;
        TemporaryFolder folder = new TemporaryFolder("minimalcluster-bench-");
        try (LocalCluster cluster = new LocalCluster(installation, folder)) {
            cluster.launchMaster(List.of("--minimalcluster.local-worker.enabled=false"));
            cluster.startWorker("first", WORKER);
            cluster.startWorker("second", WORKER);
            cluster.awaitMaster();
            try (Client client = cluster.client()) {
                machine = MachineInfo.of(isolation(cluster.awaitWorkers(client, 2)), folder.path());
                out.println(machine + "; " + options.rounds() + " rounds");
                if (options.curves()) {
                    new CurveBenchmarks(new Workload(client), options.rounds())
                            .measure()
                            .forEach(curve -> out.println("\n" + curve));
                    return true;
                }
                for (Benchmark benchmark : benchmarks()) {
                    measurements.addAll(reported(benchmark.measure(new Workload(client), options.rounds())));
                }
            }
        }
        out.println();
        out.print(Measurement.table(measurements));
        List<PeerSystem> systems = options.peers() ? List.of(PeerSystem.values()) : List.of();
        PeerRuns peers = PeerRuns.of(systems, this::measured, out);
        if (options.peers()) {
            out.println();
            out.print(new Comparison(measurements, peers.measured()));
        }
        write(machine, measurements, peers.measured());
        return peers.failed().isEmpty();
    }

    private List<Measurement> measured(PeerSystem system) throws IOException {
        try (DriverProcess driver = new DriverProcess(installation, system)) {
            return reported(new PeerBenchmarks(driver.connection(), options.rounds()).measure());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; see " + system.log(installation), e);
        }
    }

    private List<Benchmark> benchmarks() {
        return List.of(
                new PiBenchmark(installation.example("Pi.java")),
                new FactorizationBenchmark(installation.example("Factorization.java")),
                new SmallJobsBenchmark(),
                new LargeArgumentsBenchmark(),
                new NewCodeBenchmark(),
                new ColdStartBenchmark(installation));
    }

    /** Prints progress, because all benchmarks together take minutes. */
    private List<Measurement> reported(List<Measurement> measurements) {
        measurements.forEach(measurement -> out.println("measured: " + measurement.name()));
        return measurements;
    }

    private void write(MachineInfo machine, List<Measurement> measurements, Map<String, List<Measurement>> peers)
            throws IOException {
        Path file = options.json();
        if (file != null) {
            Files.writeString(
                    file,
                    JsonMapper.shared()
                                    .writeValueAsString(
                                            Map.of("machine", machine, "figures", measurements, "peers", peers))
                            + "\n");
        }
    }

    private static String isolation(List<WorkerView> workers) {
        return workers.stream()
                .map(worker -> worker.isolation().name().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(" and "));
    }
}
