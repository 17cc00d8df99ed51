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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Starts what is missing of a cluster that stays: all of it, a worker that died, or nothing. */
public final class StartCluster {
    /** Where a master listens unless it is told otherwise. */
    public static final int USUAL_PORT = 8080;

    private static final Duration TIME_TO_START = Duration.ofSeconds(60);
    private static final int MANY = 1000;

    private final Installation installation;
    private final ClusterFolder folder;
    private final Consumer<String> steps;
    private final Duration patience;

    /** @param steps told what is begun, such as {@code Starting the master} */
    public StartCluster(Installation installation, ClusterFolder folder, Consumer<String> steps) {
        this(installation, folder, steps, TIME_TO_START);
    }

    StartCluster(Installation installation, ClusterFolder folder, Consumer<String> steps, Duration patience) {
        this.installation = installation;
        this.folder = folder;
        this.steps = steps;
        this.patience = patience;
    }

    /**
     * Comes back as soon as all of it takes work.
     *
     * @param workers how many beside the master's own, or null for as many as there were
     * @param port where the master must listen; 0 for any that is free, null for wherever it does, or
     *     {@link #USUAL_PORT}
     * @throws StartFailedException that says what to do about it
     */
    public Started start(@Nullable Integer workers, @Nullable Integer port) throws IOException {
        folder.create();
        try (FileChannel _ = folder.lock()) {
            int wanted = workers == null ? folder.workers() : workers;
            SlotAllocation slots = SlotAllocation.shared(Runtime.getRuntime().availableProcessors(), wanted);
            boolean ran = runs(ClusterFolder.MASTER) || findMaster();
            List<ServiceProcess> fresh = new ArrayList<>();
            URI address = ran ? running(port) : newMaster(port == null ? USUAL_PORT : port, wanted, slots, fresh);
            StopCluster stop = new StopCluster(folder);
            for (int number = folder.workers(); number > wanted; number--) {
                stop.one(ClusterFolder.worker(number));
            }
            fresh.addAll(newWorkers(address, wanted, slots));
            return new Started(address, ran && fresh.isEmpty(), active(address, wanted, fresh));
        }
    }

    /**
     * A cluster that is up.
     *
     * @param already whether all of it ran before
     * @param workers those that take work
     */
    public record Started(URI address, boolean already, List<WorkerView> workers) {
        public Started {
            workers = List.copyOf(workers);
        }
    }

    /**
     * Notes a master of this folder that runs though no file says so: whoever started it was killed before it was
     * noted.
     */
    private boolean findMaster() throws IOException {
        URI address = folder.address().orElse(null);
        if (address == null) {
            return false;
        }
        try (Client client = folder.client(address)) {
            Optional<ProcessHandle> master = client.workers(Listing.first(MANY)).items().stream()
                    .filter(worker -> worker.local() && worker.state() == WorkerState.ACTIVE)
                    .findFirst()
                    .flatMap(worker -> ProcessHandle.of(worker.pid()));
            if (master.isPresent()) {
                folder.remember(RecordedProcess.of(ClusterFolder.MASTER, master.get()));
            }
            return master.isPresent();
        } catch (UnreachableException | ProblemException | IOException _) {
            return false; // the address is that of one that was killed, or nobody's that knows this folder's key
        }
    }

