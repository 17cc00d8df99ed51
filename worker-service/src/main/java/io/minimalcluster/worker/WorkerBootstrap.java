package io.minimalcluster.worker;

import io.minimalcluster.worker.WorkerFactory.Identity;
import io.minimalcluster.worker.launch.IsolationUnavailableException;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.settings.ConnectionSettings;
import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.KnownSettings;
import io.minimalcluster.worker.settings.SettingCheck;
import io.minimalcluster.worker.settings.WorkerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts the worker as soon as the settings are bound, before the actuator context. On a machine shared with the
 * master, both would compete for CPU time with the first job.
 */
final class WorkerBootstrap implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerBootstrap.class);
    private static final KnownSettings KNOWN =
            KnownSettings.of(ConnectionSettings.class, WorkerSettings.class, ExecutorSettings.class);

    /** The longest delay of the actuator while the first batch runs. */
    private static final Duration ACTUATOR_DELAY = Duration.ofSeconds(5);

    /** Before the initializer that registers the bean definitions of the actuator. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            start(context.getEnvironment(), context.getBeanFactory());
        } catch (BindException e) {
            throw cannotStart(SettingCheck.reason(e));
        } catch (IsolationUnavailableException | IllegalArgumentException | IOException e) {
            throw cannotStart(SettingCheck.rootMessage(e));
        }
    }

    private static void start(ConfigurableEnvironment environment, ConfigurableListableBeanFactory beans)
            throws IOException {
        KNOWN.check(environment);
        Binder binder = Binder.get(environment);
        ConnectionSettings connection = binder.bindOrCreate("minimalcluster", ConnectionSettings.class);
        ExecutorSettings executor = binder.bindOrCreate("minimalcluster.executor", ExecutorSettings.class);
        WorkerSettings settings = binder.bindOrCreate("minimalcluster.worker", WorkerSettings.class);
        KeySource key = connection.key();
        Launcher launcher = Launcher.open(WorkerFactory.launchSettings(executor));
        Identity identity = new Identity(settings, version(), false);
        Worker worker = WorkerFactory.assemble(launcher, identity, executor, key, connection.masters());
        WorkerLifecycle lifecycle = new WorkerLifecycle(worker, launcher);
        lifecycle.endWhenRefused();
        lifecycle.endOnShutdownRequest();
        worker.start();
        beans.registerSingleton("key", key);
        beans.registerSingleton("workerLifecycle", lifecycle);
        beans.registerSingleton(
                "tomcatFolder", new TomcatFolder(launcher.folder().resolve("tomcat")));
        beans.registerSingleton("masterHealth", new MasterHealthIndicator(worker));
        beans.registerSingleton("executorsHealth", new ExecutorsHealthIndicator(worker));
        SpringApplication.getShutdownHandlers().add(lifecycle::stop); // a signal can arrive before the context exists
        awaitFirstBatch(worker);
    }

    private static void awaitFirstBatch(Worker worker) {
        try {
            worker.awaitFirstBatch(ACTUATOR_DELAY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
        LOG.error("event=cannot-start reason=\"{}\"", reason);
        return new AbandonedRunException();
    }
}
