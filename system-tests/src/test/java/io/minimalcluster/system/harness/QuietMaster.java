package io.minimalcluster.system.harness;

import io.minimalcluster.model.support.Sha256;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A master without worker processes, with a key for each role, small limits and short leases. Tests act as its workers.
 */
public final class QuietMaster implements AutoCloseable {
    /** Maximum size of a request body in bytes. */
    public static final int REQUEST_BYTES = 1024 * 1024;

    /** Maximum size of a result in bytes. */
    public static final int RESULT_BYTES = 100 * 1024;

    private static final List<String> OWNERS = List.of("alice", "bob", "wanda", "oscar", "adam");
    private static final List<String> ROLES = List.of("client", "client", "worker", "observer", "admin");

    private final MasterProcess process;
    private final List<RawWorker> workers = new ArrayList<>();

    private QuietMaster(MasterProcess process) {
        this.process = process;
    }

    static QuietMaster start() {
        List<String> settings = new ArrayList<>(List.of(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.lease.duration=2s",
                "--minimalcluster.lease.heartbeat=500ms",
                "--minimalcluster.limits.request-bytes=" + REQUEST_BYTES + "B",
                "--minimalcluster.limits.source-bytes=64k",
                "--minimalcluster.executor.max-result=100k",
                "--minimalcluster.streams.keep-alive=1s",
                "--minimalcluster.backup.keep=2",
                "--minimalcluster.streams.max-open=20",
                "--minimalcluster.streams.max-open-per-owner=15"));
        for (int i = 0; i < OWNERS.size(); i++) {
            String key = "--minimalcluster.keys[" + i + "].";
            settings.add(key + "name=" + OWNERS.get(i));
            settings.add(key + "role=" + ROLES.get(i));
            settings.add(key + "sha256=" + Sha256.hex(secret(OWNERS.get(i))));
        }
        return new QuietMaster(MasterProcess.start(settings.toArray(String[]::new)));
    }

    private static String secret(String owner) {
        return "secret-of-" + owner;
    }

    public URI url() {
        return process.url();
    }

    public Path data() {
        return process.data();
    }

    /** The key of a worker. */
    public String workerKey() {
        return secret("wanda");
    }

    private Api as(String owner) {
        return Api.of(process.url(), secret(owner));
    }

    /** A client. */
    public Api alice() {
        return as("alice");
    }

    /** Another client. */
    public Api bob() {
        return as("bob");
    }

    public Api worker() {
        return as("wanda");
    }

    public Api observer() {
        return as("oscar");
    }

    public Api admin() {
        return as("adam");
    }

    /** Registers a worker that leaves at the end of the test. */
    public RawWorker newWorker(String name) {
        RawWorker worker = RawWorker.register(worker(), name);
        workers.add(worker);
        return worker;
    }

    /** Registers a worker with labels (JSON) that leaves at the end of the test. */
    public RawWorker newWorker(String name, String labels, boolean network) {
        String registration = RawWorker.registration(name, 2, 1, "25.0.1")
                .replace("\"labels\":{}", "\"labels\":" + labels + ",\"network\":" + network);
        RawWorker worker = RawWorker.registerAs(worker(), registration);
        workers.add(worker);
        return worker;
    }

    /** Deregisters the workers of a test and cancels its jobs. */
    void cleanUp() {
        workers.forEach(RawWorker::leave);
        workers.clear();
        MasterProcess.cancelJobs(admin());
    }

    /** The last lines of the master's output. */
    public String tail() {
        return process.program().tail();
    }

    @Override
    public void close() {
        process.close();
    }
}
