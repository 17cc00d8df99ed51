package io.minimalcluster.master.cluster;

import io.minimalcluster.master.StartRefused;
import io.minimalcluster.master.security.KeyRing;
import io.minimalcluster.worker.WorkerAssembly;
import io.minimalcluster.worker.launch.IsolationUnavailable;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.WorkerSettings;
import io.minimalcluster.worker.work.Worker;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * The worker that is a part of this master: the same code as any other, over the same calls, with executors of its own.
 */
final class LocalWorker implements AutoCloseable {
    private final Launcher launcher;
    private final WorkerAssembly.Identity identity;
    private final ExecutorSettings executor;
    private final KeyRing keys;
    private final MasterUrl url;
    private volatile @Nullable Worker worker;

    LocalWorker(WorkerSettings settings, String version, ExecutorSettings executor, KeyRing keys, MasterUrl url)
            throws IOException {
        try {
            this.launcher = Launcher.open(WorkerAssembly.launchSettings(executor));
        } catch (IsolationUnavailable e) {
            throw new StartRefused(e.getMessage() + ", or set minimalcluster.local-worker.enabled=false");
        }
        this.identity = new WorkerAssembly.Identity(settings, version, true);
        this.executor = executor;
        this.keys = keys;
        this.url = url;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() throws IOException {
        Worker started = WorkerAssembly.assemble(
                launcher,
                identity,
                executor,
                KeySource.given(AuthKey.of(keys.localWorkerKey())),
                new MasterAddresses(List.of(URI.create(url.local()))));
        worker = started;
        started.start();
    }

    /** Lets what runs come to its end, within its limit, and leaves. */
    void drain() {
        Worker running = worker;
        if (running != null) {
            try {
                running.drain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running.close();
            }
        }
    }

    @Override
    public void close() {
        Worker running = worker;
        if (running != null) {
            running.close();
        }
        launcher.close();
    }
}
