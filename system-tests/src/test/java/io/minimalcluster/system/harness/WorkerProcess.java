package io.minimalcluster.system.harness;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A worker process. A number makes its name unique. */
public final class WorkerProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Folder folder;
    private final Program program;
    private final String name;
    private final Api api;

    private WorkerProcess(Folder folder, Program program, String name, Api api) {
        this.folder = folder;
        this.program = program;
        this.name = name;
        this.api = api;
    }

    /** Starts a worker and waits until it is registered. */
    public static WorkerProcess start(MasterProcess master, String name, String... settings) {
        return startThrough(master.url(), master, name, settings);
    }

    /** Starts a worker that uses another address of the master, such as that of a proxy. */
    public static WorkerProcess startThrough(URI url, MasterProcess master, String name, String... settings) {
        WorkerProcess worker = launch(List.of(), url, master, name, settings);
        worker.awaitRegistered();
        return worker;
    }

    /**
     * Starts a worker without waiting.
     *
     * @param prefix command prefix, such as {@code env NAME=value}
     */
    public static WorkerProcess launch(
            List<String> prefix, URI url, MasterProcess master, String name, String... settings) {
        Folder folder = Folder.create("worker");
        String unique = name + "-" + STARTED.incrementAndGet();
        List<String> all = new ArrayList<>(List.of(
                "--minimalcluster.master-url=" + url,
                "--minimalcluster.authkey-file=" + master.data().resolve("worker.key"),
                "--minimalcluster.worker.name=" + unique,
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(List.of(settings));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Installation.worker(all));
        return new WorkerProcess(folder, Program.start(name, command, folder.path(".")), unique, master.api());
    }

    /** Waits until the worker is registered. */
    public void awaitRegistered() {
        Await.until("worker " + name, MasterProcess.TIMEOUT, () -> {
            if (!program.isAlive()) {
                throw new AssertionError("the worker ended; " + program.tail());
            }
            return find().isPresent();
        });
    }

    private Optional<JsonNode> find() {
        JsonNode items = api.get("/workers?limit=1000").expect(200).json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(worker -> worker.path("name").asString().equals(name))
                .findFirst();
    }

    /** The worker as the master shows it. */
    public JsonNode view() {
        return find().orElseThrow(() -> new AssertionError("no worker " + name));
    }

    public String id() {
        return view().path("id").asString();
    }

    public Program program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
        folder.close();
    }
}
