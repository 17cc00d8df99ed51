package io.minimalcluster.master.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.security.key.KeyRing;
import io.minimalcluster.worker.Worker;
import io.minimalcluster.worker.WorkerFactory;
import io.minimalcluster.worker.launch.IsolationUnavailableException;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The worker inside the process of the master. It uses the code and the HTTP calls of a separate worker. It joins at
 * startup if enabled, and joins and leaves by API calls.
 */
@Component
final class LocalWorker implements MeterBinder, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalWorker.class);

    private final boolean enabled;
    private final WorkerSettings settings;
    private final ExecutorSettings executor;
    private final String version;
    private final KeyRing keys;
    private final MasterUrl url;
    private final MasterCertificate certificate;
    private volatile @Nullable Worker worker; // written under the lock
    // all guarded by this
    private @Nullable Launcher launcher;
    private boolean closed;

    /** @throws StartupException if the worker is enabled and the minimum isolation level is not available */
    LocalWorker(
            LocalWorkerSettings settings,
            ShutdownSettings shutdown,
            ExecutorSettings executor,
            ObjectProvider<BuildProperties> build,
            KeyRing keys,
            MasterUrl url,
            MasterCertificate certificate)
            throws IOException {
        this.enabled = settings.enabled();
        this.settings = settings.toWorker(shutdown.drain());
        this.executor = executor;
        this.version = MasterVersion.of(build);
        this.keys = keys;
        this.url = url;
        this.certificate = certificate;
        try {
            this.launcher = enabled ? open() : null;
        } catch (IsolationUnavailableException e) {
            throw new StartupException(e.getMessage() + ", or set minimalcluster.local-worker.enabled=false");
        }
    }

    private Launcher open() throws IOException {
        return Launcher.open(WorkerFactory.launchSettings(executor));
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void joinAtStart() {
        if (enabled) {
            join();
        }
    }

    /**
     * Starts the worker, unless it is running.
     *
     * @throws Conflict if the minimum isolation level is not available
     */
    synchronized void join() {
        if (worker != null || closed) {
            return;
        }
        try {
            Launcher currentLauncher = launcher == null ? open() : launcher;
            launcher = currentLauncher;
            Worker started = WorkerFactory.assemble(
                    currentLauncher,
                    new WorkerFactory.Identity(settings, version, true),
                    executor,
                    KeySource.given(AuthKey.of(keys.localWorkerKey())),
                    new MasterAddresses(List.of(URI.create(url.local())), certificate.trust()));
            worker = started;
            started.start();
            log.info("event=local-worker.joined slots={}", settings.slotsOrDefault());
        } catch (IsolationUnavailableException e) {
            throw new Conflict("The local worker can't join: " + e.getMessage(), "NO_ISOLATION");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the worker is running. */
    synchronized boolean hasJoined() {
        return worker != null;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("minimalcluster.executors", this, LocalWorker::executors)
                .description("Executor processes of the local worker")
                .register(registry);
    }

    /** Number of executors. Does not block. */
    private int executors() {
        Worker running = worker;
        return running == null ? 0 : running.executors();
    }

    int slots() {
        return settings.slotsOrDefault();
    }

    /** Drains the worker within the limit and stops it, if it is running. */
    synchronized void leave(Duration limit) {
        Worker running = worker;
        if (running == null) {
            return;
        }
        try {
            running.drain(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.close();
        }
        worker = null;
        closeLauncher();
        log.info("event=local-worker.left");
    }

    private void closeLauncher() {
        if (launcher != null) {
            launcher.close();
            launcher = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Worker running = worker;
        if (running != null) {
            running.close();
            worker = null;
        }
        closeLauncher();
    }
}
