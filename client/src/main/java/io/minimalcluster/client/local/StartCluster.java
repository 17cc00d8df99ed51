package io.minimalcluster.client.local;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the missing processes of a background cluster: all of them, a worker that died, or none. */
public final class StartCluster {
    /** The default port of a master. */
    public static final int DEFAULT_PORT = 8080;

    /** Long enough for a very busy machine. A process that ends is noticed at once. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private static final int MAX_LISTED_WORKERS = 1000;

    private final Installation installation;
    private final ClusterFolder folder;
    private final Consumer<String> steps;
    private final Duration timeout;

    /** @param steps receives the name of each step, such as {@code Starting the master} */
    public StartCluster(Installation installation, ClusterFolder folder, Consumer<String> steps) {
        this(installation, folder, steps, START_TIMEOUT);
    }

    StartCluster(Installation installation, ClusterFolder folder, Consumer<String> steps, Duration timeout) {
        this.installation = installation;
        this.folder = folder;
        this.steps = steps;
        this.timeout = timeout;
    }

    /**
     * Starts the cluster and returns when all its workers are active.
     *
     * @param workers number of workers beside the local worker, or null for the previous number
     * @param port port of the master; 0 for any free port; null for the current port of a running master, otherwise
     *     {@link #DEFAULT_PORT}
     * @throws StartFailedException if a process does not start; the message contains a remedy
     */
    public Started start(@Nullable Integer workers, @Nullable Integer port) throws IOException {
        folder.create();
        try (FileChannel _ = folder.lock()) {
            int wanted = workers == null ? folder.workers() : workers;
            SlotAllocation slots = SlotAllocation.shared(Runtime.getRuntime().availableProcessors(), wanted);
            boolean ran = runs(ClusterFolder.MASTER) || findMaster();
            List<ServiceProcess> started = new ArrayList<>();
            URI address = ran
                    ? addressOfRunningMaster(port)
                    : startMaster(port == null ? DEFAULT_PORT : port, wanted, slots, started);
            StopCluster stop = new StopCluster(folder);
            for (int number = folder.workers(); number > wanted; number--) {
                stop.one(ClusterFolder.worker(number));
            }
            started.addAll(startMissingWorkers(address, wanted, slots));
            return new Started(address, ran && started.isEmpty(), awaitWorkers(address, wanted, started));
        }
    }

    /**
     * A running cluster.
     *
     * @param already whether all processes ran before
     * @param workers active workers
     */
    public record Started(URI address, boolean already, List<WorkerView> workers) {
        public Started {
            workers = List.copyOf(workers);
        }
    }

    /**
     * Records a running master of this folder that has no record, because the process that started it was killed before
     * writing the record.
     */
    private boolean findMaster() throws IOException {
        URI address = folder.address().orElse(null);
        if (address == null) {
            return false;
        }
        try (Client client = folder.client(address)) {
            Optional<ProcessHandle> master = client.workers(Listing.first(MAX_LISTED_WORKERS)).items().stream()
                    .filter(worker -> worker.local() && worker.state() == WorkerState.ACTIVE)
                    .findFirst()
                    .flatMap(worker -> ProcessHandle.of(worker.pid()));
            if (master.isPresent()) {
                folder.saveRecord(RecordedProcess.of(ClusterFolder.MASTER, master.get()));
            }
            return master.isPresent();
        } catch (UnreachableException | ProblemException | IOException _) {
            return false; // the address is outdated, or another process listens there
        }
    }

    /** The address of a running master. It waits for a master that still starts. */
    private URI addressOfRunningMaster(@Nullable Integer port) throws IOException {
        RecordedProcess master = folder.process(ClusterFolder.MASTER).orElseThrow();
        if (!PollingWait.until(timeout, () -> folder.address().isPresent() || !master.isRunning())
                || !master.isRunning()) {
            throw unresponsive(master, "has not begun to listen");
        }
        URI address = folder.address().orElseThrow();
        try (Client client = folder.client(address)) {
            client.workers(Listing.first(1));
            checkPort(address, port);
            return address;
        } catch (UnreachableException | ProblemException | IOException _) {
            throw unresponsive(master, "does not answer at " + address);
        }
    }

    private static void checkPort(URI address, @Nullable Integer port) {
        if (port != null && port != 0 && port != address.getPort()) {
            throw new StartFailedException("a cluster is up already at " + address + ", not at port " + port
                    + ": leave --port out, or first stop it with ./minimalcluster down");
        }
    }

    private StartFailedException unresponsive(RecordedProcess master, String what) {
        return new StartFailedException("the master, process " + master.pid() + ", runs since " + master.since()
                + " and " + what + "; see " + folder.log(ClusterFolder.MASTER)
                + ", or end it with ./minimalcluster down");
    }

