package io.minimalcluster.worker;

import io.minimalcluster.worker.process.FatalErrors;
import io.minimalcluster.worker.process.ParentWatchdog;
import io.minimalcluster.worker.process.ProcessHardening;
import java.util.Map;
import org.springframework.boot.SpringApplication.AbandonedRunException;

/** The worker as a separate process. It uses Spring Boot's settings and logging, and no application context. */
public final class WorkerApplication {
    private static final int CANNOT_START = 2;

    /** Default settings. A properties file would also apply to a master that contains this code. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "server.address", "127.0.0.1",
            "server.port", "0",
            "spring.application.name", "minimalcluster-worker",
            "logging.level.root", "WARN",
            "logging.level.io.minimalcluster", "INFO",
            "logging.level.org.apache.hc", "WARN", // below, the HTTP client logs headers, and with them the key
            "logging.pattern.console", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n");

    private WorkerApplication() {}

    /** Runs the worker until it is shut down. Exit code 2 means that the worker cannot start. */
    public static void main(String[] args) {
        FatalErrors.endProcess();
        ProcessHardening.hide();
        ParentWatchdog.exitWithParent();
        try {
            WorkerBootstrap.start(WorkerEnvironment.prepare(args, DEFAULTS));
        } catch (AbandonedRunException _) {
            System.exit(CANNOT_START);
        } catch (RuntimeException _) {
            System.exit(1); // already logged by Spring Boot or WorkerBootstrap
        }
    }
}