    /** Of a master that runs; it may be about to say where. */
    private URI running(@Nullable Integer port) throws IOException {
        RecordedProcess master = folder.process(ClusterFolder.MASTER).orElseThrow();
        if (!PollingWait.until(patience, () -> folder.address().isPresent() || !master.isRunning())
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

    /** @param fresh takes the workers that start beside it, where it is known at what address they find it */
    private URI newMaster(int port, int workers, SlotAllocation slots, List<ServiceProcess> fresh) throws IOException {
        checkFree(port);
        Files.deleteIfExists(folder.addressFile()); // of one that was killed
        steps.accept("Starting the master" + (port == 0 ? "" : " at port " + port));
        ServiceProcess master = launch(
                ClusterFolder.MASTER,
                installation.master(List.of(
                        "--server.port=" + port,
                        "--minimalcluster.data=" + folder.data(),
                        "--minimalcluster.local-worker.slots=" + slots.ofMaster(),
                        "--minimalcluster.executor.minimum-isolation=process")));
        try {
            if (port != 0) {
                fresh.addAll(newWorkers(URI.create("http://127.0.0.1:" + port), workers, slots));
            }
            master.await("the master", patience, () -> folder.address().isPresent());
        } catch (StartFailedException e) {
            for (int number = 1; number <= fresh.size(); number++) {
                fresh.get(number - 1).close();
                folder.forget(ClusterFolder.worker(number));
            }
            master.close();
            folder.forget(ClusterFolder.MASTER);
            throw e;
        }
        return folder.address().orElseThrow();
    }

    private static void checkFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException _) {
            throw new StartFailedException("port " + port
                    + " is taken by another program: end that, or choose another with ./minimalcluster up --port N"
                    + " (0 is any that is free)");
        }
    }

    private List<ServiceProcess> newWorkers(URI master, int wanted, SlotAllocation slots) throws IOException {
        List<ServiceProcess> fresh = new ArrayList<>();
        for (int number = 1; number <= wanted; number++) {
            String name = ClusterFolder.worker(number);
            if (!runs(name)) {
                fresh.add(launch(
                        name,
                        installation.worker(List.of(
                                "--server.port=0",
                                "--minimalcluster.master-url=" + master,
                                "--minimalcluster.authkey-file=" + folder.data().resolve("worker.key"),
                                "--minimalcluster.worker.name=" + name,
                                "--minimalcluster.worker.slots=" + slots.ofWorker(),
                                "--minimalcluster.executor.minimum-isolation=process"))));
            }
        }
        return fresh;
    }

    private ServiceProcess launch(String name, List<String> command) throws IOException {
        folder.turnLog(name);
        ServiceProcess process = ServiceProcess.start(name, DetachedCommand.of(command), folder.path());
        folder.remember(RecordedProcess.of(name, process.handle()));
        return process;
    }

    /** The workers that take work, as soon as those that should be are among them. */
    private List<WorkerView> active(URI address, int wanted, List<ServiceProcess> fresh) throws IOException {
        Set<String> missing =
                IntStream.rangeClosed(1, wanted).mapToObj(ClusterFolder::worker).collect(Collectors.toSet());
        List<WorkerView> active = new ArrayList<>();
        if (!fresh.isEmpty()) {
            steps.accept("Starting " + (fresh.size() == 1 ? "a worker" : fresh.size() + " workers"));
        }
        try (Client client = folder.client(address)) {
            boolean complete = PollingWait.until(patience, () -> {
                fresh.forEach(ServiceProcess::mustRun);
                active.clear();
                active.addAll(client.workers(Listing.first(MANY)).items());
                active.removeIf(worker -> worker.state() != WorkerState.ACTIVE || !isThere(worker));
                active.forEach(worker -> missing.remove(worker.name()));
                return missing.isEmpty() && active.stream().anyMatch(WorkerView::local);
            });
            if (!complete) {
                throw new StartFailedException("the master is at " + address + ", but after " + patience.toSeconds()
                        + " seconds not every worker is"
                        + (missing.isEmpty() ? "" : ": " + missing.iterator().next())
                        + "; see " + folder.log(missing.stream().findFirst().orElse(ClusterFolder.MASTER)));
            }
        }
        return active;
    }

    /** The master may not have noticed yet that a process of this machine was killed. */
    private static boolean isThere(WorkerView worker) {
        return ProcessHandle.of(worker.pid()).isPresent();
    }

    private boolean runs(String name) throws IOException {
        return folder.process(name).map(RecordedProcess::isRunning).orElse(false);
    }
}
