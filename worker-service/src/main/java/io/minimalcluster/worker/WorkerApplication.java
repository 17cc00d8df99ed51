package io.minimalcluster.worker;

import io.minimalcluster.worker.launch.FatalErrors;
import io.minimalcluster.worker.launch.ParentWatchdog;
import io.minimalcluster.worker.launch.ProcessHardening;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The worker as a separate process. Only the actuator uses the Spring context. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import(ActuatorSecurityConfiguration.class)
public class WorkerApplication {
    private static final int CANNOT_START = 2;

    /** Runs the worker until it is shut down. Exit code 2 means that the worker cannot start. */
    public static void main(String[] args) {
        if (GeneratedContext.isBeingGenerated()) {
            application().run(args);
            return;
        }
        FatalErrors.endProcess();
        ProcessHardening.hide();
        ParentWatchdog.exitWithParent();
        GeneratedContext.useFor(WorkerApplication.class);
        SpringApplication application = application();
        application.addInitializers(new WorkerBootstrap());
        try {
            application.run(args);
        } catch (AbandonedRunException _) {
            System.exit(CANNOT_START);
        } catch (RuntimeException _) {
            System.exit(1); // already logged; the worker is running, so the process must be ended
        }
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(WorkerApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(defaults());
        return application;
    }

    /** Default properties. A properties file would also apply to a master that contains this code. */
    private static Map<String, Object> defaults() {
        return Map.ofEntries(
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.port", "0"),
                Map.entry("spring.application.name", "minimalcluster-worker"),
                Map.entry("spring.threads.virtual.enabled", "true"),
                Map.entry("spring.main.lazy-initialization", "true"),
                Map.entry("spring.jmx.enabled", "false"),
                Map.entry("spring.web.resources.add-mappings", "false"),
                Map.entry("management.endpoints.web.exposure.include", "health,info,metrics"),
                Map.entry("management.endpoint.health.show-details", "never"),
                Map.entry("management.endpoint.health.probes.enabled", "true"),
                Map.entry("logging.level.root", "WARN"),
                Map.entry("logging.level.io.minimalcluster", "INFO"),
                Map.entry("logging.pattern.console", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n"));
    }
}
