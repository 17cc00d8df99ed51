package io.minimalcluster.system.harness;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Resolves the parameters that {@link UseShared} names. {@link QuietMaster}, {@link Cluster} and {@link Browser} keep
 * running. {@link MasterProcess} has no workers; tests may kill it, and it is restarted for the next test.
 */
public final class SharedProcesses implements ParameterResolver, AfterEachCallback, TestWatcher {
    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(SharedProcesses.class));
    }

    private static UseShared annotation(ExtensionContext context) {
        return context.getRequiredTestClass().getAnnotation(UseShared.class);
    }

    private static List<Class<?>> used(ExtensionContext context) {
        return List.of(annotation(context).value());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return used(context).contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == QuietMaster.class) {
            return shared(context, QuietMaster.class, QuietMaster::start);
        }
        if (type == Browser.class) {
            return shared(context, Browser.class, Browser::start);
        }
        return type == Cluster.class ? shared(context, Cluster.class, Cluster::start) : master(context);
    }

    /** Returns the shared master: running, and without unfinished jobs of earlier tests. */
    public static MasterProcess master(ExtensionContext context) {
        MasterProcess master = shared(context, MasterProcess.class, SharedProcesses::startMaster);
        Await.until("an answer of the shared master", () -> isReady(master));
        return master;
    }

    /** Returns false during the graceful shutdown of an earlier test, or after a failure of a stale connection. */
    private static boolean isReady(MasterProcess master) {
        if (!master.program().isAlive()) {
            master.restart();
        }
        try {
            master.cancelJobs();
            return true;
        } catch (UncheckedIOException stale) {
            return false;
        }
    }

    private static MasterProcess startMaster() {
        return MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.local-worker.slots=1",
                "--minimalcluster.executor.heap=64m",
                "--minimalcluster.lease.duration=6s",
                "--minimalcluster.lease.heartbeat=500ms",
                "--minimalcluster.limits.body-idle-timeout=3s");
    }

    private static <T> T shared(ExtensionContext context, Class<T> type, Supplier<T> start) {
        return store(context).computeIfAbsent(UseShared.Locks.name(annotation(context), type), _ -> start.get(), type);
    }

    private static <T> @Nullable T started(ExtensionContext context, Class<T> type) {
        return used(context).contains(type)
                ? store(context).get(UseShared.Locks.name(annotation(context), type), type)
                : null;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        QuietMaster quiet = started(context, QuietMaster.class);
        if (quiet != null) {
            quiet.cleanUp();
        }
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        QuietMaster quiet = started(context, QuietMaster.class);
        Cluster cluster = started(context, Cluster.class);
        MasterProcess master = started(context, MasterProcess.class);
        if (quiet != null) {
            context.publishReportEntry("quiet", quiet.tail());
        }
        if (cluster != null) {
            context.publishReportEntry("cluster", cluster.master().program().tail());
        }
        if (master != null) {
            context.publishReportEntry("master", master.program().tail());
            master.program().kill(); // it may be frozen
        }
    }
}