    /** @param started receives the workers that start in parallel with the master, if its port is known in advance */
    private URI startMaster(int port, int workers, SlotAllocation slots, List<ServiceProcess> started)
            throws IOException {
        checkPortIsFree(port);
        Files.deleteIfExists(folder.addressFile()); // may be left from a killed master
        steps.accept("Starting the master" + (port == 0 ? "" : " at port " + port));
        ServiceProcess master = launch(
                ClusterFolder.MASTER,
                installation.master(List.of(
                        "--server.port=" + port,
                        "--minimalcluster.data=" + folder.data(),
                        "--minimalcluster.local-worker.slots=" + slots.ofMaster(),
                        "--minimalcluster.executor.minimum-isolation=process")));
        try {
            if (port != 0 && !mayUseTls()) {
                started.addAll(startMissingWorkers(URI.create("http://127.0.0.1:" + port), workers, slots));
            }
            master.await("the master", timeout, () -> folder.address().isPresent());
        } catch (StartFailedException e) {
            for (int number = 1; number <= started.size(); number++) {
                started.get(number - 1).close();
                folder.deleteRecord(ClusterFolder.worker(number));
            }
            master.close();
            folder.deleteRecord(ClusterFolder.MASTER);
            throw e;
        }
        return folder.address().orElseThrow();
    }

    /**
     * Whether the JVM options of the master or a configuration in its folder may set up TLS. Then its address is known
     * only when the master has written it.
     */
    private boolean mayUseTls() {
        String options = System.getenv().getOrDefault(ServiceKind.MASTER.optionsVariable(), "");
        return options.contains("ssl")
                || options.contains("spring.config")
                || Stream.of("application.yaml", "application.yml", "application.properties", "config")
                        .anyMatch(name -> Files.exists(folder.path().resolve(name)));
    }

    private static void checkPortIsFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException _) {
            throw new StartFailedException("port " + port
                    + " is taken by another program: end that, or choose another with ./minimalcluster up --port N"
                    + " (0 is any that is free)");
        }
    }

    private List<ServiceProcess> startMissingWorkers(URI master, int wanted, SlotAllocation slots) throws IOException {
        List<ServiceProcess> started = new ArrayList<>();
        for (int number = 1; number <= wanted; number++) {
            String name = ClusterFolder.worker(number);
            if (!runs(name)) {
                List<String> settings = new ArrayList<>(List.of(
                        "--server.port=0",
                        "--minimalcluster.master-url=" + master,
                        "--minimalcluster.authkey-file=" + folder.data().resolve("worker.key"),
                        "--minimalcluster.worker.name=" + name,
                        "--minimalcluster.worker.slots=" + slots.ofWorker(),
                        "--minimalcluster.executor.minimum-isolation=process"));
                if (folder.caFile() != null) {
                    settings.add("--minimalcluster.ca-file=" + folder.caFile().toAbsolutePath());
                }
                started.add(launch(name, installation.worker(settings)));
            }
        }
        return started;
    }

    private ServiceProcess launch(String name, List<String> command) throws IOException {
        folder.rotateLog(name);
        ServiceProcess process = ServiceProcess.start(name, detached(command), folder.path());
        folder.saveRecord(RecordedProcess.of(name, process.handle()));
        return process;
    }

    /** Prefixes a command with setsid, or nohup where setsid is missing, so that it outlives its terminal. */
    private static List<String> detached(List<String> command) {
        List<String> detached = new ArrayList<>(command);
        Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/bin/nohup", "/bin/nohup")
                .filter(tool -> Files.isExecutable(Path.of(tool)))
                .findFirst()
                .ifPresent(detached::addFirst);
        return detached;
    }

    /** Waits until all expected workers are active, and returns the active workers. */
    private List<WorkerView> awaitWorkers(URI address, int wanted, List<ServiceProcess> started) throws IOException {
        Set<String> missing =
                IntStream.rangeClosed(1, wanted).mapToObj(ClusterFolder::worker).collect(Collectors.toSet());
        List<WorkerView> active = new ArrayList<>();
        if (!started.isEmpty()) {
            steps.accept("Starting " + (started.size() == 1 ? "a worker" : started.size() + " workers"));
        }
        try (Client client = folder.client(address)) {
            boolean complete = PollingWait.until(timeout, () -> {
                started.forEach(ServiceProcess::checkRunning);
                active.clear();
                active.addAll(client.workers(Listing.first(MAX_LISTED_WORKERS)).items());
                active.removeIf(worker -> worker.state() != WorkerState.ACTIVE || !exists(worker));
                active.forEach(worker -> missing.remove(worker.name()));
                return missing.isEmpty() && active.stream().anyMatch(WorkerView::local);
            });
            if (!complete) {
                throw new StartFailedException("the master is at " + address + ", but after " + timeout.toSeconds()
                        + " seconds not every worker is"
                        + (missing.isEmpty() ? "" : ": " + missing.iterator().next())
                        + "; see " + folder.log(missing.stream().findFirst().orElse(ClusterFolder.MASTER)));
            }
        }
        return active;
    }

    /** Whether the process exists. The master may not have detected yet that a local process was killed. */
    private static boolean exists(WorkerView worker) {
        return ProcessHandle.of(worker.pid()).isPresent();
    }

    private boolean runs(String name) throws IOException {
        return folder.process(name).map(RecordedProcess::isRunning).orElse(false);
    }
}
