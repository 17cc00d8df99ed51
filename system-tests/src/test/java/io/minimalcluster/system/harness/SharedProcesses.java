package io.minimalcluster.system.harness;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Hands a {@link QuietMaster} or a {@link Cluster} to the tests that ask for one: each is started once for all. */
public final class SharedProcesses implements ParameterResolver, AfterEachCallback, TestWatcher {
    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(SharedProcesses.class));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == QuietMaster.class || type == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == QuietMaster.class
                ? shared(context, QuietMaster.class, QuietMaster::start)
                : shared(context, Cluster.class, Cluster::start);
    }

    private static <T> T shared(ExtensionContext context, Class<T> type, Supplier<T> start) {
        return store(context).computeIfAbsent(type, _ -> start.get(), type);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        QuietMaster master = store(context).get(QuietMaster.class, QuietMaster.class);
        if (master != null) {
            master.tidy();
        }
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        QuietMaster quiet = store(context).get(QuietMaster.class, QuietMaster.class);
        Cluster cluster = store(context).get(Cluster.class, Cluster.class);
        if (quiet != null) {
            context.publishReportEntry("quiet", quiet.tail());
        }
        if (cluster != null) {
            context.publishReportEntry("cluster", cluster.master().program().tail());
        }
    }
}
