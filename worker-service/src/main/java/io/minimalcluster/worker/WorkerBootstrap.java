package io.minimalcluster.worker;

import io.minimalcluster.worker.WorkerFactory.Identity;
import io.minimalcluster.worker.actuator.ActuatorContent;
import io.minimalcluster.worker.actuator.ActuatorServer;
import io.minimalcluster.worker.launch.IsolationUnavailableException;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.settings.ConnectionSettings;
import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.KnownSettings;
import io.minimalcluster.worker.settings.SettingCheck;
import io.minimalcluster.worker.settings.WorkerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;

/** Starts the worker and its HTTP server from the settings. */
final class WorkerBootstrap {
    private static final Logger log = LoggerFactory.getLogger(WorkerBootstrap.class);
    private static final KnownSettings KNOWN =
            KnownSettings.of(ConnectionSettings.class, WorkerSettings.class, ExecutorSettings.class);

    /** Settings of Spring Boot for a port with TLS and for its actuator, which a worker does not have. */
    private static final List<String> IGNORED = List.of("server.ssl", "spring.ssl", "management");

    private WorkerBootstrap() {}

    /**
     * Starts the worker.
     *
     * @throws AbandonedRunException if it cannot start, after logging the reason
     * @throws RuntimeException if the start fails, after logging the exception
     */
    static void start(ConfigurableEnvironment environment) {
        try {
            open(environment);
        } catch (BindException e) {
            throw cannotStart(SettingCheck.reason(e));
        } catch (IsolationUnavailableException | IllegalArgumentException | IOException e) {
            throw cannotStart(SettingCheck.rootMessage(e));
        } catch (RuntimeException e) {
            if (!isShuttingDown()) { // a signal during the start is no failure
                log.error("event=worker.not-started", e);
            }
            throw e;
        }
    }

    private static boolean isShuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) { // no hook can be added during a shutdown
            return true;
        }
    }

    private static void open(ConfigurableEnvironment environment) throws IOException {
        KNOWN.check(environment);
        Binder binder = Binder.get(environment);
        for (String prefix : ignored(environment)) {
            log.warn("event=setting.ignored setting={}.* reason=\"a worker has no TLS and fixed endpoints\"", prefix);
        }
        ConnectionSettings connection = binder.bindOrCreate("minimalcluster", ConnectionSettings.class);
        ExecutorSettings executor = binder.bindOrCreate("minimalcluster.executor", ExecutorSettings.class);
        WorkerSettings settings = binder.bindOrCreate("minimalcluster.worker", WorkerSettings.class);
        KeySource key = connection.key();
        MasterAddresses masters = connection.masters();
        ActuatorServer actuator = ActuatorServer.bind(address(binder));
        Launcher launcher = Launcher.open(WorkerFactory.launchSettings(executor));
        String version = version();
        Identity identity = new Identity(settings, version, false);
        Worker worker = WorkerFactory.assemble(launcher, identity, executor, key, masters);
        WorkerLifecycle lifecycle = new WorkerLifecycle(worker, launcher, actuator);
        SpringApplication.getShutdownHandlers().add(lifecycle::stop);
        lifecycle.endWhenRefused();
        lifecycle.endOnShutdownRequest();
        worker.start();
        actuator.serve(key, new ActuatorContent(worker::health, worker::executors, version));
        log.info("event=actuator.listening port={}", actuator.port());
    }

    /** The prefixes of settings in an environment that have no effect on a worker. */
    static List<String> ignored(ConfigurableEnvironment environment) {
        List<String> found = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            for (String prefix : IGNORED) {
                boolean present = source.containsDescendantOf(ConfigurationPropertyName.of(prefix))
                        == ConfigurationPropertyState.PRESENT;
                if (present && !found.contains(prefix)) {
                    found.add(prefix);
                }
            }
        }
        return found;
    }

    static InetSocketAddress address(Binder binder) {
        return new InetSocketAddress(
                required(binder, "server.address", InetAddress.class), required(binder, "server.port", Integer.class));
    }

    private static <T> T required(Binder binder, String setting, Class<T> type) {
        return binder.bind(setting, type).orElseThrow(() -> new IllegalArgumentException(setting + " is empty"));
    }

    private static String version() throws IOException {
        Properties build = new Properties();
        try (InputStream in = WorkerBootstrap.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        return build.getProperty("build.version", "unknown");
    }

    private static AbandonedRunException cannotStart(String reason) {
        log.error("event=worker.not-started reason=\"{}\"", reason);
        return new AbandonedRunException();
    }
}
