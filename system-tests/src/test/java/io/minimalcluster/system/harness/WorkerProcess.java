package io.minimalcluster.system.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A worker as a process. */
public final class WorkerProcess implements AutoCloseable {
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

    /** Starts it and waits until it is registered. */
    public static WorkerProcess start(MasterProcess master, String name, String... settings) {
        WorkerProcess worker = launch(master, name, settings);
        Await.until("worker " + name, () -> {
            if (!worker.program.isAlive()) {
                throw new AssertionError("the worker ended; " + worker.program.tail());
            }
            return worker.find().isPresent();
        });
        return worker;
    }

    /** Starts it, and waits for nothing. */
    public static WorkerProcess launch(MasterProcess master, String name, String... settings) {
        Folder folder = Folder.create("worker");
        List<String> all = new ArrayList<>(List.of(
                "--minimalcluster.master-url=" + master.url(),
                "--minimalcluster.authkey-file=" + master.data().resolve("worker.key"),
                "--minimalcluster.worker.name=" + name,
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(List.of(settings));
        Program program = Program.start(name, Installation.worker(all), folder.path("."));
        return new WorkerProcess(folder, program, name, master.api());
    }

    private Optional<JsonNode> find() {
        JsonNode items = api.get("/workers").expect(200).json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(worker -> worker.path("name").asString().equals(name))
                .findFirst();
    }

    /** How the master shows it. */
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
